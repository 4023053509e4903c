import { type Options, toFlag, toText } from '../core/options.ts';
import { toGlobPattern } from '../glob.ts';
import { findPlugin } from '../mkdocs.ts';
import { parsePattern } from '../patterns.ts';
import { joinPath } from '../tree.ts';
import type { NavContext, NavForm } from './define.ts';
import { listEntries, type NavEntry, pathsOf, readNav, toNameTitle } from './entries.ts';
import { type Folder, nameOf, toFolders } from './folder.ts';
import { compareNatural, compareText, findPageTitle } from './order.ts';

/** A file `.pages` in a folder says how its part of the navigation looks; `...` stands for what is not named. */
export const awesomePages: NavForm = {
  isOn: (site) => findPlugin(site, 'awesome-pages') !== undefined,
  arrange: (nav, context) => {
    const options = findPlugin(context.site, 'awesome-pages')?.options ?? {};
    if (!nav) return toTop(context.folders.root, context, options);
    if (![...listEntries(nav)].some(isRest)) return nav;
    const named = pathsOf(nav);
    const left = [...context.pages.values()].filter(({ path }) => !named.has(path));
    const shares = shareOut([...listEntries(nav)].filter(isRest), left, ({ path }) => path);
    return fillIn(nav, (rest) => {
      const { root } = toFolders(shares.get(rest) ?? []);
      const entries = toTop(root, context, options);
      return parseRest(rest).isFlat ? flatten(entries) : entries;
    });
  },
};

/** What stands in a folder: by the name it has there, and whether its title may be changed. */
type Item = { name: string; entry: NavEntry; hasOwnTitle: boolean };

function toTop(root: Folder, context: NavContext, options: Options): NavEntry[] {
  return arrangeFolder(root, { context, options, collapses: toFlag(options.collapse_single_pages, false) });
}

type Level = { context: NavContext; options: Options; collapses: boolean };

function readOptions({ path }: Folder, { context, options }: Level): { own: Options; source: string } {
  const source = joinPath(path, toText(options.filename, '.pages')) ?? '';
  return { own: context.readOptions(source), source };
}

function arrangeFolder(folder: Folder, level: Level): NavEntry[] {
  const { own, source } = readOptions(folder, level);
  const collapses = toFlag(own.collapse_single_pages, level.collapses);
  const pages = folder.pages.map(({ path }) => ({ name: nameOf(path), entry: { path }, hasOwnTitle: false }));
  const sections = folder.folders.flatMap((inner) => toSection(inner, { ...level, collapses }));
  const items = sortItems([...pages, ...sections], own, level);
  if (Array.isArray(own.nav)) return placeItems(readNav(own.nav), items, folder, source);
  if (!Array.isArray(own.arrange)) return items.map(({ entry }) => entry);
  const rows = readNav(own.arrange);
  return placeItems(rows.some(isRest) ? rows : [...rows, { path: '...' }], items, folder, source);
}

function toSection(folder: Folder, level: Level): Item[] {
  const { own } = readOptions(folder, level);
  if (toFlag(own.hide, false)) return [];
  const children = arrangeFolder(folder, level);
  const [only] = children;
  const collapses = toFlag(own.collapse, toFlag(own.collapse_single_pages, level.collapses));
  const hasOwnTitle = typeof own.title === 'string';
  if (children.length === 0) return [];
  if (collapses && children.length === 1 && only?.path !== undefined && !only.children)
    return [{ name: folder.name, entry: only, hasOwnTitle: false }];
  const title = toText(own.title, toNameTitle(folder.name));
  return [{ name: folder.name, entry: { title, children }, hasOwnTitle }];
}

function sortItems(items: readonly Item[], own: Options, { options, context }: Level): Item[] {
  const ask = (key: string) => toText(own[key], toText(options[key], ''));
  const [order, type, by] = [ask('order'), ask('sort_type'), ask('order_by')];
  if (`${order}${type}${by}` === '') return [...items];
  const isLoose = toFlag(own.ignore_case, toFlag(options.ignore_case, false));
  const compare = type === 'natural' ? compareNatural : compareText;
  const sign = order === 'desc' ? -1 : 1;
  const toKey = ({ name, entry }: Item) => {
    const key = by === 'title' ? (entry.title ?? findPageTitle(entry.path ?? name, context)) : name;
    return isLoose ? key.toLowerCase() : key;
  };
  return items
    .map((each) => ({ each, key: toKey(each) }))
    .toSorted((one, other) => sign * compare(one.key, other.key))
    .map(({ each }) => each);
}

/** Puts what stands in a folder where the rows of its file name it. */
function placeItems(rows: readonly NavEntry[], items: readonly Item[], folder: Folder, source: string): NavEntry[] {
  const byName = new Map(items.map((each) => [each.name, each]));
  const named = new Set([...pathsOf(rows)].map((path) => path.replace(/\/$/, '')));
  const left = items.filter(({ name }) => !named.has(name));
  const shares = shareOut([...listEntries(rows)].filter(isRest), left, ({ name }) => name);
  const place = (row: NavEntry): NavEntry[] => {
    if (row.children) return [{ ...row, children: row.children.flatMap(place) }];
    if (row.path === undefined) return [row];
    if (isRest(row)) {
      const entries = (shares.get(row) ?? []).map(({ entry }) => entry);
      return parseRest(row).isFlat ? flatten(entries) : entries;
    }
    const found = byName.get(row.path.replace(/\/$/, ''));
    if (!found) return [{ ...row, path: joinPath(folder.path, row.path) ?? row.path, source }];
    return [row.title === undefined || found.hasOwnTitle ? found.entry : { ...found.entry, title: row.title }];
  };
  return rows.flatMap(place);
}

const flatten = (entries: readonly NavEntry[]): NavEntry[] =>
  [...listEntries(entries)].filter(({ children }) => children === undefined);

/** Entries with each rest replaced by what it stands for. */
function fillIn(nav: readonly NavEntry[], toEntries: (rest: NavEntry) => NavEntry[]): NavEntry[] {
  return nav.flatMap((entry) => {
    if (isRest(entry)) return toEntries(entry);
    return entry.children ? [{ ...entry, children: fillIn(entry.children, toEntries) }] : [entry];
  });
}

const isRest = ({ title, path }: NavEntry): boolean => title === undefined && /^\.\.\.\s*(?:\||$)/.test(path ?? '');

/** Reads `... | flat | glob=pattern`: what a rest takes, everything where it does not say, and whether it is flat. */
function parseRest({ path = '' }: NavEntry): { takes?: (name: string) => boolean; isFlat: boolean } {
  const [, flat, written = ''] = /^\.\.\.\s*(?:\|\s*(flat)\s*(?=\||$))?(?:\|\s*(.*?)\s*)?$/s.exec(path) ?? [];
  const isFlat = flat !== undefined;
  if (written === '') return { isFlat };
  const [, regex] = /^regex=(.*)$/s.exec(written) ?? [];
  const pattern = regex === undefined ? toGlobPattern(written.replace(/^glob=/, '')) : parsePattern(regex);
  return { isFlat, takes: (name) => pattern?.test(name) ?? false };
}

/** Gives each thing to the first rest whose filter takes it, else to the rest without one. */
function shareOut<Thing>(
  rests: readonly NavEntry[],
  things: readonly Thing[],
  toName: (thing: Thing) => string,
): Map<NavEntry, Thing[]> {
  const parsed = rests.map((rest) => ({ rest, takes: parseRest(rest).takes }));
  const shares = new Map<NavEntry, Thing[]>(rests.map((rest) => [rest, []]));
  for (const thing of things) {
    const owner = parsed.find(({ takes }) => takes?.(toName(thing))) ?? parsed.find(({ takes }) => !takes);
    if (owner) shares.get(owner.rest)?.push(thing);
  }
  return shares;
}
