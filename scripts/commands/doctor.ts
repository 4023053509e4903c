import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { judgeConfiguration } from '../doctor/configuration.ts';
import { type Finding, formatFindings, isFailing } from '../doctor/finding.ts';
import { judgeMachine } from '../doctor/machine.ts';
import { listHosts } from '../github/planning.ts';
import { examineGithub } from '../io/github/examine.ts';
import { examineMachine } from '../io/machine.ts';
import type { Settings } from '../settings.ts';
import { toStyle } from '../terminal.ts';
import { loadConfiguration, toFolders, toStore } from './collecting.ts';
import { configOption, defineCommand, rootOption, snapshotOption, storeOption } from './define.ts';

export const doctor = defineCommand({
  options: {
    ...{ root: rootOption, config: configOption, snapshot: snapshotOption, store: storeOption },
    json: { type: 'boolean', about: 'Print the findings as JSON' },
  },
  run: async (options, _words, context) => {
    const { out, error, environment } = context;
    const folders = toFolders(options, context);
    const { settings, problems } = loadConfiguration(options, folders.root, environment);
    const store = toStore(options.store, settings, folders);
    if (error.isTTY) error.write('Trying what a build needs …');
    const findings: Finding[] = [
      ...judgeConfiguration(settings, problems),
      ...judgeSources(settings, folders.root),
      ...judgeMachine(await examineMachine(store, environment.PATH)),
      ...(isGithubRead(settings)
        ? await examineGithub(settings, { store, environment, isOffline: false, fetch, now: Date.now, tell: () => {} })
        : []),
    ];
    if (error.isTTY) error.write('\r\u001b[2K');
    const { colour } = toStyle(out);
    out.write(
      options.json ? `${JSON.stringify(findings, undefined, 1)}\n` : `\n${formatFindings(findings, { colour })}`,
    );
    return isFailing(findings) ? 1 : 0;
  },
});

const isGithubRead = ({ github }: Settings) =>
  github.reading.read && (listHosts(github).length > 0 || github.integrations.length > 0);

function judgeSources({ sources }: Settings, root: string): Finding[] {
  return sources
    .filter(({ folder }) => !existsSync(resolve(root, folder)))
    .map(({ folder }) => ({
      about: 'Configuration',
      mark: 'missing',
      what: `The folder \`${folder}\` is not there.`,
      grant: 'Correct `portal.sources`, or make the folder.',
    }));
}
