import { join, resolve } from 'node:path';
import { type Finding, formatFindings, isFailing } from '../doctor/finding.ts';
import { PortalError } from '../portal-error.ts';
import { toStyle } from '../terminal.ts';
import { type CommandContext, configOption, defineCommand, rootOption } from './define.ts';
import { loadProxySettings, toCatalogPlace } from './live.ts';
import { checkProxy } from './proxy-check.ts';
import { runProxy } from './proxy-run.ts';
import { findVersion } from './version.ts';

const usualPort = 7007;
const usualRate = 600;

export const proxy = defineCommand({
  options: {
    root: rootOption,
    config: configOption,
    catalog: {
      type: 'string',
      value: 'WHERE',
      about: 'Address of the portal, or folder of a built site (default: dist below the root)',
    },
    host: { type: 'string', value: 'HOST', about: 'Address to listen on (default: 127.0.0.1)' },
    port: { type: 'string', value: 'N', about: `Port (default: ${usualPort})` },
    'metrics-port': { type: 'string', value: 'N', about: 'Port for /metrics (default: none)' },
    rate: { type: 'string', value: 'N', about: `Questions a minute that one reader may ask (default: ${usualRate})` },
    check: { type: 'boolean', about: 'Ask every system once, say what it lets us read, and end' },
    json: { type: 'boolean', about: 'With --check: print the findings as JSON' },
  },
  run: async (options, _words, context) => {
    const root = resolve(context.workingFolder, String(options.root ?? '.'));
    const load = () => loadProxySettings(options, root, context.environment);
    const loaded = load();
    const catalog = toCatalogPlace(String(options.catalog ?? join(root, 'dist')), context.workingFolder);
    const version = findVersion(context);
    if (options.check) return tellCheck(() => checkProxy(loaded, catalog, version), Boolean(options.json), context);
    const metricsPort = options['metrics-port'];
    return runProxy({
      ...{ load, loaded, catalog, version, tell: context.error },
      host: String(options.host ?? '127.0.0.1'),
      port: toWholeNumber(options.port ?? usualPort, '--port', 0, 65_535),
      ...(metricsPort !== undefined && { metricsPort: toWholeNumber(metricsPort, '--metrics-port', 0, 65_535) }),
      perMinute: toWholeNumber(options.rate ?? usualRate, '--rate', 1, 1e9),
    });
  },
});

/** Says what a check finds, for people or as JSON; the exit code is 1 where something is missing. */
async function tellCheck(check: () => Promise<Finding[]>, isJson: boolean, { out, error }: CommandContext) {
  if (error.isTTY) error.write('Asking every system …');
  const findings = await check();
  if (error.isTTY) error.write('\r\u001b[2K');
  const { colour } = toStyle(out);
  out.write(
    isJson
      ? `${JSON.stringify(findings, undefined, 1)}\n`
      : `\n${formatFindings(findings, { colour, user: 'the proxy' })}`,
  );
  return isFailing(findings) ? 1 : 0;
}

function toWholeNumber(word: unknown, name: string, least: number, most: number): number {
  const number = Number(word);
  if (word !== '' && Number.isInteger(number) && number >= least && number <= most) return number;
  throw new PortalError(`\`${word}\` is nothing for ${name}.`, {
    hint: `Name a whole number from ${least} to ${most}.`,
  });
}
