import { isRecord, type Options, toFlag, toText, toTexts } from './core/options.ts';
import { type DocsTree, folderOf, joinPath } from './tree.ts';
import { parseYaml } from './yaml.ts';

export type ExtensionRequest = { name: string; options: Options };

/** What is wrong with a configuration, and where in which file. */
export type ConfigFault = { path: string; line: number; column: number; message: string };

/** Where the pages of a site are edited, as its configuration says. */
export type EditSettings = { repoUrl: string; editUri: string | undefined; template: string };

/** What mkdocs.yml says of a docs tree, read and checked. */
export type Site = {
  title: string;
  /** Folder of the configuration in the repository. */
  root: string;
  /** Folder of the pages in the repository. */
  docs: string;
  profile: 'techdocs' | 'mkdocs';
  theme: string;
  /** What the theme is asked for, as `navigation.indexes`. */
  features: string[];
  directoryUrls: boolean;
  extensions: ExtensionRequest[];
  plugins: ExtensionRequest[];
  nav: unknown;
  /** Patterns of files that are not built: what is excluded, and drafts. */
  excludeDocs: string;
  notInNav: string;
  extra: Options;
  edit: EditSettings;
  /** Every key as it is written, for what may be quoted of it. */
  written: Options;
  faults: ConfigFault[];
};

/** Reads `- name` and `- name: options` lists, and maps, of extensions and plugins. */
function readRequests(value: unknown): ExtensionRequest[] {
  if (isRecord(value))
    return Object.entries(value).map(([name, options]) => ({ name, options: isRecord(options) ? options : {} }));
  if (!Array.isArray(value)) return [];
  return value.flatMap((row) =>
    typeof row === 'string' ? [{ name: row, options: {} }] : isRecord(row) ? readRequests(row) : [],
  );
}

/** A configuration may inherit from another; deeper than this it goes round in circles. */
const deepest = 5;

/** What a configuration says together with what it inherits; nothing where it cannot be read. */
function readConfig(
  tree: DocsTree,
  path: string,
  faults: ConfigFault[],
  depth = 0,
): Record<string, unknown> | undefined {
  const text = tree.readText(path) ?? '';
  const { value, errors } = parseYaml(text);
  const [error] = errors;
  if (error) faults.push({ path, ...error });
  else if (!isRecord(value) && value !== null && value !== undefined)
    faults.push({ path, line: 1, column: 1, message: 'it is no list of keys and values' });
  if (error || !isRecord(value)) return text.trim() === '' ? {} : undefined;
  if (typeof value.INHERIT !== 'string') return value;
  const parent = joinPath(folderOf(path), value.INHERIT);
  const message = findInheritFault(tree, parent, depth);
  if (message !== undefined) faults.push({ path, ...findKey(text, 'INHERIT'), message });
  if (message !== undefined || parent === undefined) return value;
  return merge(readConfig(tree, parent, faults, depth + 1) ?? {}, value);
}

function findInheritFault(tree: DocsTree, parent: string | undefined, depth: number): string | undefined {
  if (parent === undefined) return '`INHERIT` leads out of the folder that was read for these docs';
  if (depth >= deepest) return '`INHERIT` goes round in a circle';
  return tree.listFiles().includes(parent) ? undefined : '`INHERIT` names a file that is not there';
}

/** The place of a key on the first level of a text of YAML; the beginning where it has none. */
export function findKey(text: string, key: string): { line: number; column: number } {
  const line = text.split('\n').findIndex((each) => each.startsWith(`${key}:`));
  return { line: Math.max(line, 0) + 1, column: 1 };
}

function merge(base: Record<string, unknown>, over: Record<string, unknown>): Record<string, unknown> {
  const out = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const before = out[key];
    out[key] = isRecord(before) && isRecord(value) ? merge(before, value) : value;
  }
  return out;
}

/** Finds the configuration of a tree: the named one, `mkdocs.yaml`, or `mkdocs.yml`. */
export function findConfig(tree: DocsTree, named?: string): string | undefined {
  const files = new Set(tree.listFiles());
  return [named, 'mkdocs.yaml', 'mkdocs.yml'].find((path) => path !== undefined && files.has(path));
}

/**
 * Reads the configuration; without one, or where it cannot be read, the tree is what TechDocs takes it for: `docs/`,
 * with its own extensions.
 */
export function readSite(tree: DocsTree, configPath: string | undefined, name: string): Site {
  const faults: ConfigFault[] = [];
  const read = configPath === undefined ? undefined : readConfig(tree, configPath, faults);
  const config = read ?? {};
  const root = configPath ? folderOf(configPath) : '';
  const theme = isRecord(config.theme) ? config.theme : { name: config.theme };
  const plugins = readRequests(config.plugins);
  const isTechdocs = !read || plugins.some((plugin) => plugin.name === 'techdocs-core');
  const docs = joinPath(root, toText(config.docs_dir, 'docs'));
  if (configPath && docs === undefined) faults.push(toOutside(tree, configPath));
  return {
    title: toText(config.site_name, name),
    root,
    docs: docs ?? joinPath(root, 'docs') ?? root,
    profile: isTechdocs ? 'techdocs' : 'mkdocs',
    theme: isTechdocs ? 'material' : toText(theme.name, '') || 'mkdocs',
    features: toTexts(theme.features),
    directoryUrls: toFlag(config.use_directory_urls, true),
    extensions: readRequests(config.markdown_extensions),
    plugins,
    nav: config.nav ?? config.pages,
    excludeDocs: `${toText(config.exclude_docs, '')}\n${toText(config.draft_docs, '')}`,
    notInNav: toText(config.not_in_nav, ''),
    extra: isRecord(config.extra) ? config.extra : {},
    edit: toEditSettings(config),
    written: config,
    faults,
  };
}

function toOutside(tree: DocsTree, path: string): ConfigFault {
  const at = findKey(tree.readText(path) ?? '', 'docs_dir');
  return { path, ...at, message: '`docs_dir` leads out of the folder that was read for these docs' };
}

/** What a configuration says of where its pages are edited; an empty `edit_uri` says that they are not. */
export function toEditSettings(config: Options): EditSettings {
  return {
    repoUrl: toText(config.repo_url, ''),
    editUri: typeof config.edit_uri === 'string' ? config.edit_uri : undefined,
    template: toText(config.edit_uri_template, ''),
  };
}

/** Finds a plugin that the site asks for, by any of its names; `enabled: false` is as if it were not there. */
export function findPlugin(
  { plugins }: Pick<Site, 'plugins'>,
  ...names: readonly string[]
): ExtensionRequest | undefined {
  return plugins.find(({ name, options }) => names.includes(name) && toFlag(options.enabled, true));
}
