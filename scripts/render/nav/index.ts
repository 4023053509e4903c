import { awesomeNav } from './awesome-nav.ts';
import { awesomePages } from './awesome-pages.ts';
import type { NavContext, NavForm } from './define.ts';
import type { NavEntry } from './entries.ts';
import { toFolderNav } from './folder.ts';
import { literateNav } from './literate.ts';
import { sectionIndex } from './section-index.ts';
import { navWeight } from './weight.ts';

const folders: NavForm = { isOn: () => true, arrange: (nav, context) => nav ?? toFolderNav(context.folders.root) };

/** Every form of navigation, in the order in which they have their say. */
const forms: readonly NavForm[] = [literateNav, awesomePages, awesomeNav, folders, navWeight, sectionIndex];

/** The navigation of a site, from what its configuration says, files beside its pages, and its folders. */
export function arrangeNav(written: NavEntry[] | undefined, context: NavContext): NavEntry[] {
  const on = forms.filter((form) => form.isOn(context.site));
  return on.reduce<NavEntry[] | undefined>((nav, form) => form.arrange(nav, context), written) ?? [];
}
