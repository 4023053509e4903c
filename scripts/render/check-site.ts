import type { Place } from '#model/place.ts';
import { type Problem, toProblem } from '#model/problems.ts';
import { isRecord } from './core/options.ts';
import { type DocsFile, toDocsFile } from './files.ts';
import { resolveLink } from './links.ts';
import type { Site } from './mkdocs.ts';

/** Plugins whose work Portolan does itself, or that have none to do here. */
const knownPlugins = new Set(
  'techdocs-core search material/search monorepo redirects gh-admonitions minify privacy offline optimize social group material/group tags meta'.split(
    ' ',
  ),
);

/** Names what the configuration asks for and does not get. */
export function checkSite(
  site: Site,
  unknownExtensions: readonly string[],
  missing: readonly string[],
  place: Place | undefined,
): Problem[] {
  const where = place ? { place } : {};
  return [
    ...missing.map((path) => toProblem('docs-missing-include', { path }, where)),
    ...unknownExtensions.map((name) => toProblem('docs-unknown-extension', { name }, where)),
    ...site.plugins
      .filter(({ name }) => !knownPlugins.has(name))
      .map(({ name }) => toProblem('docs-unknown-plugin', { name }, where)),
  ];
}

/** The redirects that the plugin of that name is told to make. */
export function planRedirects(site: Site, files: ReadonlyMap<string, DocsFile>): { output: string; href: string }[] {
  const maps = site.plugins.find(({ name }) => name === 'redirects')?.options.redirect_maps;
  if (!isRecord(maps)) return [];
  return Object.entries(maps).flatMap(([path, target]) => {
    if (typeof target !== 'string' || path.split('/').includes('..')) return [];
    const from = toDocsFile(path, path, site.directoryUrls);
    if (files.has(path)) return [];
    if (/^https?:\/\//i.test(target)) return [{ output: from.output, href: target }];
    const root = toDocsFile('index.md', 'index.md', site.directoryUrls);
    const { target: file } = resolveLink(target, root, files);
    const up = '../'.repeat(from.output.split('/').length - 1);
    return file ? [{ output: from.output, href: `${up}${file.address}${/#.*$/.exec(target)?.[0] ?? ''}` || './' }] : [];
  });
}
