import type { DocsTree, DocsTreePage } from '#model/docs.ts';
import type { Problem } from '#model/problems.ts';
import type { DocsTools } from '../ports.ts';
import { planRedirects } from '../render/check-site.ts';
import type { DocsFile } from '../render/files.ts';
import { titlesOf } from '../render/nav/entries.ts';
import { checkTree } from '../render/render.ts';
import { folderOf, joinPath } from '../render/tree.ts';
import { createAddressBook, toPageAddress } from './addresses.ts';
import type { FindElsewhere } from './elsewhere.ts';
import { createFileKeeper } from './file-keeper.ts';
import { createFinisher } from './finish-page.ts';
import {
  isCurrent,
  isSameCommit,
  type KeptPage,
  type KeptTree,
  type Present,
  parseKept,
  toFilesKey,
  toFrameKey,
  toTreeKey,
} from './kept-tree.ts';
import { mapInLanes } from './lanes.ts';
import type { OpenTree } from './open-tree.ts';
import { toPlaced } from './places.ts';
import type { PreparedPage, TreeFrame } from './prepare-pages.ts';
import { isWhole } from './whole.ts';

/** A page may include texts that include others; deeper than this it goes round in circles. */
const maxRounds = 6;

/** Pages that are rendered together, and how many such slices of one tree are under way at once. */
const sliceSize = 32;
const slicesAtOnce = 4;

/** What became of a tree: its pages in order, addresses that lead on, and what is wrong with it. */
export type RenderedPages = { pages: DocsTreePage[]; redirects: DocsTree['redirects']; problems: Problem[] };

/**
 * Renders those pages of a tree that would not come out as before, and puts them and what they show into the store.
 * Nothing of a version whose files are not all there.
 */
export async function renderPages(
  open: OpenTree,
  findElsewhere: FindElsewhere,
  tools: DocsTools,
): Promise<RenderedPages | undefined> {
  const files = createFileKeeper(open, open.forge, tools);
  const book = createAddressBook([...open.docs.files.values()]);
  const titles = titlesOf(open.docs.nav);
  const [frame, filesKey] = [toFrameKey(open, tools), toFilesKey(open)];
  const before = parseKept(tools.store.findResult(toTreeKey(open)));
  const isSame = before?.frame === frame && isSameCommit(before, open);
  if (open.plan.version && !isSame && !(await isWhole(open))) return undefined;
  const kept = new Map(before?.frame === frame ? before.pages.map((page) => [page.path, page]) : []);
  const work: Work = {
    ...{ open, tools, kept, findElsewhere, keepFile: files.keep, hashOf: open.tree.hashOf, titles, book },
    files: open.docs.files,
    ...{ hasSameFiles: before?.files === filesKey, isSameCommit: isSame, hasFile: tools.store.hasFile },
  };
  const treeFrame = toFrame(open, tools);
  tools.pages.open(treeFrame);
  const slices = toSlices(onePerPlace(open.docs.pages));
  const pages = (await mapInLanes(slicesAtOnce, slices, (slice) => renderSlice(slice, work, treeFrame.id))).flat();
  tools.pages.close(treeFrame.id);
  const changes = isSame && before.changes ? before.changes : await listChanges(open, pages);
  const isAsBefore =
    before?.commit === open.plan.version?.commit &&
    work.hasSameFiles &&
    pages.every((page) => kept.get(page.path) === page);
  if (!isAsBefore)
    tools.store.keepResult(toTreeKey(open), JSON.stringify(toKept(open, { frame, files: filesKey, pages }, changes)));
  const problems = onceEach([...listTreeProblems(open, pages), ...files.listProblems()]);
  return { pages: toDated(pages, changes), redirects: toRedirects(open), problems };
}

type Changes = NonNullable<KeptTree['changes']>;

const listChanges = async ({ plan, forge }: OpenTree, pages: readonly KeptPage[]): Promise<Changes> => [
  ...(await forge.listChanges(
    plan.repository.id,
    pages.map(({ row }) => row.path),
  )),
];

/** The dates of a commit stay what they are; those of the default version are asked for each time. */
const toKept = ({ plan: { version } }: OpenTree, made: KeptTree, changes: Changes): KeptTree =>
  version ? { ...made, commit: version.commit, changes } : made;

function toDated(pages: readonly KeptPage[], changes: Changes): DocsTreePage[] {
  const known = new Map(changes);
  return pages.map(({ row }) => {
    const changedAt = known.get(row.path);
    return changedAt === undefined ? row : { ...row, changedAt };
  });
}

type Work = Present & { open: OpenTree; tools: DocsTools; kept: ReadonlyMap<string, KeptPage> };

function toFrame(open: OpenTree, { base, frameHosts, schemes }: DocsTools): TreeFrame {
  const { plan, name, config, tree } = open;
  return {
    ...{ id: toTreeKey(open), name, repository: plan.repository.id, ...(config && { config }) },
    ...{ base, frameHosts, schemes, files: tree.listFiles(), texts: tree.listTexts() },
  };
}

const toSlices = (files: readonly DocsFile[]): DocsFile[][] =>
  Array.from({ length: Math.ceil(files.length / sliceSize) }, (_, at) =>
    files.slice(at * sliceSize, (at + 1) * sliceSize),
  );

async function renderSlice(slice: readonly DocsFile[], work: Work, frame: string): Promise<KeptPage[]> {
  const { open, tools } = work;
  const sources = slice.map(({ source }) => source);
  if (!work.isSameCommit) await open.tree.fetch(sources);
  const known = await Promise.all(slice.map((file) => findKept(file, work)));
  const due = slice.filter((_, at) => known[at] === undefined);
  await open.tree.fetch(due.map(({ source }) => source));
  const prepared = due.length > 0 ? await preparePages(due, work, frame) : [];
  const finish = createFinisher(work);
  const finished = new Map(await Promise.all(prepared.map(async (page) => [page.path, await finish(page)] as const)));
  open.tree.release(sources);
  const used = known.filter((page) => page !== undefined);
  tools.store.use(
    used.map(({ row }) => row.body),
    used.flatMap(({ copies }) => copies.flatMap(([, copy]) => copy?.path ?? [])),
  );
  return slice.flatMap(({ path }, at) => known[at] ?? finished.get(path) ?? []);
}

async function findKept(file: DocsFile, work: Work): Promise<KeptPage | undefined> {
  const kept = work.kept.get(file.path);
  if (!kept || !work.tools.store.hasBody(kept.row.body)) return undefined;
  if (!work.isSameCommit) await work.open.tree.fetch(kept.texts.map(([path]) => path));
  return (await isCurrent(kept, file, work)) ? kept : undefined;
}

/** Renders pages; those that turn out to include texts that are not there yet are rendered again with them. */
async function preparePages(due: readonly DocsFile[], { open, tools }: Work, frame: string): Promise<PreparedPage[]> {
  const { tree } = open;
  const done = new Map<string, PreparedPage>();
  let left = due;
  for (let round = 0; left.length > 0 && round <= maxRounds; round += 1) {
    const texts = tree.listTexts().filter(([, text]) => text !== undefined);
    for (const page of await tools.pages.prepare(frame, { pages: left.map(({ path }) => path), texts }))
      done.set(page.path, page);
    const missing = (path: string) => done.get(path)?.reads.filter((read) => !tree.hasFetched(read)) ?? [];
    const again = left.filter(({ path }) => missing(path).length > 0);
    await tree.fetch(again.flatMap(({ path }) => missing(path)));
    left = again;
  }
  return [...done.values()];
}

function listTreeProblems(open: OpenTree, pages: readonly KeptPage[]): Problem[] {
  const prefix = open.plan.folder === '' ? '' : `${open.plan.folder}/`;
  const findings = pages.map(({ path, links, ids }) => ({
    ...{ path, links, ids, source: open.docs.files.get(path)?.source ?? path },
  }));
  return [
    ...checkTree(open, open.tree, findings, open.plan.repository.id).map((problem) => toPlaced(problem, prefix)),
    ...pages.flatMap(({ problems }) => problems),
  ];
}

/** Two pages that differ only in characters that addresses cannot have would be one; the first one stays. */
function onePerPlace(pages: readonly DocsFile[]): DocsFile[] {
  const taken = new Set<string>();
  return pages.filter(({ address }) => {
    const place = toPageAddress(address);
    return !taken.has(place) && taken.add(place);
  });
}

/** The same link is reported by whoever reads Markdown and by whoever reads HTML; once is enough. */
function onceEach(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((each) => [`${each.code} ${each.place?.path} ${each.what}`, each])).values()];
}

/** No file system takes a name that is much longer, and nobody has linked to one. */
const longestAddress = 200;

function toRedirects({ site, docs }: OpenTree): DocsTree['redirects'] {
  const taken = new Set(docs.pages.map(({ address }) => toPageAddress(address)));
  return planRedirects(site, docs.files).flatMap(({ output, href }): DocsTree['redirects'] => {
    const from = toPageAddress(output);
    if (taken.has(from) || from.length > longestAddress) return [];
    taken.add(from);
    if (/^https?:/i.test(href)) return [{ from, url: href }];
    const [path = '', anchor] = href.split('#');
    const target = joinPath(folderOf(output), path);
    if (target === undefined) return [];
    const isFolder = target !== '' && (path.endsWith('/') || !target.endsWith('.html'));
    return [{ from, address: toPageAddress(isFolder ? `${target}/` : target), ...(anchor && { anchor }) }];
  });
}
