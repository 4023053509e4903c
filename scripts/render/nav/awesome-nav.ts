import { isRecord, type Options, toFlag, toText, toTexts } from '../core/options.ts';
import { createIgnore } from '../glob.ts';
import { findPlugin } from '../mkdocs.ts';
import { joinPath } from '../tree.ts';
import { splitFrontMatter } from '../yaml.ts';
import type { NavContext, NavForm } from './define.ts';
import { type NavEntry, toLeaf, toNameTitle } from './entries.ts';
import { type Folder, nameOf } from './folder.ts';
import { findMatches } from './matches.ts';
import { compareNatural, compareText, findPageTitle } from './order.ts';

/** A file `.nav.yml` in a folder says how its part of the navigation looks; what mkdocs.yml says is not heard. */
export const awesomeNav: NavForm = {
  isOn: (site) => findPlugin(site, 'awesome-nav') !== undefined,
  arrange: (_, context) => {
    const name = toText(findPlugin(context.site, 'awesome-nav')?.options.filename, '.nav.yml');
    return createReading(context, name).arrange(context.folders.root, usual).entries;
  },
};

type Sort = { direction: string; type: string; by: string; sections: string; isLoose: boolean };

/** What a folder hands down to those in it, unless they say otherwise. */
type Settings = {
  keepsNames: boolean;
  flattens: boolean;
  appends: boolean;
  usesIndexTitle: boolean;
  sort: Sort;
  ignores: (path: string) => boolean;
};

const usual: Settings = {
  keepsNames: false,
  flattens: false,
  appends: false,
  usesIndexTitle: false,
  sort: { direction: 'asc', type: 'natural', by: 'path', sections: 'last', isLoose: false },
  ignores: () => false,
};

function toSort(value: unknown, before: Sort): Sort {
  if (!isRecord(value)) return before;
  const { direction, type, by, sections, ignore_case } = value;
  return {
    direction: toText(direction, before.direction),
    type: toText(type, before.type),
    by: toText(by, before.by),
    sections: toText(sections, before.sections),
    isLoose: toFlag(ignore_case, before.isLoose),
  };
}

function toSettings(own: Options, before: Settings, folder: Folder): Settings {
  return {
    keepsNames: toFlag(own.preserve_directory_names, before.keepsNames),
    flattens: toFlag(own.flatten_single_child_sections, before.flattens),
    appends: toFlag(own.append_unmatched, before.appends),
    usesIndexTitle: toFlag(own.use_index_title, before.usesIndexTitle),
    sort: toSort(own.sort, before.sort),
    ignores: own.ignore === undefined ? before.ignores : toIgnores(toTexts(own.ignore), before, folder),
  };
}

/** Patterns are those of the folder that has them; `$inherit` among them keeps what was handed down. */
function toIgnores(patterns: readonly string[], before: Settings, { path: from }: Folder): Settings['ignores'] {
  const ignored = createIgnore(patterns.filter((pattern) => pattern !== '$inherit').join('\n'));
  const start = from === '' ? 0 : from.length + 1;
  const keeps = patterns.includes('$inherit');
  return (path) => ignored(path.slice(start)) || (keeps && before.ignores(path));
}

/** A page or a folder that a pattern found, with what it is sorted by. */
type Found = { path: string; folder?: Folder; isIndex: boolean };

type Place = { folder: Folder; settings: Settings; source: string; taken: Set<string> };

const isPattern = (text: string): boolean => /[*?[\]{}]|@\(/.test(text);

function createReading(context: NavContext, fileName: string) {
  const { folders, pages, readText } = context;

  function arrange(folder: Folder, before: Settings): { entries: NavEntry[]; own: Options; settings: Settings } {
    const source = joinPath(folder.path, fileName) ?? fileName;
    const own = context.readOptions(source);
    const settings = toSettings(own, before, folder);
    const rows = Array.isArray(own.nav) ? own.nav : ['*'];
    const place: Place = { folder, settings, source, taken: new Set() };
    takeNamed(rows, place);
    const entries = rows.flatMap((row) => placeRow(row, place));
    return { entries: settings.appends ? [...entries, ...expand('*', place)] : entries, own, settings };
  }

  /** What is named outright is not found by a pattern again. */
  function takeNamed(rows: readonly unknown[], place: Place): void {
    for (const row of rows) {
      const targets = isRecord(row) ? Object.values(row) : [row];
      for (const target of targets) {
        if (Array.isArray(target)) takeNamed(target, place);
        else if (typeof target === 'string') place.taken.add(joinPath(place.folder.path, target) ?? target);
      }
    }
  }

  function placeRow(row: unknown, place: Place): NavEntry[] {
    if (typeof row === 'string') return isPattern(row) ? expand(row, place) : placeTarget(undefined, row, place);
    if (!isRecord(row)) return [];
    if (typeof row.glob === 'string')
      return expand(row.glob, {
        ...place,
        settings: { ...place.settings, sort: toSort(row.sort, place.settings.sort) },
      });
    return Object.entries(row).flatMap(([title, target]): NavEntry[] => {
      if (typeof target === 'string') return placeTarget(title, target, place);
      if (!Array.isArray(target)) return [];
      return fold({ title, children: target.flatMap((inner) => placeRow(inner, place)) }, place.settings);
    });
  }

  function placeTarget(title: string | undefined, target: string, { folder, settings, source }: Place): NavEntry[] {
    const leaf = toLeaf(title, target);
    if (leaf.path === undefined) return [leaf];
    const path = joinPath(folder.path, leaf.path) ?? leaf.path;
    const inner = folders.byPath.get(path);
    if (inner && !pages.has(path) && path !== folder.path) return toSection(inner, settings, title);
    return [{ ...leaf, path, source }];
  }

  function toSection(folder: Folder, before: Settings, title?: string): NavEntry[] {
    const { entries, own, settings } = arrange(folder, before);
    if (toFlag(own.hide, false) || entries.length === 0) return [];
    const name = settings.keepsNames ? folder.name : (findIndexTitle(folder, settings) ?? toNameTitle(folder.name));
    return fold({ title: title ?? toText(own.title, name), children: entries }, settings);
  }

  function findIndexTitle(folder: Folder, { usesIndexTitle }: Settings): string | undefined {
    const index = usesIndexTitle ? folder.pages.find(({ isIndex }) => isIndex) : undefined;
    const { title } = index ? splitFrontMatter(readText(index.path) ?? '').meta : {};
    return typeof title === 'string' ? title : undefined;
  }

  function expand(glob: string, { folder, settings, taken }: Place): NavEntry[] {
    const globs = toAlternatives(glob).map((each) => findMatches(folders.root, folder.path, each));
    const found: Found[] = globs.flatMap((matches) => [
      ...matches.pages.map(({ path, isIndex }) => ({ path, isIndex })),
      ...matches.folders.map((inner) => ({ path: inner.path, folder: inner, isIndex: false })),
    ]);
    const isNew = ({ path }: Found) => !settings.ignores(path) && !taken.has(path) && taken.add(path);
    return sortFound(found.filter(isNew), settings.sort, context).flatMap((each) =>
      each.folder ? toSection(each.folder, settings) : [{ path: each.path }],
    );
  }

  return { arrange };
}

/** A section that holds one thing alone is that thing, where the settings say so. */
function fold(section: NavEntry, { flattens }: Settings): NavEntry[] {
  return flattens && section.children?.length === 1 ? section.children : [section];
}

const mostAlternatives = 50;

/** `{a,b}` and `@(a|b)` written out. */
function toAlternatives(glob: string): string[] {
  let globs = [glob];
  for (let round = 0; round < 5; round++)
    globs = globs
      .flatMap((each) => {
        const [all, braced, piped] = /\{([^{}]*)\}|@\(([^()]*)\)/.exec(each) ?? [];
        const parts = braced?.split(',') ?? piped?.split('|');
        return all && parts ? parts.map((part) => each.replace(all, () => part)) : [each];
      })
      .slice(0, mostAlternatives);
  return globs;
}

function sortFound(found: readonly Found[], sort: Sort, context: NavContext): Found[] {
  const compare = sort.type === 'natural' ? compareNatural : compareText;
  const sign = sort.direction === 'desc' ? -1 : 1;
  const toRank = ({ folder, isIndex }: Found) => {
    if (isIndex) return -2;
    return !folder || sort.sections === 'mixed' ? 0 : sort.sections === 'first' ? -1 : 1;
  };
  const toKey = ({ path, folder }: Found) => {
    const key =
      sort.by === 'title'
        ? folder
          ? toNameTitle(folder.name)
          : findPageTitle(path, context)
        : sort.by === 'filename'
          ? nameOf(path)
          : path;
    return sort.isLoose ? key.toLowerCase() : key;
  };
  return found
    .map((each) => ({ each, rank: toRank(each), key: toKey(each) }))
    .toSorted((one, other) => one.rank - other.rank || sign * compare(one.key, other.key))
    .map(({ each }) => each);
}
