import type { Problem } from '#model/problems.ts';
import { checkLinks, type WrittenLink } from './check-links.ts';
import { checkPage } from './check-page.ts';
import { checkNav, checkSite, planRedirects } from './check-site.ts';
import { collectDocs } from './collect.ts';
import { Conversion, type Heading } from './core/conversion.ts';
import { descendants, type Element } from './core/element.ts';
import type { Registry } from './core/registry.ts';
import { escapeText } from './core/serialize.ts';
import type { Host } from './extensions/define.ts';
import type { DocsFile } from './files.ts';
import { resolveLink } from './links.ts';
import { createMacros, type Macros } from './macros.ts';
import { createMarkdown, type Install, type Markdown } from './markdown.ts';
import { findConfig, findPlugin, readSite, type Site } from './mkdocs.ts';
import { type NavEntry, titlesOf, toNameTitle } from './nav/entries.ts';
import { rewriteAlerts } from './page-filters.ts';
import { createLocator } from './positions.ts';
import { resolveExtensions, toInstalls } from './profile.ts';
import { sanitize } from './sanitize.ts';
import type { DocsTree } from './tree.ts';
import { joinPath } from './tree.ts';
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
/** An address that pages had before: what is written for it, and where it leads. */
export type Redirect = { output: string; href: string };
export type RenderedDocs = {
  site: Site;
  nav: NavEntry[];
  pages: DocsPage[];
  files: DocsFile[];
  redirects: Redirect[];
  problems: Problem[];
};
export type RenderOptions = {
  /** What the docs are called where their configuration does not say. */
  name: string;
  /** Id of the repository, for the places of problems. */
  repository?: string;
  config?: string;
  host?: Partial<Host>;
  /** Hosts whose pages may be framed; `*` stands for all. None by default. */
  frameHosts?: readonly string[];
  /** Schemes that links may have beside the usual ones, without the colon. */
  schemes?: readonly string[];
};

/** Renders every page of one docs tree, and reports what is wrong with it. */
export function renderTree(tree: DocsTree, options: RenderOptions): RenderedDocs {
  const config = findConfig(tree, options.config);
  const site = readSite(tree, config, options.name);
  const docs = collectDocs(tree, site);
  const extensions = resolveExtensions(site);
  const installs = toInstalls(extensions, toHost(tree, site, options));
  const findings: Findings = { links: [], ids: new Map(), problems: [] };
  const macros = createMacros(site);
  const markdown = createMarkdown([...installs, resolveLinks(docs.files, findings, options.repository ?? '', tree)]);
  const titles = titlesOf(docs.nav);
  const pages = docs.pages.map((file) => renderPage(file, { tree, site, titles, markdown, macros, findings, options }));
  const repository = options.repository ?? '';
  const configFile = config ? { repository, path: config, text: tree.readText(config) ?? '' } : undefined;
  const problems = [
    ...checkSite(site, extensions.unknown, docs, configFile),
    ...checkNav(docs, site, tree, configFile),
    ...findings.problems,
    ...checkLinks(findings.links, findings.ids),
  ];
  return {
    site,
    nav: docs.nav,
    pages,
    files: [...docs.files.values()],
    redirects: planRedirects(site, docs.files),
    problems,
  };
}

/** What is known of links and ids once all pages are rendered. */
type Findings = { links: WrittenLink[]; ids: Map<string, Set<string>>; problems: Problem[] };
type PageContext = {
  tree: DocsTree;
  site: Site;
  titles: ReadonlyMap<string, string>;
  markdown: Markdown;
  macros: Macros | undefined;
  findings: Findings;
  options: RenderOptions;
};

function renderPage(file: DocsFile, context: PageContext): DocsPage {
  const { tree, site, titles, markdown, macros, findings, options } = context;
  const { meta, body, lines } = splitFrontMatter(tree.readText(file.source) ?? '');
  const short = shorten(body);
  const start = { repository: options.repository ?? '', path: file.source, lines };
  findings.problems.push(...checkPage(short, meta, macros, start));
  const filled = macros?.fillIn(short, meta) ?? short;
  const text = hasAlerts(site) ? rewriteAlerts(filled) : filled;
  const converted = markdown.convert(text, new Conversion(file.path));
  const { headings } = converted.page;
  const title = titles.get(file.path) ?? toPageTitle(file, meta, headings);
  const ids = new Set<string>();
  findings.ids.set(file.path, ids);
  const html = sanitize(withTitle(converted.html, title, site), {
    frameHosts: options.frameHosts ?? [],
    schemes: options.schemes ?? [],
    visit: ({ tag, attributes }) => {
      const id = attributes.get('id') ?? (tag === 'a' ? attributes.get('name') : undefined);
      if (id) ids.add(id);
    },
  });
  const { path, source, address, output } = file;
  return { path, source, address, output, title, html, headings, meta };
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

function resolveLinks(
  files: ReadonlyMap<string, DocsFile>,
  findings: Findings,
  repository: string,
  tree: DocsTree,
): Install {
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
        if (!resolved.problem && !resolved.anchor) continue;
        if (resolved.target === from && page.ids.taken.has(resolved.anchor ?? '')) continue;
        const place = { repository, path: from.source, ...locate(href) };
        findings.links.push({ place, href, resolved });
      }
    });
}
