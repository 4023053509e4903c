import type { LiveApplication } from '#model/live/argocd.ts';
import { toPlainLine } from '../../texts/text.ts';
import type { SourceAnswer, VersionsAnswer } from './answers.ts';

export type Revision = LiveApplication['revisions'][number];

/** Where the page of a commit lies below a repository, by the host of its forge. */
export type CommitPaths = ReadonlyMap<string, string>;

const knownForges: CommitPaths = new Map([
  ['github.com', 'commit'],
  ['gitlab.com', '-/commit'],
  ['bitbucket.org', 'commits'],
  ['codeberg.org', 'commit'],
]);

/** The forges whose pages of commits are known: the public ones, and GitHub Enterprise as it is configured. */
export function toCommitPaths(github: readonly { host: string; webUrl: string }[]): CommitPaths {
  const own = github.filter(({ webUrl }) => webUrl.startsWith('https://'));
  return new Map([...knownForges, ...own.map(({ host }) => [host, 'commit'] as const)]);
}

const forms = [
  /^[a-z][a-z+]*:\/\/(?:[^/@\s]*@)?(?<host>[\w.-]+)(?<port>:\d+)?\/(?<path>[^\s?#]+)/i,
  /^(?:[^/@:\s]+@)?(?<host>[\w.-]+):(?!\/\/)(?<path>[^\s?#@]+)(?:[?#].*)?$/,
  /^(?<host>[\w-]+(?:\.[\w-]+)+)\/(?<path>[^\s?#]+)/,
];

/** A longer address is no repository's, and is not looked through. */
const longestUrl = 2000;

/** A path without slashes at its ends and the suffix that git takes. */
const toTidyPath = (path: string) =>
  path
    .replace(/^\/+/, '')
    .replace(/(?<!\/)\/+$/, '')
    .replace(/\.git$/, '');

type Repository = { host: string; path: string };

/** Host and path of a repository, whether it is written for https or ssh; who logs in is left out. */
function findRepository(repoUrl: string): Repository | undefined {
  if (repoUrl.length > longestUrl) return undefined;
  for (const form of forms) {
    const { host, port = '', path } = form.exec(repoUrl)?.groups ?? {};
    if (host !== undefined && path !== undefined)
      return { host: `${host.toLowerCase()}${port}`, path: toTidyPath(path) };
  }
  return undefined;
}

const isPlainPath = (path: string) => path.split('/').every((part) => /^[\w.-]+$/.test(part) && !/^\.+$/.test(part));
const isCommit = (revision: string) => /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(revision);

/** The page of a commit: https, on a forge that is known, and of nothing but plain words. */
function findCommitUrl(repoUrl: string, revision: string, paths: CommitPaths): string | undefined {
  const repository = findRepository(repoUrl);
  const path = repository && paths.get(repository.host);
  if (!repository || path === undefined || !isCommit(revision) || !isPlainPath(repository.path)) return undefined;
  return `https://${repository.host}/${repository.path}/${path}/${revision}`;
}

/** What a repository is called: no scheme, and nobody's name or password. */
function toSourceName(repoUrl: string): string {
  const repository = findRepository(repoUrl);
  return repository ? toPlainLine(`${repository.host}/${repository.path}`, 200) : 'a repository';
}

function toRevision({ repoURL, chart }: SourceAnswer, revision: string, paths: CommitPaths): Revision {
  const isChart = Boolean(chart) || /^oci:/i.test(repoURL ?? '');
  const url = isChart ? undefined : findCommitUrl(repoURL ?? '', revision, paths);
  return {
    source: chart ? toPlainLine(chart, 200) : toSourceName(repoURL ?? ''),
    isChart,
    revision: !isChart && isCommit(revision) ? revision.slice(0, 7) : toPlainLine(revision, 60),
    ...(url !== undefined && { url }),
  };
}

const maxSources = 10;

/** What each source was at: several sources have a revision each, in the same order. */
export function toRevisions(versions: VersionsAnswer, paths: CommitPaths): Revision[] {
  const { source, sources, revision, revisions } = versions;
  const isMulti = (sources?.length ?? 0) > 0;
  const from = isMulti ? (sources ?? []) : [source ?? {}];
  const at = isMulti ? (revisions ?? []) : [revision ?? ''];
  return from.slice(0, maxSources).flatMap((one, index) => {
    const found = at[index];
    return found ? [toRevision({ repoURL: one.repoURL, chart: one.chart }, found, paths)] : [];
  });
}
