import { isRecord, toText } from './core/options.ts';
import { slugify } from './extensions/toc.ts';
import { toGlobPattern } from './glob.ts';
import { type EditSettings, toEditSettings } from './mkdocs.ts';
import { toNameTitle } from './nav/entries.ts';
import { type DocsTree, folderOf, joinPath } from './tree.ts';
import { parseYaml } from './yaml.ts';

/** A folder of pages that stands inside the docs under another name, and where they are edited. */
export type Mount = { folder: string; alias: string; edit: EditSettings };
export type Monorepo = { nav: unknown; mounts: Mount[]; missing: string[] };

/** Replaces `!include file` and `*include pattern` in a navigation by the navigation of the sites they name. */
export function includeSites(nav: unknown, tree: DocsTree, root: string): Monorepo {
  const mounts: Mount[] = [];
  const missing: string[] = [];

  function include(path: string): { title: string; entries: unknown[] } | undefined {
    const site = readIncluded(tree, path);
    if (!site) {
      missing.push(path);
      return undefined;
    }
    mounts.push({ folder: site.folder, alias: site.alias, edit: site.edit });
    return { title: site.title, entries: prefixNav(site.nav, site.alias) };
  }

  function expand(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(expand);
    if (isRecord(value))
      return Object.fromEntries(Object.entries(value).map(([title, target]) => [title, expandTarget(target)]));
    return value;
  }

  function expandTarget(target: unknown): unknown {
    if (typeof target !== 'string') return expand(target);
    const one = /^!include\s+(.+)$/.exec(target)?.[1];
    if (one) return include(joinPath(root, one.trim()) ?? '')?.entries ?? [];
    const many = /^\*include\s+(.+)$/.exec(target)?.[1];
    return many ? includeAll(many) : target;
  }

  function includeAll(glob: string): unknown[] {
    const pattern = toGlobPattern(joinPath(root, glob.trim()) ?? '');
    const found = tree
      .listFiles()
      .filter((path) => pattern.test(path))
      .toSorted();
    return found.flatMap((path) => {
      const site = include(path);
      return site ? [{ [site.title]: site.entries }] : [];
    });
  }

  return { nav: expand(nav), mounts, missing };
}

type Included = Mount & { title: string; nav: unknown[] };

function readIncluded(tree: DocsTree, path: string): Included | undefined {
  const { value } = parseYaml(tree.readText(path) ?? '');
  if (!/\.ya?ml$/.test(path) || !isRecord(value) || typeof value.site_name !== 'string') return undefined;
  const folder = joinPath(folderOf(path), toText(value.docs_dir, 'docs'));
  const name = value.site_name;
  const alias = /^[a-zA-Z0-9_./-]+$/.test(name) ? joinPath(name) : slugify(name, '-', 'ascii');
  if (folder === undefined || !alias) return undefined;
  const nav = Array.isArray(value.nav) ? value.nav : folderNav(tree, folder);
  return { folder, alias, edit: toEditSettings(value), title: name, nav };
}

function prefixNav(nav: unknown[], alias: string): unknown[] {
  const prefix = (target: unknown): unknown => {
    if (typeof target === 'string')
      return /^(?:[a-z][a-z0-9+.-]*:|\/)/i.test(target) ? target : (joinPath(alias, target) ?? target);
    return Array.isArray(target) ? prefixNav(target, alias) : target;
  };
  return nav.map((row) =>
    isRecord(row)
      ? Object.fromEntries(Object.entries(row).map(([title, target]) => [title, prefix(target)]))
      : prefix(row),
  );
}

function folderNav(tree: DocsTree, folder: string): unknown[] {
  const prefix = folder ? `${folder}/` : '';
  const pages = tree
    .listFiles()
    .filter((path) => path.startsWith(prefix) && path.endsWith('.md'))
    .map((path) => path.slice(prefix.length));
  return toRows(pages.toSorted());
}

/** The rows of a folder: its folders first, then its files; each page is looked at once a level. */
function toRows(pages: readonly string[]): unknown[] {
  const byFolder = Map.groupBy(pages, (page) => page.slice(0, Math.max(page.indexOf('/'), 0)));
  const own = byFolder.get('') ?? [];
  byFolder.delete('');
  const sections = [...byFolder].map(([name, inside]) => {
    const inner = inside.map((page) => page.slice(name.length + 1));
    return { [toNameTitle(name)]: prefixNav(toRows(inner), name) };
  });
  return [...sections, ...own];
}
