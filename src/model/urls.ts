import type { WidgetId } from './live/widgets.ts';
import { type RefText, toRef } from './ref.ts';

/** The address of an entity's page below the site's base, always with a trailing slash. */
export function toEntityPath(ref: RefText): string {
  const { kind, namespace, name } = toRef(ref);
  return `/catalog/${namespace}/${kind}/${name}/`;
}

/** The address of an owner's inbox: every problem in what it owns. */
export function toInboxPath(owner: RefText): string {
  const { kind, namespace, name } = toRef(owner);
  return `/problems/${namespace}/${kind}/${name}/`;
}

/**
 * The address of a page of an entity's docs, by its address inside of them; the first page's is empty. Another version
 * than the one that is read by default stands beside them, behind an `@`, which no name of an entity has.
 */
export function toDocsPath(ref: RefText, address = '', version?: string): string {
  const { kind, namespace, name } = toRef(ref);
  return `/docs/${namespace}/${kind}/${name}${version === undefined ? '' : `@${version}`}/${address}`;
}

/** The address of a page of the portal's own handbook; the first page's is empty. */
export const toHandbookPath = (address = ''): string => `/handbook/${address}`;

/** The address of the page of all problems that can be reported. */
export const problemCodesPath = toHandbookPath('problems/');

/** The address of the page of an API's definition, as Backstage calls that tab. */
export const toDefinitionPath = (api: RefText): string => `${toEntityPath(api)}definition/`;

/** The address of the definition as a file. */
export const toDefinitionFilePath = (api: RefText, ending: string): string =>
  `${toEntityPath(api)}definition.${ending}`;

/** The address of the machine-readable twin of an entity, in the shape of Backstage's by-name endpoint. */
export function toEntityJsonPath(ref: RefText): string {
  const { kind, namespace, name } = toRef(ref);
  return `/api/catalog/entities/by-name/${kind}/${namespace}/${name}.json`;
}

/** The address of the graph of an entity. */
export function toGraphPath(ref: RefText): string {
  return `${toEntityPath(ref)}graph/`;
}

/** The address of the same as text for Mermaid. */
export function toMermaidPath(ref: RefText): string {
  return `${toGraphPath(ref)}graph.mmd`;
}

/** The address of the graph of everything. */
export const wholeGraphPath = '/api/graph.json';

/** Puts a site-relative address below the base that the site is served under; leaves every other address alone. */
export function toHref(base: string, path: string): string {
  return path.startsWith('/') && !path.startsWith('//') ? `${base.replace(/\/$/, '')}${path}` : path;
}

const safeSchemes = new Set(['http:', 'https:', 'mailto:']);

/** An address that a page may link to, or nothing: only http, https and mailto, whatever tricks the spelling plays. */
export function findSafeUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return safeSchemes.has(url.protocol) ? url.href : undefined;
}

/** Where the proxy answers a widget's question about an entity. */
export function toLivePath(widget: WidgetId, ref: RefText): string {
  const { kind, namespace, name } = toRef(ref);
  return `/api/live/${widget}/${kind}/${namespace}/${name}`;
}
