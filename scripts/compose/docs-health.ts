import type { Docs, DocsTree } from '#model/docs.ts';
import {
  docsCodesBesides,
  docsFaults,
  findDocsFault,
  findNewestChange,
  toDocsAge,
  toProblemsPath,
} from '#model/docs-health.ts';
import { type DocsHealthLine, type DocsHealthPage, healthFacets, healthFaults } from '#model/pages/docs-lists.ts';
import type { ComposedPage } from '#model/pages/site.ts';
import type { Problem } from '#model/problems.ts';
import { toRef } from '#model/ref.ts';
import type { Rows } from '#model/rows.ts';
import { toColumn, toKindIcons, toOwnerTraits, toRefTraits } from './columns.ts';
import type { SiteFile } from './compose.ts';
import { toDocsCoverage } from './docs-coverage.ts';
import { toDocsIndex } from './docs-pages.ts';
import { listPagesOf } from './page-of-list.ts';
import type { Surroundings } from './surroundings.ts';

const firstPath = '/docs/health/';

/** Rendered docs, and after how many days without a change a page of them is stale. */
export type AgedDocs = { docs: Docs; staleAfter: number };

function countFaults(problems: readonly Problem[]): Record<string, number> {
  const counts = Object.fromEntries(docsFaults.map(({ key }) => [key, 0]));
  for (const { code, count = 1 } of problems) {
    const key = findDocsFault(code);
    if (key !== undefined) counts[key] = (counts[key] ?? 0) + count;
  }
  return counts;
}

/** A line a tree, of the entity that its problems are about. */
function listLines({ docs, staleAfter }: AgedDocs, around: Surroundings): DocsHealthLine[] {
  const newest = findNewestChange(docs.trees);
  const lines = docs.trees.flatMap((tree): DocsHealthLine[] => {
    const [line] = toDocsIndex({ ...docs, trees: [{ ...tree, entities: tree.entities.slice(0, 1) }] }, around).trees;
    return line ? [{ ...line, ...toHealth(tree, around), ...toAge(tree, newest, staleAfter) }] : [];
  });
  return lines.toSorted(compareHealth);
}

const toHealth = ({ entities: [first = ''] }: DocsTree, { problemsByEntity }: Surroundings) => ({
  faults: countFaults(problemsByEntity.get(first) ?? []),
});

function toAge(tree: DocsTree, newest: string | undefined, staleAfter: number) {
  const { known, stale } = toDocsAge(tree, newest, staleAfter);
  const oldest = known[0]?.changedAt?.slice(0, 10);
  return { known: known.length, stale: stale.length, ...(oldest && { oldest }) };
}

const countAll = ({ faults }: DocsHealthLine) => Object.values(faults).reduce((sum, count) => sum + count, 0);

/** The stale part of the pages whose age is known, in percent. */
const toShare = ({ known, stale }: DocsHealthLine) => (known === 0 ? 0 : Math.round((100 * stale) / known));

/** An owner that the catalog does not have mends nothing. */
const isOwned = ({ owner }: DocsHealthLine) => owner !== undefined && owner.absent !== 'missing';

/** Without owner first, then by the number of problems, then by the stale part, then by title. */
const compareHealth = (a: DocsHealthLine, b: DocsHealthLine) =>
  Number(isOwned(a)) - Number(isOwned(b)) ||
  countAll(b) - countAll(a) ||
  toShare(b) - toShare(a) ||
  (a.title < b.title ? -1 : a.title > b.title ? 1 : a.path < b.path ? -1 : 1);

/** The keys of everything that is wrong with a tree. */
const listFaults = (line: DocsHealthLine): string[] => [
  ...(isOwned(line) ? [] : ['unowned']),
  ...docsFaults.filter(({ key }) => (line.faults[key] ?? 0) > 0).map(({ key }) => key),
  ...(line.stale > 0 ? ['stale'] : []),
];

const faultLabels: Record<string, string> = {
  ...healthFaults,
  ...Object.fromEntries(docsFaults.map(({ key, label }) => [key, label])),
};

function toHealthRows(lines: readonly DocsHealthLine[], { lookup }: Surroundings): Rows {
  const list = (read: (line: DocsHealthLine) => string | undefined) => lines.map((line) => [read(line) ?? []].flat());
  return {
    count: lines.length,
    texts: {
      name: lines.map(({ entity }) => toRef(entity.ref).name),
      label: lines.map(({ title }) => title),
      path: lines.map(({ path }) => path),
    },
    numbers: {
      pages: lines.map(({ pages }) => pages),
      ...Object.fromEntries(docsFaults.map(({ key }) => [key, lines.map(({ faults }) => faults[key] ?? 0)])),
      stale: lines.map(toShare),
      stalePages: lines.map(({ stale }) => stale),
      known: lines.map(({ known }) => known),
    },
    columns: {
      title: toColumn(list(({ title }) => title)),
      entity: toColumn(
        list(({ entity }) => entity.ref),
        toRefTraits(lookup),
      ),
      owner: toColumn(
        list(({ owner }) => owner?.ref),
        toOwnerTraits(lookup),
      ),
      system: toColumn(
        list(({ system }) => system?.ref),
        toRefTraits(lookup),
      ),
      oldest: toColumn(list(({ oldest }) => oldest)),
      fault: toColumn(lines.map(listFaults), (key) => ({ label: faultLabels[key] ?? key })),
    },
    icons: toKindIcons(
      lines.flatMap(({ entity, owner, system }) => [entity, owner ?? [], system ?? []].flat().map(({ ref }) => ref)),
    ),
  };
}

const sentences = [
  { key: 'unowned', says: 'no owner' },
  ...docsFaults.map(({ key, says }) => ({ key, says })),
  { key: 'stale', says: 'stale pages' },
];

const hasFacet: Record<string, (lines: readonly DocsHealthLine[]) => boolean> = {
  system: (lines) => lines.some(({ system }) => system),
  fault: (lines) => lines.some((line) => listFaults(line).length > 0),
};

/** Every page of the health of all docs, worst first. */
export function* listDocsHealthPages(aged: AgedDocs, around: Surroundings): Generator<ComposedPage<DocsHealthPage>> {
  const lines = listLines(aged, around);
  const newest = findNewestChange(aged.docs.trees);
  const counts = Map.groupBy(lines.flatMap(listFaults), (key) => key);
  const sums = sentences.flatMap((sentence) => {
    const trees = counts.get(sentence.key)?.length ?? 0;
    return trees > 0 ? [{ ...sentence, trees }] : [];
  });
  const absent: ReadonlySet<string> = new Set(docsCodesBesides.absent);
  const shared = {
    ...{ total: lines.length, staleAfter: aged.staleAfter, ...(newest && { newest }), sums },
    columns: [...docsFaults.map(({ key }) => key), 'stale'].filter((key) => counts.has(key)),
    facets: healthFacets.filter(({ key }) => hasFacet[key]?.(lines) ?? true),
    rowsPath: `${firstPath}rows.json`,
    absent: {
      count: around.catalog.problems.filter(({ code }) => absent.has(code)).length,
      path: toProblemsPath(docsCodesBesides.absent),
    },
    coverage: toDocsCoverage(aged.docs, around),
  };
  for (const { path, rows, page } of listPagesOf(lines, firstPath, firstPath))
    yield { path, view: { ...shared, rows, page } };
}

/** What the browser needs to filter the health of docs; it says of every tree what its pages say. */
export function* listDocsHealthFiles(aged: AgedDocs, around: Surroundings): Generator<SiteFile> {
  yield { path: `${firstPath}rows.json`, text: JSON.stringify(toHealthRows(listLines(aged, around), around)) };
}
