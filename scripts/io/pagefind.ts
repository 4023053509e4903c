import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Indexer, SearchBundle, SearchRecord } from '../ports.ts';
import { toPagefindHtml } from './pagefind-html.ts';
import { runPagefind } from './pagefind-program.ts';

/** The bundles of a site in the order in which a page loads them; the first one carries the program. */
const listName = 'bundles.json';

/** Part of every digest: raised when the same records or the same bodies of pages are to give other bytes. */
const format = 'portolan-4 pagefind-1.6.0';

type ListedBundle = { name: string; digest: string; records: number };

/** An indexer that keeps the bundles of Pagefind in a folder of its own, `pagefind/` of the site. */
export function createPagefindIndexer(folder: string): Indexer {
  return {
    writeBundles: async (bundles) => {
      const before = await readList(folder);
      const after = bundles.map(toListed);
      await mkdir(folder, { recursive: true });
      for (const old of await readdir(folder))
        if (!after.some(({ name }) => name === old)) await rm(join(folder, old), { recursive: true, force: true });
      const isKept = ({ name, digest }: ListedBundle) =>
        existsSync(join(folder, name)) && before.some((old) => old.digest === digest);
      const done = after.map((listed) => ({ name: listed.name, records: listed.records, isKept: isKept(listed) }));
      // One after the other: the program keeps all processors busy, and its memory is the most that a build needs.
      for (const [at, { name, records }] of bundles.entries())
        if (!done[at]?.isKept) await writeBundle(join(folder, name), records, at === 0);
      await writeFile(join(folder, listName), `${JSON.stringify(after)}\n`);
      return done;
    },
  };
}

function toListed({ name, records }: SearchBundle, at: number): ListedBundle {
  const hash = createHash('sha256').update(`${format} ${name} ${at === 0}`);
  for (const record of records) hash.update(`\n${JSON.stringify(record)}`); // of a text to be read, its key
  return { name, digest: hash.digest('base64url').slice(0, 22), records: records.length };
}

async function readList(folder: string): Promise<ListedBundle[]> {
  try {
    return JSON.parse(await readFile(join(folder, listName), 'utf8')) as ListedBundle[]; // our own file
  } catch {
    return [];
  }
}

/** Writes each record as a page where it stands in the site, lets Pagefind read them, and keeps what it made of them. */
async function writeBundle(folder: string, records: readonly SearchRecord[], hasProgram: boolean): Promise<void> {
  const pages = join(folder, 'pages');
  await rm(folder, { recursive: true, force: true });
  await mkdir(pages, { recursive: true });
  for (const record of records) await writeRecord(pages, record);
  await runPagefind(pages, folder);
  await rm(pages, { recursive: true });
  await removeUnneeded(folder, hasProgram);
}

/** Pagefind takes the address of a page from its path, and writes it as addresses are written. */
async function writeRecord(pages: string, { url, content, meta, filters }: SearchRecord): Promise<void> {
  const text = typeof content === 'string' ? content : content.read();
  const place = join(pages, decodeURI(url));
  await mkdir(place, { recursive: true });
  await writeFile(join(place, 'index.html'), toPagefindHtml({ text, meta, filters }));
}

/** Removes the ready-made interfaces, which no page uses, and the program from all bundles but the first. */
async function removeUnneeded(folder: string, hasProgram: boolean): Promise<void> {
  const program = ['pagefind.js', 'pagefind-worker.js', 'wasm.en.pagefind'];
  for (const { name } of (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile())) {
    const isNeeded = /\.pf_meta$|^pagefind-entry\.json$/.test(name) || (hasProgram && program.includes(name));
    if (!isNeeded) await rm(join(folder, name));
  }
}
