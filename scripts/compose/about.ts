import type { ApiDefinitions } from '#model/api-definition.ts';
import { type BuildFile, buildFilePath } from '#model/build-file.ts';
import type { Repository } from '#model/catalog.ts';
import type { Docs } from '#model/docs.ts';
import { toFnv64 } from '#model/fnv.ts';
import { findCommitUrl } from '#model/forge-addresses.ts';
import {
  type AboutPage,
  type RepositoryColumn,
  type RepositoryLine,
  repositoryFacets,
  type SourceLine,
  staleState,
} from '#model/pages/about-page.ts';
import type { ComposedPage } from '#model/pages/site.ts';
import { type Level, levels } from '#model/problems.ts';
import type { Rows } from '#model/rows.ts';
import { findSafeUrl } from '#model/urls.ts';
import type { SourceReading } from '../ports.ts';
import { toColumn } from './columns.ts';
import type { SiteFile } from './compose.ts';
import { listPagesOf } from './page-of-list.ts';
import type { Surroundings } from './surroundings.ts';

/** Where what is shown was read and when, and by what: told by whoever collected it. */
export type Origin = {
  /** The version of Portolan. */
  version: string;
  /** When reading began, ISO 8601 in UTC. */
  began: string;
  sources: readonly SourceReading[];
  /** From how many seconds on what is shown counts as old; never, when absent. */
  staleAfter?: number | undefined;
};

/** What is rendered beside the catalog. */
type Size = { docs: Docs; apis: ApiDefinitions };

/** What stands in where nobody says where a catalog comes from. */
export const unknownOrigin: Origin = { version: '', began: '1970-01-01T00:00:00Z', sources: [] };

const firstPath = '/about/';

const isOwn = ({ hasPages }: Repository) => !hasPages;

/** Every repository that was read, by its id; an organisation's people and teams are none. */
function listLines({ catalog }: Surroundings, { sources }: Origin): RepositoryLine[] {
  const entities = Map.groupBy(catalog.entities.values(), ({ place }) => place.repository);
  const problems = Map.groupBy(catalog.problems, ({ place }) => place?.repository ?? '');
  const names = new Map(sources.flatMap(({ name, repositories }) => repositories.map((id) => [id, name])));
  const lines = catalog.repositories.filter(isOwn).map((repository): RepositoryLine => {
    const { id, url, branch, commit, changedAt, staleSince } = repository;
    const source = names.get(id);
    const safeUrl = url && findSafeUrl(url);
    const commitUrl = url && commit && findCommitUrl(url, commit);
    return {
      id,
      ...(safeUrl && { url: safeUrl }),
      ...(source !== undefined && { source }),
      ...(branch !== undefined && { branch }),
      ...(commit !== undefined && { commit }),
      ...(commitUrl && { commitUrl }),
      ...(changedAt !== undefined && { changedAt }),
      ...(staleSince !== undefined && { staleSince }),
      entities: entities.get(id)?.length ?? 0,
      problems: problems.get(id)?.length ?? 0,
    };
  });
  return lines.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** The sources of which something is shown, each with how much that is. */
function listSources(lines: readonly RepositoryLine[], { sources }: Origin): (SourceLine & { readAt?: string })[] {
  const bySource = Map.groupBy(lines, ({ source }) => source);
  return sources.flatMap(({ name, type, readAt }) => {
    const own = bySource.get(name) ?? [];
    const stale = own.filter(({ staleSince }) => staleSince !== undefined).length;
    return own.length === 0 ? [] : [{ name, type, repositories: own.length, stale, ...(readAt && { readAt }) }];
  });
}

const countProblems = ({ catalog }: Surroundings, level: Level) =>
  catalog.problems.filter((problem) => problem.level === level).length;

function toCounts({ catalog }: Surroundings, { docs, apis }: Size): AboutPage['counts'] {
  const sum = (numbers: Iterable<number>) => Iterator.from(numbers).reduce((all, each) => all + each, 0);
  const counts = [
    { label: 'entities', count: catalog.entities.size, path: '/catalog/' },
    { label: 'relations', count: sum(catalog.entities.values().map(({ relations }) => relations.length)) },
    { label: 'pages of docs', count: sum(docs.trees.values().map(({ pages }) => pages.length)), path: '/docs/' },
    { label: 'API definitions', count: apis.size, path: '/catalog/apis/' },
  ];
  return counts.filter(({ count }) => count > 0);
}

function listColumns(lines: readonly RepositoryLine[]): RepositoryColumn[] {
  const has = (key: keyof RepositoryLine) => lines.some((line) => line[key] !== undefined);
  const tells: Record<RepositoryColumn, boolean> = {
    source: new Set(lines.map(({ source }) => source)).size > 1,
    branch: has('branch'),
    commit: has('commit'),
    changed: has('changedAt'),
  };
  return (['source', 'branch', 'commit', 'changed'] as const).filter((column) => tells[column]);
}

/** Every page of what the portal is made of. Nothing on them is a time of the build. */
export function* listAboutPages(around: Surroundings, origin: Origin, size: Size): Generator<ComposedPage<AboutPage>> {
  const lines = listLines(around, origin);
  const sources = listSources(lines, origin).map(({ readAt: _, ...source }) => source);
  const stale = lines.filter(({ staleSince }) => staleSince !== undefined).length;
  const shared = {
    version: origin.version,
    sources,
    stale,
    counts: toCounts(around, size),
    problems: levels.map((level) => ({ level, count: countProblems(around, level) })),
    total: lines.length,
    columns: listColumns(lines),
    facets: repositoryFacets.filter(({ key }) => (key === 'source' ? sources.length > 1 : stale > 0)),
    rowsPath: `${firstPath}rows.json`,
  };
  for (const { path, rows, page } of listPagesOf(lines, firstPath, firstPath))
    yield { path, view: { ...shared, rows, page } };
}

/** What the browser needs to filter the repositories, and the one file that says when they were read. */
export function* listAboutFiles(around: Surroundings, origin: Origin): Generator<SiteFile> {
  const lines = listLines(around, origin);
  yield { path: `${firstPath}rows.json`, text: JSON.stringify(toRows(lines)) };
  yield {
    path: buildFilePath,
    text: `${JSON.stringify(toBuildFile(lines, around, origin), null, 1)}\n`,
    isTimed: true,
  };
}

function toRows(lines: readonly RepositoryLine[]): Rows {
  const text = (read: (line: RepositoryLine) => string | undefined) => lines.map((line) => read(line) ?? '');
  const column = (read: (line: RepositoryLine) => string | undefined) =>
    toColumn(lines.map((line) => [read(line)].filter((value) => value !== undefined)));
  return {
    count: lines.length,
    texts: {
      name: lines.map(({ id }) => id),
      url: text(({ url }) => url),
      commit: text(({ commit }) => commit),
    },
    numbers: { entities: lines.map(({ entities }) => entities), problems: lines.map(({ problems }) => problems) },
    columns: {
      source: column(({ source }) => source),
      branch: column(({ branch }) => branch),
      changed: column(({ changedAt }) => changedAt),
      stale: column(({ staleSince }) => staleSince),
      state: column(({ staleSince }) => (staleSince === undefined ? undefined : staleState)),
    },
    icons: {},
  };
}

function toBuildFile(lines: readonly RepositoryLine[], around: Surroundings, origin: Origin): BuildFile {
  const { version, began, staleAfter } = origin;
  const sources = listSources(lines, origin).map(({ readAt = began, ...source }) => ({ ...source, readAt }));
  const count = (level: Level) => countProblems(around, level);
  return {
    version: 1,
    portolan: version,
    began,
    readAt: sources.map(({ readAt }) => readAt).toSorted()[0] ?? began,
    ...(staleAfter !== undefined && { staleAfter }),
    sources,
    repositories: lines.length,
    stale: lines.filter(({ staleSince }) => staleSince !== undefined).length,
    commits: toFnv64(lines.map(({ id, commit = '' }) => `${id} ${commit}\n`).join('')),
    entities: around.catalog.entities.size,
    problems: { error: count('error'), warning: count('warning'), hint: count('hint') },
  };
}
