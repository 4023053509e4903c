import type { Problem } from '#model/problems.ts';
import { planGithubUse } from '../github/use.ts';
import { createFolderForge } from '../io/folder.ts';
import { createForges } from '../io/forges.ts';
import { createGithubForge } from '../io/github/forge.ts';
import type { GithubTools } from '../io/github/parts.ts';
import { PortalError } from '../portal-error.ts';
import type { Forge } from '../ports.ts';
import type { Settings } from '../settings.ts';

/** The forge of a configuration; `close` tidies up after it and says what it read. */
export type OpenForge = { forge: Forge; problems: Problem[]; close: () => string };

/** Opens what a configuration names: the folders of `portal.sources`, the organisations of its providers, or both. */
export function openForge(settings: Settings, root: string, tools: GithubTools): OpenForge {
  const folder = createFolderForge(settings, root);
  const hasCredential = (host: string) => settings.github.integrations.some((each) => isCredential(each, host));
  const { isRead, problems } = planGithubUse(settings, { isOffline: tools.isOffline, hasCredential });
  if (tools.only && tools.isOffline)
    throw new PortalError('One repository cannot be asked for without the network.', {
      hint: 'Leave out --offline or --repository.',
    });
  if (tools.only && !isRead)
    throw new PortalError('GitHub is not read here, so no repository can be asked for alone.', {
      hint: 'Leave out --repository, or give the configuration a provider and a credential.',
    });
  if (!isRead) return { forge: folder, problems, close: () => '' };
  const github = createGithubForge(settings, tools);
  const close = () => {
    github.sweepStore();
    return github.formatSummary();
  };
  return { forge: createForges([folder, github]), problems, close };
}

function isCredential({ host, token, apps = [] }: Settings['github']['integrations'][number], wanted: string): boolean {
  if (host.toLowerCase() !== wanted.toLowerCase()) return false;
  return (
    Boolean(token?.trim()) || apps.some(({ appId, privateKey }) => appId !== undefined && privateKey !== undefined)
  );
}
