import type { DocsTreePage } from '#model/docs.ts';
import type { Problem } from '#model/problems.ts';
import type { DocsTools, Forge } from '../ports.ts';
import { type DocsPage, type RenderedDocs, renderTree } from '../render/render.ts';
import { folderOf, joinPath } from '../render/tree.ts';
import { createAddressBook, toPageAddress } from './addresses.ts';
import { annotateCode } from './annotations.ts';
import { createDraw } from './draw.ts';
import type { FindElsewhere } from './elsewhere.ts';
import { createFileKeeper } from './file-keeper.ts';
import type { KeptTree } from './kept-tree.ts';
import type { OpenTree } from './open-tree.ts';
import { toSummary } from './plain-text.ts';
import { type Rewriting, rewritePage, toBrokenLinks, toRefusedFrames } from './rewrite.ts';

/** A page may include texts that include others; deeper than this it goes round in circles. */
const maxRounds = 6;

/** Renders the pages of a tree and puts them, and the files that they show, into the store. */
export async function renderPages(
  open: OpenTree,
  findElsewhere: FindElsewhere,
  forge: Forge,
  tools: DocsTools,
): Promise<KeptTree> {
  const { plan, tree } = open;
  await tree.fetch(open.docs.pages.map(({ source }) => source));
  const rendered = await renderFetched(open, tools);
  const files = createFileKeeper(open, forge, tools);
  const elsewhere = createLog(findElsewhere);
  const { base, frameHosts, schemes, store } = tools;
  const book = createAddressBook(rendered.files);
  const rewriting: Rewriting = { base, frameHosts, schemes, book, keepFile: files.keep, findElsewhere: elsewhere.find };
  const toPath = (path: string) => (plan.folder === '' ? path : `${plan.folder}/${path}`);
  const fileOf = new Map(rendered.files.map((file) => [file.path, file]));
  const draw = createDraw(tools);
  const pages: DocsTreePage[] = [];
  const broken: Problem[] = [];
  for (const page of onePerPlace(rendered.pages)) {
    const from = fileOf.get(page.path);
    if (!from) continue;
    const { html, ...found } = await rewritePage(page.html, from, rewriting);
    const place = { repository: plan.repository.id, path: toPath(page.source) };
    const text = tree.readText(page.source) ?? '';
    const drawn = await draw(html, text, place);
    broken.push(...toBrokenLinks(found.broken, text, place), ...toRefusedFrames(found.refused, text, place));
    broken.push(...drawn.problems);
    const { title, headings, address } = page;
    const body = store.keepBody(annotateCode(drawn.body, rendered.site.features.includes('content.code.annotate')));
    pages.push({ address: toPageAddress(address), path: place.path, title, summary: toSummary(html), body, headings });
  }
  const problems = onceEach([
    ...rendered.problems.map((problem) => toPlaced(problem, toPath)),
    ...broken,
    ...files.listProblems(),
  ]);
  const inputs = { texts: tree.listInputs(), files: files.listInputs(), elsewhere: elsewhere.list() };
  return { pages, redirects: toRedirects(rendered), problems, files: files.listPaths(), inputs };
}

/** Remembers what was asked and answered, which a later build compares. */
function createLog(findElsewhere: FindElsewhere) {
  const answers = new Map<string, string | null>();
  const find: FindElsewhere = (url) => {
    const found = findElsewhere(url);
    answers.set(url, found ?? null);
    return found;
  };
  return { find, list: () => [...answers] };
}

const toPlaced = (problem: Problem, toPath: (path: string) => string): Problem =>
  problem.place ? { ...problem, place: { ...problem.place, path: toPath(problem.place.path) } } : problem;

async function renderFetched({ plan, name, config, tree }: OpenTree, tools: DocsTools): Promise<RenderedDocs> {
  const { host, schemes } = tools;
  // Which frames stay is decided, and reported, where the page is made one of the portal.
  const options = { name, repository: plan.repository.id, ...(config && { config }), host, schemes, frameHosts: ['*'] };
  let rendered = renderTree(tree, options);
  for (let round = 0; round < maxRounds && (await tree.fetchMissing()); round += 1)
    rendered = renderTree(tree, options);
  return rendered;
}

/** Two pages that differ only in characters that addresses cannot have would be one; the first one stays. */
function onePerPlace(pages: readonly DocsPage[]): DocsPage[] {
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

function toRedirects({ redirects, pages }: RenderedDocs): KeptTree['redirects'] {
  const taken = new Set(pages.map(({ address }) => toPageAddress(address)));
  return redirects.flatMap(({ output, href }): KeptTree['redirects'] => {
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
