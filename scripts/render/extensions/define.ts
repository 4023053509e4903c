import type { Options } from '../core/options.ts';
import type { Registry } from '../core/registry.ts';

/** An extension of Markdown: the names it goes by in mkdocs.yml, and how it adds itself. */
export type Extension = {
  name: string;
  aliases: readonly string[];
  /** Other extensions that come with it. */
  brings?: readonly string[];
  install(registry: Registry, options: Options, host: Host): void;
};

/** What an extension may ask of the tree that a page belongs to; all of it is plain reading. */
export type Host = {
  /** The text of a file of the tree, by its path from the root of the tree. */
  readText(path: string): string | undefined;
  /** Paints code: HTML with classes, or nothing where the language is unknown. */
  highlight(code: string, language: string): string | undefined;
  /** The inline SVG of an icon such as `material/account`. */
  icon(path: string): string | undefined;
  /** The characters of an emoji by its short name. */
  emoji(name: string): string | undefined;
};

/** A row of the table of extensions. */
export function defineExtension(extension: Extension): Extension {
  return extension;
}
