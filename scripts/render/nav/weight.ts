import { type Options, toFlag } from '../core/options.ts';
import { findPlugin } from '../mkdocs.ts';
import { splitFrontMatter } from '../yaml.ts';
import type { NavContext, NavForm } from './define.ts';
import type { NavEntry } from './entries.ts';
import { findPageTitle } from './order.ts';

const names = ['mkdocs-nav-weight', 'nav-weight'];

/** `weight` in the front matter of pages sorts the navigation, lightest first; an index page weighs for its section. */
export const navWeight: NavForm = {
  isOn: (site) => findPlugin(site, ...names) !== undefined,
  arrange: (nav, context) => {
    const options = findPlugin(context.site, ...names)?.options ?? {};
    return nav && sortEntries(nav, { context, options, isTop: true }).entries;
  },
};

type Level = { context: NavContext; options: Options; isTop: boolean };
type Weighed = { entries: NavEntry[]; weight: number; isHeadless: boolean; title?: string };

function sortEntries(nav: readonly NavEntry[], level: Level): Weighed {
  const { context, options, isTop } = level;
  const all: Weighed = { entries: [], weight: 0, isHeadless: false };
  const rows = nav.flatMap((entry): { entry: NavEntry; weight: number }[] => {
    if (entry.children) {
      const inner = sortEntries(entry.children, { ...level, isTop: false });
      const section = { ...entry, title: inner.title ?? entry.title ?? '', children: inner.entries };
      return inner.isHeadless ? [] : [{ entry: section, weight: inner.weight }];
    }
    const page = entry.path === undefined ? undefined : context.pages.get(entry.path);
    if (!page) return [{ entry, weight: 0 }];
    const { meta } = splitFrontMatter(context.readText(page.path) ?? '');
    const weight = typeof meta.weight === 'number' ? meta.weight : 0;
    if (!page.isIndex) return meta.headless === true ? [] : [{ entry, weight }];
    if (!isTop) {
      Object.assign(all, { weight, isHeadless: meta.headless === true });
      if (meta.retitled === true || toFlag(options.section_renamed, false))
        all.title = entry.title ?? findPageTitle(page.path, context);
      if (meta.empty === true) return [];
    }
    return [{ entry, weight: typeof options.index_weight === 'number' ? options.index_weight : -10 }];
  });
  const sign = toFlag(options.reverse, false) ? -1 : 1;
  all.entries = rows.toSorted((one, other) => sign * (one.weight - other.weight)).map(({ entry }) => entry);
  return all;
}
