import { isRecord, type Options, toFlag, toText, toTexts } from './core/options.ts';
import { type DocsTree, folderOf, joinPath } from './tree.ts';
import { parseYaml } from './yaml.ts';

export type ExtensionRequest = { name: string; options: Options };

/** What mkdocs.yml says of a docs tree, read and checked. */
export type Site = {
  title: string;
  /** Folder of the configuration in the repository. */
  root: string;
  /** Folder of the pages in the repository. */
  docs: string;
  profile: 'techdocs' | 'mkdocs';
  theme: string;
  directoryUrls: boolean;
  /** Whether the theme makes notes of numbered comments in all code, as Material's `content.code.annotate` does. */
  annotatesCode: boolean;
  extensions: ExtensionRequest[];
  plugins: ExtensionRequest[];
  nav: unknown;
  excludeDocs: string;
  notInNav: string;
  extra: Options;
  repoUrl: string;
  editUri: string;
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

function readConfig(tree: DocsTree, path: string, depth = 0): Record<string, unknown> {
  const { value } = parseYaml(tree.readText(path) ?? '');
  if (!isRecord(value)) return {};
  const parent = typeof value.INHERIT === 'string' ? joinPath(folderOf(path), value.INHERIT) : undefined;
  if (!parent || depth > 5) return value;
  return merge(readConfig(tree, parent, depth + 1), value);
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

/** Reads the configuration; without one, the tree is what TechDocs takes it for: `docs/`, with its own extensions. */
export function readSite(tree: DocsTree, configPath: string | undefined, name: string): Site {
  const config = configPath ? readConfig(tree, configPath) : {};
  const root = configPath ? folderOf(configPath) : '';
  const theme = isRecord(config.theme) ? toText(config.theme.name, '') : toText(config.theme, '');
  const plugins = readRequests(config.plugins);
  const isTechdocs = !configPath || plugins.some((plugin) => plugin.name === 'techdocs-core');
  return {
    title: toText(config.site_name, name),
    root,
    docs: joinPath(root, toText(config.docs_dir, 'docs')) ?? root,
    profile: isTechdocs ? 'techdocs' : 'mkdocs',
    theme: isTechdocs ? 'material' : theme || 'mkdocs',
    annotatesCode: isRecord(config.theme) && toTexts(config.theme.features).includes('content.code.annotate'),
    directoryUrls: toFlag(config.use_directory_urls, true),
    extensions: readRequests(config.markdown_extensions),
    plugins,
    nav: config.nav,
    excludeDocs: toText(config.exclude_docs, ''),
    notInNav: toText(config.not_in_nav, ''),
    extra: isRecord(config.extra) ? config.extra : {},
    repoUrl: toText(config.repo_url, ''),
    editUri: toText(config.edit_uri, ''),
  };
}
