import { docsFaults, findDocsFault, toProblemsPath } from '#model/docs-health.ts';
import type { InboxPage, LevelCounts, ProblemCount, ProblemEntry, ProblemsPage } from '#model/pages/problems.ts';
import { problemFacets } from '#model/pages/problems.ts';
import type { ComposedPage } from '#model/pages/site.ts';
import type { Problem } from '#model/problems.ts';
import type { RefText } from '#model/ref.ts';
import type { Column, Rows } from '#model/rows.ts';
import { toInboxPath } from '#model/urls.ts';
import { toColumn, toKindIcons, toOwnerTraits, toRefTraits } from './columns.ts';
import type { SiteFile } from './compose.ts';
import { listPagesOf } from './page-of-list.ts';
import type { Surroundings } from './surroundings.ts';

/** How many values the summary names of each facet. */
const summaryLimit = 8;

/** How many problems of one docs tree an inbox lists. */
const docsInInbox = 25;

const firstPath = '/problems/';

type OwnerOf = (problem: Problem) => string | undefined;

/** Which owner each problem goes to. */
function toOwnerOf({ problemsByOwner }: Surroundings): OwnerOf {
  const owners = new Map([...problemsByOwner].flatMap(([owner, problems]) => problems.map((each) => [each, owner])));
  return (problem) => owners.get(problem);
}

const toFile = ({ place }: Problem) =>
  place && (place.repository === '' ? place.path : `${place.repository}/${place.path}`);

function toEntry(around: Surroundings, ownerOf: OwnerOf, problem: Problem): ProblemEntry {
  const { place: _, ...line } = around.toProblemLine(problem);
  const owner = ownerOf(problem);
  return {
    ...line,
    file: toFile(problem),
    line: problem.place?.line,
    column: problem.place?.column,
    owner: owner === undefined ? undefined : around.lookup.toLink(owner),
  };
}

function countLevels(problems: readonly Problem[]): LevelCounts {
  const counts: LevelCounts = { error: 0, warning: 0, hint: 0 };
  for (const { level } of problems) counts[level] += 1;
  return counts;
}

/** The columns of the problems, by key, each from what it says of one problem. */
function toColumns(around: Surroundings, ownerOf: OwnerOf, problems: readonly Problem[]): Record<string, Column> {
  const list = (read: (problem: Problem) => string | undefined) =>
    problems.map((problem) => {
      const value = read(problem);
      return value === undefined || value === '' ? [] : [value];
    });
  const urls = new Map(
    problems.map((problem) => [toFile(problem) ?? '', around.toProblemLine(problem).url?.replace(/#L\d+$/, '')]),
  );
  return {
    level: toColumn(list(({ level }) => level)),
    code: toColumn(list(({ code }) => code)),
    owner: toColumn(list(ownerOf), toOwnerTraits(around.lookup)),
    repository: toColumn(list(({ place }) => place?.repository)),
    entity: toColumn(
      list(({ entity }) => entity),
      toRefTraits(around.lookup),
    ),
    file: toColumn(list(toFile), (file) => ({ url: urls.get(file) })),
    mend: toColumn(list(({ mend }) => mend)),
  };
}

/** Every problem, column by column, for the browser to filter. */
function toProblemRows(around: Surroundings): Rows {
  const { problems } = around.catalog;
  const columns = toColumns(around, toOwnerOf(around), problems);
  return {
    count: problems.length,
    texts: { what: problems.map(({ what }) => what) },
    numbers: {
      line: problems.map(({ place }) => place?.line ?? 0),
      column: problems.map(({ place }) => place?.column ?? 0),
    },
    columns,
    icons: toKindIcons([...(columns.entity?.values ?? []), ...(columns.owner?.values ?? [])]),
  };
}

function countValues(column: Column, toPath: (value: string) => string | undefined): ProblemCount[] {
  const counts = column.values.map(() => 0);
  for (const cell of column.cells) if (typeof cell === 'number') counts[cell] = (counts[cell] ?? 0) + 1;
  return column.values
    .map((value, place) => ({
      value,
      label: column.labels?.[place] ?? value,
      count: counts[place] ?? 0,
      path: toPath(value),
    }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count);
}

/** Every page of the list of all problems. */
export function* listProblemPages(around: Surroundings): Generator<ComposedPage<ProblemsPage>> {
  const { problems } = around.catalog;
  const ownerOf = toOwnerOf(around);
  const { columns } = toProblemRows(around);
  const summary = problemFacets
    .filter(({ key }) => key !== 'level' && key !== 'entity')
    .flatMap((facet) => {
      const column = columns[facet.key];
      const counts = column
        ? countValues(column, (value) => (facet.key === 'owner' ? toInboxPath(value) : undefined))
        : [];
      const shown = counts.slice(0, summaryLimit);
      return shown.length > 0 ? [{ facet, counts: shown, more: counts.length - shown.length }] : [];
    });
  const shared = {
    total: problems.length,
    levels: countLevels(problems),
    summary,
    facets: problemFacets.filter(({ key }) => (columns[key]?.values.length ?? 0) > 0),
    rowsPath: `${firstPath}rows.json`,
  };
  for (const { path, rows, page } of listPagesOf(problems, firstPath, `${firstPath}page/`))
    yield { path, view: { ...shared, entries: rows.map((each) => toEntry(around, ownerOf, each)), page } };
}

/** Leaves out what would bury everything else in an inbox: the problems of docs beyond the first of each tree. */
function foldDocs(problems: readonly Problem[], { lookup }: Surroundings) {
  const counts = new Map<RefText, number>();
  const listed = problems.filter(({ code, entity }) => {
    if (entity === undefined || findDocsFault(code) === undefined) return true;
    const count = (counts.get(entity) ?? 0) + 1;
    counts.set(entity, count);
    return count <= docsInInbox;
  });
  const folded = [...counts]
    .filter(([, count]) => count > docsInInbox)
    .map(([ref, count]) => ({
      entity: lookup.toLink(ref),
      count: count - docsInInbox,
      path: toProblemsPath(
        docsFaults.flatMap(({ codes }) => codes),
        ref,
      ),
    }));
  return { listed, folded };
}

/** Every page of every owner's inbox; an owner without problems has none. */
export function* listInboxPages(around: Surroundings): Generator<ComposedPage<InboxPage>> {
  for (const [ref, problems] of [...around.problemsByOwner].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const owner = around.lookup.toLink(ref);
    const { listed, folded } = foldDocs(problems, around);
    const shared = { owner, total: problems.length, levels: countLevels(problems), folded };
    const first = toInboxPath(ref);
    for (const { path, rows, page } of listPagesOf(listed, first, first))
      yield { path, view: { ...shared, entries: rows.map((each) => toEntry(around, () => undefined, each)), page } };
  }
}

/** What the browser needs to filter the problems. */
export function* listProblemFiles(around: Surroundings): Generator<SiteFile> {
  yield { path: `${firstPath}rows.json`, text: JSON.stringify(toProblemRows(around)) };
}
