import { isCommit, type Version } from '#model/catalog.ts';
import type { FetchedBytes } from '../ports.ts';
import { createBlobReader } from './blobs.ts';
import { createGate, isReadPath, maxFileBytes, maxFiles, maxTextBytes, toText } from './disk.ts';
import { runGit } from './git.ts';

/** The files of a commit, read from git's own database: no file of the checkout is touched. */
export type Commit = {
  paths: readonly string[];
  fetchBytes: (path: string, limit?: number) => Promise<FetchedBytes>;
};

const gate = createGate(4);
const ask = (folder: string, args: readonly string[], input?: string) => gate(() => runGit(folder, args, input));

const refPattern = /^(?<oid>[0-9a-f]{40,64}) refs\/(?<place>tags|heads|remotes\/origin)\/(?<name>.+)$/;

/** The tags and branches of a checkout that lead to a commit; where a branch is here and at `origin`, the one there. */
export async function listVersions(folder: string): Promise<Version[]> {
  const listed = await ask(folder, [
    ...['for-each-ref', '--format=%(objectname) %(refname)'],
    ...['refs/tags', 'refs/heads', 'refs/remotes/origin'],
  ]);
  const refs = (listed?.toString('utf8') ?? '').split('\n').flatMap((line) => {
    const { oid, place, name } = refPattern.exec(line)?.groups ?? {};
    return oid === undefined || name === undefined || (place === 'remotes/origin' && name === 'HEAD')
      ? []
      : [{ oid, name, type: place === 'tags' ? ('tag' as const) : ('branch' as const) }];
  });
  const commits = await peel(
    folder,
    refs.map(({ oid }) => oid),
  );
  const versions = refs.flatMap(({ oid, name, type }) => {
    const commit = commits.get(oid);
    return commit === undefined ? [] : [{ name, type, commit }];
  });
  return [...new Map(versions.map((version) => [`${version.type} ${version.name}`, version])).values()];
}

/** The commit that each object leads to: itself, or what a tag is put on. One that is missing here stays as it is named. */
async function peel(folder: string, oids: readonly string[]): Promise<Map<string, string>> {
  if (oids.length === 0) return new Map();
  const input = oids.map((oid) => `${oid}^{}\n`).join('');
  const lines = (await ask(folder, ['cat-file', '--batch-check'], input))?.toString('utf8').split('\n') ?? [];
  return new Map(
    oids.flatMap((oid, position): [string, string][] => {
      const [found = '', type] = lines[position]?.split(' ') ?? [];
      if (type === 'missing') return [[oid, oid]];
      return type === 'commit' ? [[oid, found]] : [];
    }),
  );
}

/** Opens a commit of a checkout; undefined when it, or a folder of it, is not in the database. */
export async function findCommit(folder: string, commit: string): Promise<Commit | undefined> {
  if (!isCommit(commit)) return undefined;
  const listed = await ask(folder, ['ls-tree', '-r', '-z', '--full-tree', `${commit}^{tree}`]);
  if (listed === undefined) return undefined;
  const { files, links } = toFiles(listed.toString('utf8'));
  const read = createBlobReader(folder);
  return {
    paths: [...files.keys()].toSorted().slice(0, maxFiles),
    fetchBytes: async (path, limit = maxFileBytes) => {
      const oid = files.get(path);
      return oid === undefined ? { fault: links.has(path) ? 'outside' : 'absent' } : read(oid, limit);
    },
  };
}

/** The text of a file of a commit. */
export const fetchTextOf = async (commit: Commit, path: string) => toText(await commit.fetchBytes(path, maxTextBytes));

/** `<mode> blob <oid>\t<path>`, each ended by a zero. Modules and what no checkout could hold are left out. */
function toFiles(listed: string): { files: Map<string, string>; links: Set<string> } {
  const files = new Map<string, string>();
  const links = new Set<string>();
  for (const entry of listed.split('\0')) {
    const [, mode, oid, path] = /^(\d{6}) blob ([0-9a-f]+)\t(.*)$/s.exec(entry) ?? [];
    if (oid === undefined || path === undefined || !isReadPath(path)) continue;
    if (mode === '120000') links.add(path);
    else files.set(path, oid);
  }
  return { files, links };
}
