import { type Problem, toProblem } from '#model/problems.ts';
import { PortalError } from '../portal-error.ts';
import type { Settings } from '../settings.ts';
import { listHosts } from './planning.ts';

/** Whether GitHub is read, and what is wrong if it is not. */
export type GithubUse = { isRead: boolean; problems: Problem[] };

type Circumstances = { isOffline: boolean; hasCredential: (host: string) => boolean };

/**
 * Decides whether GitHub is read: where the configuration names organisations, and there is a credential or a store to
 * read them with. Without one, folders of `portal.sources` are taken to stand for it; without those there is nothing to build.
 */
export function planGithubUse({ github, sources, locations }: Settings, around: Circumstances): GithubUse {
  if (!github.reading.read) return { isRead: false, problems: [] };
  const hosts = listHosts(github);
  const isNamed =
    locations.some(({ type }) => type === 'url') && github.integrations.some(({ host }) => around.hasCredential(host));
  if (hosts.length === 0) return { isRead: isNamed, problems: [] };
  if (around.isOffline || hosts.some(around.hasCredential)) return { isRead: true, problems: [] };
  const owners = listOwners(github);
  if (sources.length > 0)
    return { isRead: false, problems: hosts.map((host) => toProblem('github-credentials-missing', { host, owners })) };
  throw new PortalError(`There is no credential for ${hosts.join(', ')}, where ${owners} is to be read.`, {
    hint: `${toLack(github)}Give \`integrations.github\` of app-config.yaml a \`token\` or \`apps\` for this host, or use what was read before with --offline.`,
  });
}

function listOwners({ providers, organizations }: Settings['github']): string {
  const names = [
    ...providers.map(({ organization, app }) => organization ?? `whatever the App ${app} is installed with`),
    ...organizations.flatMap(({ orgs = [] }) => orgs),
  ];
  return [...new Set(names)].join(', ');
}

/** The credential that the configuration would have taken from somewhere. */
function toLack({ lacking }: Settings['github']): string {
  const [first] = lacking;
  return first === undefined ? '' : `${first.what} `;
}
