import type { Problem } from '#model/problems.ts';
import { checkLinks, type PageFindings } from './check-links.ts';
import { checkNav, checkSite, planRedirects } from './check-site.ts';
import type { DocsFile } from './files.ts';
import type { Site } from './mkdocs.ts';
import type { NavEntry } from './nav/entries.ts';
import { type OpenDocs, openDocs, type RenderOptions } from './open-docs.ts';
import { resolveExtensions } from './profile.ts';
import { createPageRenderer, type DocsPage } from './render-page.ts';
import type { DocsTree } from './tree.ts';

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

/** Renders every page of one docs tree, and reports what is wrong with it. */
export function renderTree(tree: DocsTree, options: RenderOptions): RenderedDocs {
  const open = openDocs(tree, options);
  const renderPage = createPageRenderer(open, tree, options);
  const rendered = open.docs.pages.map((file) => renderPage(file));
  const findings = rendered.map(({ page: { path, source }, links, ids }) => ({ path, source, links, ids }));
  return {
    site: open.site,
    nav: open.docs.nav,
    pages: rendered.map(({ page }) => page),
    files: [...open.docs.files.values()],
    redirects: planRedirects(open.site, open.docs.files),
    problems: [
      ...rendered.flatMap((one) => one.problems),
      ...checkTree(open, tree, findings, options.repository ?? ''),
    ],
  };
}

/** What is wrong with a tree, once all of its pages are rendered. */
export function checkTree(
  { config, site, docs }: OpenDocs,
  tree: DocsTree,
  findings: readonly PageFindings[],
  repository: string,
): Problem[] {
  const file = config ? { repository, path: config, text: tree.readText(config) ?? '' } : undefined;
  const { unknown } = resolveExtensions(site);
  return [
    ...checkSite(site, unknown, docs, file),
    ...checkNav(docs, site, tree, file),
    ...checkLinks(findings, repository),
  ];
}
