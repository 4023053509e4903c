import type { Options } from '../core/options.ts';
import type { DocsFile } from '../files.ts';
import type { Site } from '../mkdocs.ts';
import type { NavEntry } from './entries.ts';
import type { Folders } from './folder.ts';

/** What a form of navigation may ask of the docs. Paths are those inside the docs. */
export type NavContext = {
  site: Site;
  folders: Folders;
  pages: ReadonlyMap<string, DocsFile>;
  /** The text of a file, a page or not, where there is one. */
  readText(path: string): string | undefined;
  /** What a file of YAML says; one that cannot be read says nothing, and is reported. */
  readOptions(path: string): Options;
};

/** One way to say what the navigation is: when it is in effect, and what it makes of what was said so far. */
export type NavForm = {
  isOn(site: Site): boolean;
  /** Takes and gives `undefined` as long as nothing was said; then the folders decide. */
  arrange(nav: NavEntry[] | undefined, context: NavContext): NavEntry[] | undefined;
};
