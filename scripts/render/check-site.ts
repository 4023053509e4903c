import type { Place } from '#model/place.ts';
import { type Problem, toProblem } from '#model/problems.ts';
import type { Docs } from './collect.ts';
import { isRecord, toFlag } from './core/options.ts';
import { type DocsFile, toDocsFile } from './files.ts';
import { resolveLink } from './links.ts';
import { findKey, findPlugin, type Site } from './mkdocs.ts';
import { listEntries } from './nav/entries.ts';
import { extensionPurposes, plugins, unusedSettings } from './plugins.ts';
import { createLocator } from './positions.ts';
import { type DocsTree, joinPath } from './tree.ts';

/** The configuration of a site as a file: where it lies, and its text. */
export type ConfigFile = { repository: string; path: string; text: string };

/** Names what the configuration asks for and does not get, and what is wrong with it. */
export function checkSite(
  site: Site,
  unknownExtensions: readonly string[],
  { missing, orphans, faults }: Docs,
  file: ConfigFile | undefined,
): Problem[] {
  const at = (place: { line: number; column: number }) => toWhere(file, place);
  const named = (section: string, name: string) => at(findName(file?.text ?? '', section, name));
  return [
    ...[...site.faults, ...faults].map(({ message, line, column, path }) =>
      toProblem(
        'docs-config-invalid',
        { message },
        file ? { place: { repository: file.repository, path, line, column } } : {},
      ),
    ),
    ...missing.map((path) => toProblem('docs-missing-include', { path }, named('nav', path.replace(/^.*\//, '')))),
    ...unknownExtensions.map((name) =>
      toProblem(
        'docs-unknown-extension',
        { name, effect: extensionPurposes[name] },
        named('markdown_extensions', name),
      ),
    ),
    ...site.plugins.flatMap(({ name, options }) => {
      const purpose = Object.hasOwn(plugins, name) ? plugins[name] : undefined;
      if (purpose?.isDone || !toFlag(options.enabled, true)) return [];
      return [toProblem('docs-unknown-plugin', { name, ...purpose }, named('plugins', name))];
    }),
    ...checkSettings(site, (key) => at(findKey(file?.text ?? '', key))),
    ...(orphans.length > 0 ? [toProblem('docs-orphan', { paths: orphans }, at(findKey(file?.text ?? '', 'nav')))] : []),
  ];
}

/** Names the pages that the navigation names and that are not there, where they are named. */
export function checkNav({ nav, files }: Docs, site: Site, tree: DocsTree, file: ConfigFile | undefined): Problem[] {
  if (!file) return [];
  const locators = new Map<string, ReturnType<typeof createLocator>>();
  return [...listEntries(nav)].flatMap(({ path, source }) => {
    if (path === undefined || files.has(path)) return [];
    const config = (source === undefined ? undefined : joinPath(site.docs, source)) ?? file.path;
    const text = config === file.path ? file.text : (tree.readText(config) ?? '');
    const locate = locators.get(config) ?? createLocator(text, config === file.path ? findKey(text, 'nav').line : 1);
    locators.set(config, locate);
    const written = source === undefined ? path : path.replace(/^.*\/(?=.)/, '');
    return [toProblem('docs-nav-missing', { path }, toWhere({ ...file, path: config }, locate(written)))];
  });
}

type Where = { place?: Place };

const toWhere = (file: ConfigFile | undefined, at: { line: number; column: number }): Where =>
  file ? { place: { repository: file.repository, path: file.path, ...at } } : {};

/** One hint for all settings that have no meaning here. */
function checkSettings({ written }: Site, at: (key: string) => Where): Problem[] {
  const theme = isRecord(written.theme) ? written.theme : {};
  const names = Object.keys(unusedSettings).filter((key) => hasValue(written[key]) || hasValue(theme[key]));
  const [first] = names;
  if (first === undefined) return [];
  const reasons = [...new Set(names.flatMap((name) => unusedSettings[name] ?? []))];
  return [toProblem('docs-unused-setting', { names, reasons }, at(first === 'custom_dir' ? 'theme' : first))];
}

const hasValue = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null && value !== '';

/** Where a name stands below a key of the first level; the key itself, or the beginning, where it cannot be found. */
function findName(text: string, section: string, name: string): { line: number; column: number } {
  const key = findKey(text, section);
  const lines = text.split('\n');
  const below = lines.findIndex((line, at) => at >= key.line - 1 && line.includes(name));
  return below < 0 ? key : { line: below + 1, column: (lines[below] ?? '').indexOf(name) + 1 };
}

/** The redirects that the plugin of that name is told to make. */
export function planRedirects(site: Site, files: ReadonlyMap<string, DocsFile>): { output: string; href: string }[] {
  const maps = findPlugin(site, 'redirects')?.options.redirect_maps;
  if (!isRecord(maps)) return [];
  const root = toDocsFile('index.md', 'index.md', site.directoryUrls);
  return Object.entries(maps).flatMap(([path, target]) => {
    if (typeof target !== 'string' || path.split('/').includes('..')) return [];
    const from = toDocsFile(path, path, site.directoryUrls);
    if (files.has(path)) return [];
    if (/^https?:\/\//i.test(target)) return [{ output: from.output, href: target }];
    const { target: file } = resolveLink(target, root, files);
    const up = '../'.repeat(from.output.split('/').length - 1);
    return file ? [{ output: from.output, href: `${up}${file.address}${/#.*$/.exec(target)?.[0] ?? ''}` || './' }] : [];
  });
}
