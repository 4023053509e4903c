import type { Problem } from '#model/problems.ts';
import { checkPage } from './check-page.ts';
import { Conversion, type Heading } from './core/conversion.ts';
import { descendants, type Element } from './core/element.ts';
import type { Registry } from './core/registry.ts';
import { escapeText } from './core/serialize.ts';
import type { Host } from './extensions/define.ts';
import type { DocsFile } from './files.ts';
import { resolveLink } from './links.ts';
import { createMacros } from './macros.ts';
import { createMarkdown, type Install } from './markdown.ts';
import { findPlugin, type Site } from './mkdocs.ts';
import { titlesOf, toNameTitle } from './nav/entries.ts';
import type { OpenDocs, RenderOptions } from './open-docs.ts';
import { rewriteAlerts } from './page-filters.ts';
import { createLocator } from './positions.ts';
import { resolveExtensions, toInstalls } from './profile.ts';
import { type SanitizeOptions, sanitize } from './sanitize.ts';
import { type DocsTree, joinPath } from './tree.ts';
import { splitFrontMatter } from './yaml.ts';

export type DocsPage = {
  /** Path inside the docs, and in the repository. */
  path: string;
  source: string;
  address: string;
  output: string;
  title: string;
  html: string;
  headings: Heading[];
  meta: Record<string, unknown>;
};

/** A link that may lead nowhere: where it stands and, if it leads to a page, to which heading there. */
export type WrittenLink = {
  href: string;
  line: number;
  column: number;
  isBroken: boolean;
  target?: string;
  anchor?: string;
};

/** A page, and what other pages and those who check them need to know of it. */
export type RenderedPage = {
  page: DocsPage;
  links: WrittenLink[];
  ids: string[];
  /** What it says in a language that is not understood, at places in the tree. */
  problems: Problem[];
  /** What was asked of the files of the tree, with the answers. */
  lookups: Map<string, string>;
};

/** Who is shown every element that stays, and may change its attributes, and who is told of frames that do not. */
export type PageVisitor = Pick<SanitizeOptions, 'visit' | 'refuse'>;

/** Renders one page of a tree. */
export type RenderPage = (file: DocsFile, visitor?: PageVisitor) => RenderedPage;

type PageNotes = Pick<RenderedPage, 'links' | 'lookups'>;

/** Makes what renders the pages of a tree, each by itself. */
export function createPageRenderer({ site, docs }: OpenDocs, tree: DocsTree, options: RenderOptions): RenderPage {
  const { extensions } = resolveExtensions(site);
  const installs = toInstalls({ extensions, unknown: [] }, toHost(tree, site, options));
  const notes: PageNotes = { links: [], lookups: new Map() };
  const markdown = createMarkdown([...installs, resolveLinks(docs.files, notes, tree)]);
  const titles = titlesOf(docs.nav);
  const macros = createMacros(site);
  const { repository = '', frameHosts = [], schemes = [] } = options;
  return (file, visitor) => {
    Object.assign(notes, { links: [], lookups: new Map() });
    const { meta, body, lines } = splitFrontMatter(tree.readText(file.source) ?? '');
    const short = shorten(body);
    const problems = checkPage(short, meta, macros, { repository, path: file.source, lines });
    const filled = macros?.fillIn(short, meta) ?? short;
    const text = hasAlerts(site) ? rewriteAlerts(filled) : filled;
    const converted = markdown.convert(text, new Conversion(file.path));
    const { headings } = converted.page;
    const title = titles.get(file.path) ?? toPageTitle(file, meta, headings);
    const ids = new Set<string>();
    const html = sanitize(withTitle(converted.html, title, site), {
      ...visitor,
      frameHosts,
      schemes,
      visit: (element) => {
        const { tag, attributes } = element;
        const id = attributes.get('id') ?? (tag === 'a' ? attributes.get('name') : undefined);
        if (id) ids.add(id);
        visitor?.visit?.(element);
      },
    });
    const { path, source, address, output } = file;
    return { page: { path, source, address, output, title, html, headings, meta }, ids: [...ids], problems, ...notes };
  };
}

const hasAlerts = (site: Site): boolean =>
  site.profile === 'techdocs' || findPlugin(site, 'gh-admonitions') !== undefined;

/** No page for people is longer; what is was made to keep the machine busy. */
const maxPage = 2_000_000;
const shorten = (text: string): string => (text.length > maxPage ? text.slice(0, maxPage) : text);

function toPageTitle(file: DocsFile, meta: Record<string, unknown>, headings: readonly Heading[]): string {
  if (typeof meta.title === 'string' || typeof meta.title === 'number') return String(meta.title);
  const heading = headings.find(({ level }) => level === 1);
  if (heading) return heading.title;
  if (file.address === '' || file.output === 'index.html') return 'Home';
  return toNameTitle(file.isIndex ? 'index' : file.name);
}

/** Material sets the title of a page that has no heading of its own above it. */
function withTitle(html: string, title: string, site: Site): string {
  return site.theme !== 'material' || html.includes('<h1') ? html : `<h1>${escapeText(title)}</h1>\n${html}`;
}

function toHost(tree: DocsTree, site: Site, { host }: RenderOptions): Host {
  return {
    readText: (path) => tree.readText(joinPath(site.root, path) ?? ''),
    highlight: () => undefined,
    icon: () => undefined,
    emoji: () => undefined,
    ...host,
  };
}

const linkAttributes: Readonly<Record<string, string>> = { a: 'href', img: 'src', area: 'href' };

function resolveLinks(files: ReadonlyMap<string, DocsFile>, notes: PageNotes, tree: DocsTree): Install {
  return ({ tree: passes }: Registry) =>
    passes.add('relpath', 0, (root: Element, page: Conversion) => {
      const from = files.get(page.path);
      if (!from) return;
      const locate = createLocator(tree.readText(from.source) ?? '');
      for (const element of descendants(root)) {
        const name = linkAttributes[element.tag];
        const href = name && element.attribute(name);
        if (!name || !href) continue;
        const resolved = resolveLink(href, from, files);
        element.attributes.set(name, resolved.href);
        if (resolved.problem || (resolved.target && resolved.target !== from)) notes.lookups.set(href, resolved.href);
        if (!resolved.problem && !resolved.anchor) continue;
        const { target, anchor, problem } = resolved;
        if (target === from && page.ids.taken.has(anchor ?? '')) continue;
        const found = { ...(target && { target: target.path }), ...(anchor && { anchor }) };
        notes.links.push({ href, ...locate(href), isBroken: problem !== undefined, ...found });
      }
    });
}
