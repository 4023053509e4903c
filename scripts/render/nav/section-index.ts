import { findPlugin } from '../mkdocs.ts';
import type { NavContext, NavForm } from './define.ts';
import type { NavEntry } from './entries.ts';

/**
 * A section that has an index page is that page: `section-index` takes the first page when the navigation gives it no
 * title of its own, Material's `navigation.indexes` the first index page.
 */
export const sectionIndex: NavForm = {
  isOn: (site) => isMaterial(site) || findPlugin(site, 'section-index') !== undefined,
  arrange: (nav, context) => nav?.map((entry) => join(entry, context)),
};

const isMaterial = ({ theme, features }: NavContext['site']) =>
  theme === 'material' && features.includes('navigation.indexes');

function join(entry: NavEntry, context: NavContext): NavEntry {
  if (!entry.children) return entry;
  const children = entry.children.map((inner) => join(inner, context));
  const index = entry.path === undefined ? children.find((inner, at) => isIndex(inner, at, context)) : undefined;
  if (index?.path === undefined) return { ...entry, children };
  const { path, title: pageTitle } = index;
  const rest = children.filter((inner) => inner !== index);
  return { ...entry, path, ...(pageTitle !== undefined && { pageTitle }), children: rest };
}

function isIndex({ path, title, children }: NavEntry, at: number, { site, pages }: NavContext): boolean {
  const page = path === undefined || children ? undefined : pages.get(path);
  if (!page) return false;
  return isMaterial(site) ? page.isIndex : at === 0 && title === undefined;
}
