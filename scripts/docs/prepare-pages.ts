import type { DocsTreePage } from '#model/docs.ts';
import type { Problem } from '#model/problems.ts';
import type { Host } from '../render/extensions/define.ts';
import type { DocsFile } from '../render/files.ts';
import { openDocs } from '../render/open-docs.ts';
import { createPageRenderer, type WrittenLink } from '../render/render-page.ts';
import type { DocsTree } from '../render/tree.ts';
import { createAddressBook, toPageAddress } from './addresses.ts';
import { toSummary } from './plain-text.ts';
import { type Rewritten, rewriteElement, type Wanted } from './rewrite.ts';

/** All that rendering the pages of a tree needs to know of it, as plain values that another thread can be sent. */
export type TreeFrame = {
  id: string;
  name: string;
  repository: string;
  config?: string;
  base: string;
  frameHosts: readonly string[];
  schemes: readonly string[];
  /** The paths of its files, and the texts of its configuration. */
  files: readonly string[];
  texts: readonly PathText[];
};

/** A path and the text there; none when the tree has no such file. */
export type PathText = readonly [path: string, text: string | undefined];

/** Pages of a tree that are rendered together, by their paths in the docs, with their texts and those they include. */
export type PageSlice = { pages: readonly string[]; texts: readonly PathText[] };

/** A rendered page with marks for what only the whole portal knows, and what it was made from. */
export type PreparedPage = {
  path: string;
  row: Omit<DocsTreePage, 'path' | 'body' | 'changedAt'>;
  html: string;
  wanted: Wanted[];
  broken: string[];
  /** Addresses of frames that became links. */
  refused: string[];
  /** With places in the tree. */
  problems: Problem[];
  links: WrittenLink[];
  ids: string[];
  /** Other texts that it asked for. */
  reads: string[];
  /** Where its links were found to lead, as Markdown and as HTML has them. */
  lookups: [string, string][];
  finds: [string, string][];
};

/** Prepares slices of trees that were opened before, one page after the other. */
export type Preparer = {
  open: (frame: TreeFrame) => void;
  prepare: (tree: string, slice: PageSlice) => PreparedPage[];
  close: (tree: string) => void;
};

type OpenFrame = { prepare: (slice: PageSlice) => PreparedPage[] };

/** Makes what renders pages in one thread. */
export function createPreparer(host: Omit<Host, 'readText'>): Preparer {
  const frames = new Map<string, OpenFrame>();
  return {
    open: (frame) => frames.set(frame.id, openFrame(frame, host)),
    prepare: (tree, slice) => frames.get(tree)?.prepare(slice) ?? [],
    close: (tree) => frames.delete(tree),
  };
}

function openFrame(frame: TreeFrame, host: Omit<Host, 'readText'>): OpenFrame {
  const texts = createTexts(frame);
  const open = openDocs(texts.tree, frame);
  const renderPage = createPageRenderer(open, texts.tree, { ...frame, host });
  const rewriting = { base: frame.base, book: createAddressBook([...open.docs.files.values()]) };
  const preparePage = (file: DocsFile): PreparedPage => {
    const rewritten: Rewritten = { wanted: [], broken: [], finds: new Map() };
    texts.asked.clear();
    const refused: string[] = [];
    const rendered = renderPage(file, {
      visit: (element) => rewriteElement(element, file, rewriting, rewritten),
      refuse: (address) => refused.push(address),
    });
    const { title, headings, html } = rendered.page;
    const { wanted, broken } = rewritten;
    const { links, ids, problems } = rendered;
    return {
      ...{ path: file.path, html, wanted, broken, refused, problems, links, ids },
      row: { address: toPageAddress(file.address), title, summary: toSummary(html), headings },
      reads: [...texts.asked].filter((path) => path !== file.source),
      lookups: [...rendered.lookups],
      finds: [...rewritten.finds],
    };
  };
  return {
    prepare: ({ pages, texts: own }) =>
      texts.within(own, () => pages.flatMap((path) => open.docs.files.get(path) ?? []).map(preparePage)),
  };
}

/** The texts of a tree: those of its configuration, and for a while those of the pages that are rendered. */
function createTexts({ files, texts: lasting }: TreeFrame) {
  const known = new Map(lasting);
  let passing: ReadonlyMap<string, string | undefined> = new Map();
  const asked = new Set<string>();
  const readText = (path: string) => {
    asked.add(path);
    return passing.get(path) ?? known.get(path);
  };
  const tree: DocsTree = {
    listFiles: () => files,
    readText,
    readBytes: (path) => {
      const text = readText(path);
      return text === undefined ? undefined : new TextEncoder().encode(text);
    },
  };
  const within = <Result>(own: PageSlice['texts'], render: () => Result): Result => {
    passing = new Map(own);
    const result = render();
    passing = new Map();
    return result;
  };
  return { tree, asked, within };
}
