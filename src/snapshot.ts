import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { PageViews } from '#model/pages/index.ts';
import type { PageStamp, Site } from '#model/pages/site.ts';

/**
 * The only reader of `.portal/`. A page asks for its own small view by address; nothing of the size of the catalog is
 * ever held by the pages. `PORTOLAN_SNAPSHOT` names the folder, `PORTOLAN_DUE` a file with the addresses to render.
 */
const folder = process.env.PORTOLAN_SNAPSHOT ?? '.portal';

function readJson<Value>(...parts: string[]): Value {
  return JSON.parse(readFileSync(join(folder, ...parts), 'utf8')) as Value; // our own file, written by the same version
}

export const site = readJson<Site>('site.json');

const due = process.env.PORTOLAN_DUE ? new Set(readFileSync(process.env.PORTOLAN_DUE, 'utf8').split('\n')) : undefined;

const stamps = new Map<string, PageStamp>();

/** The addresses of a family's pages that are due for rendering. */
export function listPages(family: keyof PageViews): string[] {
  const index = readJson<PageStamp[]>('pages', `${family}.index.json`);
  for (const stamp of index) stamps.set(stamp.path, stamp);
  return index.map(({ path }) => path).filter((path) => due?.has(path) ?? true);
}

/** What the page at an address shows. */
export function readPage<Family extends keyof PageViews>(family: Family, path: string): PageViews[Family] {
  if (!stamps.has(path)) listPages(family);
  const stamp = stamps.get(path);
  if (!stamp) throw new Error(`No ${family} page was composed for ${path}.`);
  const bytes = Buffer.alloc(stamp.length);
  const file = openSync(join(folder, 'pages', `${family}.jsonl`), 'r');
  try {
    readSync(file, bytes, 0, stamp.length, stamp.offset);
  } finally {
    closeSync(file);
  }
  return JSON.parse(bytes.toString('utf8')) as PageViews[Family];
}

/** The rendered body of a page of documentation, by the key that its view names. */
export function readDocsBody(key: string): string {
  return readFileSync(join(folder, 'docs', `${key}.html`), 'utf8');
}

/** The rendered definition of an API, or its list of contents, by the key that its view names. */
export function readApiBody(key: string): string {
  return readFileSync(join(folder, 'apis', `${key}.html`), 'utf8');
}
