import type { Catalog, CatalogEntity, Repository, Version } from '#model/catalog.ts';
import { findGitAddress } from '#model/git-url.ts';
import { findPath, toFileName, toFolder } from '#model/paths.ts';
import { type Problem, toProblem } from '#model/problems.ts';
import { formatRef, parseRef, type RefText, toRef } from '#model/ref.ts';
import { type Destination, type RepositoryIndex, toDestination } from '#model/targets.ts';
import type { VersionBook } from './version-book.ts';

/**
 * A docs tree that entities announce: a folder of a repository, the configuration in it where one is named, and the
 * version of the repository where it is not the one that is read for the catalog.
 */
export type PlannedTree = {
  repository: Repository;
  folder: string;
  config?: string;
  version?: Version;
  entities: RefText[];
};

/** An entity whose docs are those of another one, or a page of them. */
export type Borrowing = { ref: RefText; host: RefText; path: string };

export type DocsPlan = { trees: PlannedTree[]; borrowings: Borrowing[]; problems: Problem[] };

const prefix = 'backstage.io/techdocs-';

/** Which docs trees the catalog announces, each once however many entities show it, and who shows another's. */
export function planDocs(catalog: Catalog, index: RepositoryIndex, findVersion: VersionBook['find']): DocsPlan {
  const trees = new Map<string, PlannedTree>();
  const plan: DocsPlan = { trees: [], borrowings: [], problems: [] };
  const repositories = new Map(catalog.repositories.map((repository) => [repository.id, repository]));
  for (const entry of catalog.entities.values()) {
    const borrowing = findBorrowing(entry);
    if (borrowing) plan.borrowings.push(borrowing);
    const ref = entry.entity.metadata.annotations?.[`${prefix}ref`]?.trim();
    if (!ref) continue;
    const repository = repositories.get(entry.place.repository);
    const from = repository && { repository, path: entry.place.path };
    const found = findTree(ref, from, index, findVersion);
    if (typeof found === 'string') plan.problems.push(toUnusable(entry, ref, found));
    else {
      const key = `${found.repository.id}\0${found.folder}\0${found.config ?? ''}\0${found.version?.name ?? ''}`;
      const tree = trees.get(key) ?? { ...found, entities: [] };
      tree.entities.push(entry.ref);
      trees.set(key, tree);
    }
  }
  plan.trees = [...trees].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, tree]) => tree);
  return plan;
}

const toUnusable = ({ place, ref: entity }: CatalogEntity, ref: string, reason: string) =>
  toProblem('docs-ref-unusable', { ref, reason }, { place, entity });

type FoundTree = Pick<PlannedTree, 'repository' | 'folder' | 'config' | 'version'>;

const reasons: Readonly<Record<'leaves' | 'outside' | 'remote' | 'invalid', string>> = {
  leaves: 'leads out of the repository',
  outside: 'belongs to a repository that is not among the sources',
  remote: 'is no address of a repository',
  invalid: 'is no address of a folder',
};

/** The folder that a reference names, or in words why it names none. */
function findTree(
  ref: string,
  from: { repository: Repository; path: string } | undefined,
  index: RepositoryIndex,
  findVersion: VersionBook['find'],
): FoundTree | string {
  const [, type, target = ''] = /^(dir|url):\s*(.*)$/.exec(ref) ?? [];
  if (type === undefined) return 'is neither `dir:` nor `url:`';
  if (type === 'dir') {
    const folder = from && !/^[a-z]+:/i.test(target) ? findPath(toFolder(from.path), target || '.') : undefined;
    return from && folder !== undefined ? { repository: from.repository, folder } : reasons.leaves;
  }
  const address = findGitAddress(target);
  const whole = address && address.path === undefined ? index.find(address.repository) : undefined;
  return whole ? { repository: whole, folder: '' } : toTree(toDestination(target, undefined, index), findVersion);
}

function toTree(destination: Destination, findVersion: VersionBook['find']): FoundTree | string {
  if (destination.fault !== undefined) return reasons[destination.fault];
  const { repository, otherBranch } = destination;
  const asked = otherBranch === undefined ? destination : findVersion(repository, `${otherBranch}/${destination.path}`);
  if (!asked) return `asks for \`${otherBranch}\`, which is no branch or tag that is known here`;
  const { path, version } = { version: undefined, ...asked };
  const of = { repository, ...(version && { version }) };
  const folder = path.replace(/\/+$/, '');
  if (!/^[^/]+\.ya?ml$/.test(toFileName(folder))) return { ...of, folder };
  return { ...of, folder: toFolder(folder), config: toFileName(folder) };
}

function findBorrowing({ ref, entity }: CatalogEntity): Borrowing | undefined {
  const written = entity.metadata.annotations?.[`${prefix}entity`]?.trim();
  const { namespace } = toRef(ref);
  const { value } = written ? parseRef(written, { kind: 'component', namespace }) : {};
  if (!value) return undefined;
  const path = entity.metadata.annotations?.[`${prefix}entity-path`] ?? '';
  return { ref, host: formatRef(value), path: path.replace(/[?#].*$/, '').replace(/^\/+|\/+$/g, '') };
}
