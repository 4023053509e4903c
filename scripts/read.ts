import type { CatalogDocument, Repository } from '#model/catalog.ts';
import { catalogFileName } from '#model/catalog-files.ts';
import { type Problem, toProblem } from '#model/problems.ts';
import { createRepositoryIndex } from '#model/targets.ts';
import type { Discovery } from './discover.ts';
import type { Cache, Forge } from './ports.ts';
import { toDocuments } from './read/documents.ts';
import { createFileReader } from './read/files.ts';
import { isMap } from './read/locations.ts';
import { createLocator } from './read/locator.ts';
import { type ReachedFile, reach } from './read/reach.ts';
import { createVisits } from './read/visits.ts';

/** Everything that was read, in an order that does not change: discovered files first, then those of Locations. */
export type Reading = {
  documents: CatalogDocument[];
  /** Repositories that nothing but a Location led to. */
  visited: Repository[];
  problems: Problem[];
};

/** Reads every catalog file, follows its Locations, and replaces its placeholders. Nothing is judged here. */
export async function read(forge: Forge, discovery: Discovery, cache?: Cache): Promise<Reading> {
  const index = createRepositoryIndex(discovery.repositories, discovery.hosts);
  const { visit, visited } = createVisits(forge, index, discovery.repositories);
  const tools = { forge, reader: createFileReader(forge, cache), index, visit, locator: createLocator(cache) };
  const { files, problems } = await reach(discovery, tools);
  const changes = await listChanges(forge, files);
  const read = await Promise.all(files.map((file) => toDocuments(file, tools, changes.get(file))));
  const documents = read.flatMap((file) => file.documents);
  const people = new Set(discovery.people);
  return {
    documents,
    visited,
    problems: [
      ...problems,
      ...read.flatMap((file) => file.problems),
      ...listNearMisses(discovery, files),
      ...(discovery.hasRules ? [] : listRefusedKinds(documents.filter(({ place }) => !people.has(place.repository)))),
    ],
  };
}

async function listChanges(forge: Forge, files: readonly ReachedFile[]): Promise<Map<ReachedFile, string>> {
  const changes = new Map<ReachedFile, string>();
  const byRepository = Map.groupBy(files, ({ repository }) => repository.id);
  const ask = async ([id, own]: [string, ReachedFile[]]) => {
    const known = await forge.listChanges(
      id,
      own.map(({ path }) => path),
    );
    for (const file of own) {
      const changedAt = known.get(file.path);
      if (changedAt !== undefined) changes.set(file, changedAt);
    }
  };
  await Promise.all([...byRepository].map(ask));
  return changes;
}

/** Files that were meant to be read and are not, and the searched repositories from which nothing was read. */
function listNearMisses({ suspects, searched }: Discovery, files: readonly ReachedFile[]): Problem[] {
  const read = new Set(files.map(({ repository, path }) => `${repository.id}\0${path}`));
  const missed = suspects.filter(({ repository, path }) => !read.has(`${repository}\0${path}`));
  const spoken = new Set([
    ...files.map(({ repository }) => repository.id),
    ...missed.map(({ repository }) => repository),
  ]);
  const unread = searched.filter((repository) => !spoken.has(repository));
  return [
    ...missed.map(({ repository, path }) => {
      const place = { repository, path, line: 1, column: 1 };
      return toProblem('wrong-file-name', { path, expected: catalogFileName }, { place });
    }),
    ...unread.map((repository) => {
      const place = { repository, path: catalogFileName, line: 1, column: 1 };
      return toProblem('no-catalog-file', { repository }, { place });
    }),
  ];
}

/** What Backstage takes from files when the configuration has no `catalog.rules`. */
const defaultKinds: ReadonlySet<string> = new Set(['Component', 'API', 'Location']);

function listRefusedKinds(documents: readonly CatalogDocument[]): Problem[] {
  const kinds = new Set<string>();
  for (const { value } of documents) {
    if (isMap(value) && typeof value.kind === 'string' && /^[A-Za-z][A-Za-z0-9]*$/.test(value.kind))
      kinds.add(value.kind);
  }
  const refused = [...kinds].filter((kind) => !defaultKinds.has(kind)).toSorted();
  return refused.length === 0 ? [] : [toProblem('kinds-refused-by-default', { kinds: refused })];
}
