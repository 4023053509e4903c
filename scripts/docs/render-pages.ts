import type { DocsTree, DocsTreePage } from '#model/docs.ts';
import { type Problem, toProblem } from '#model/problems.ts';
import type { DocsTools, Forge } from '../ports.ts';
import { planRedirects } from '../render/check-site.ts';
import type { DocsFile } from '../render/files.ts';
import { titlesOf } from '../render/nav.ts';
import { checkTree } from '../render/render.ts';
import { findPosition } from '../render/render-page.ts';
import { folderOf, joinPath } from '../render/tree.ts';
import { createAddressBook, toPageAddress } from './addresses.ts';
import type { FindElsewhere } from './elsewhere.ts';
import { createFileKeeper } from './file-keeper.ts';
import { createFinisher } from './finish-page.ts';
import { isCurrent, type KeptPage, type Present, parseKept, toFilesKey, toFrameKey, toTreeKey } from './kept-tree.ts';
import { mapInLanes } from './lanes.ts';
import { listMissing } from './navigation.ts';
import type { OpenTree } from './open-tree.ts';
import type { PreparedPage, TreeFrame } from './prepare-pages.ts';

/** A page may include texts that include others; deeper than this it goes round in circles. */
const maxRounds = 6;

/** Pages that are rendered together, and how many such slices of one tree are under way at once. */
const sliceSize = 32;
const slicesAtOnce = 4;

/** What became of a tree: its pages in order, addresses that lead on, and what is wrong with it. */
export type RenderedTree = { pages: DocsTreePage[]; redirects: DocsTree['redirects']; problems: Problem[] };

/** Renders those pages of a tree that would not come out as before, and puts them and what they show into the store. */
export async function renderPages(
  open: OpenTree,
  findElsewhere: FindElsewhere,
  forge: Forge,
  tools: DocsTools,
): Promise<RenderedTree> {
  const files = createFileKeeper(open, forge, tools);
  const book = createAddressBook([...open.docs.files.values()]);
  const titles = titlesOf(open.docs.nav);
  const [frame, filesKey] = [toFrameKey(open, tools), toFilesKey(open)];
  const before = parseKept(tools.store.findResult(toTreeKey(open)));
  const kept = new Map(before?.frame === frame ? before.pages.map((page) => [page.path, page]) : []);
  const work: Work = {
    ...{ open, tools, kept, findElsewhere, keepFile: files.keep, hashOf: open.tree.hashOf, titles, book },
    files: open.docs.files,
    hasSameFiles: before?.files === filesKey,
  };
  const treeFrame = toFrame(open, tools);
  tools.pages.open(treeFrame);
  const slices = toSlices(onePerPlace(open.docs.pages));
  const pages = (await mapInLanes(slicesAtOnce, slices, (slice) => renderSlice(slice, work, treeFrame.id))).flat();
  tools.pages.close(treeFrame.id);
  const isAsBefore = work.hasSameFiles && pages.every((page) => kept.get(page.path) === page);
  if (!isAsBefore) tools.store.keepResult(toTreeKey(open), JSON.stringify({ frame, files: filesKey, pages }));
  const problems = onceEach([...listTreeProblems(open, pages), ...files.listProblems()]);
  return { pages: pages.map(({ row }) => row), redirects: toRedirects(open), problems };
}

type Work = Present & { open: OpenTree; tools: DocsTools; kept: ReadonlyMap<string, KeptPage> };

function toFrame({ plan, name, config, tree }: OpenTree, { base, frameHosts }: DocsTools): TreeFrame {
  const id = `${plan.repository.id}\0${plan.folder}\0${plan.config ?? ''}`;
  return { id, name, ...(config && { config }), base, frameHosts, files: tree.listFiles(), texts: tree.listTexts() };
}

const toSlices = (files: readonly DocsFile[]): DocsFile[][] =>
  Array.from({ length: Math.ceil(files.length / sliceSize) }, (_, at) =>
    files.slice(at * sliceSize, (at + 1) * sliceSize),
  );

async function renderSlice(slice: readonly DocsFile[], work: Work, frame: string): Promise<KeptPage[]> {
  const { open, tools } = work;
  const sources = slice.map(({ source }) => source);
  await open.tree.fetch(sources);
  const known = await Promise.all(slice.map((file) => findKept(file, work)));
  const due = slice.filter((_, at) => known[at] === undefined);
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
  await work.open.tree.fetch(kept.texts.map(([path]) => path));
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
  const toPath = (path: string) => (open.plan.folder === '' ? path : `${open.plan.folder}/${path}`);
  const findings = pages.map(({ path, links, ids }) => ({
    ...{ path, links, ids, source: open.docs.files.get(path)?.source ?? path },
  }));
  return [
    ...checkTree(open, findings, open.plan.repository.id).map((problem) => toPlaced(problem, toPath)),
    ...listNavProblems(open, toPath),
    ...pages.flatMap(({ problems }) => problems),
  ];
}

const toPlaced = (problem: Problem, toPath: (path: string) => string): Problem =>
  problem.place ? { ...problem, place: { ...problem.place, path: toPath(problem.place.path) } } : problem;

function listNavProblems({ docs, config, tree, plan }: OpenTree, toPath: (path: string) => string): Problem[] {
  if (config === undefined) return [];
  const place = { repository: plan.repository.id, path: toPath(config) };
  const text = tree.readText(config) ?? '';
  return listMissing(docs.nav, docs.files).map((path) =>
    toProblem('docs-nav-missing', { path }, { place: { ...place, ...findPosition(text, path) } }),
  );
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
