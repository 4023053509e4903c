import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { close, createIndex } from 'pagefind';
import { PortalError } from '../portal-error.ts';
import type { IndexedBundle, Indexer, SearchBundle, SearchRecord } from '../ports.ts';

/** The bundles of a site in the order in which a page loads them; the first one carries the program. */
const listName = 'bundles.json';

/** Part of every digest: raised when the same records are to give other bytes. */
const format = 'portolan-1 pagefind-1.6.0';

/** How many fragments a bundle's results are packed into: few files, each still small to load. */
const fragmentFiles = 400;

/** How many records are on their way to the indexing process at once. */
const sentAtOnce = 500;

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
      const done: IndexedBundle[] = [];
      for (const [at, bundle] of bundles.entries()) {
        const listed = after[at];
        const isKept = existsSync(join(folder, bundle.name)) && before.some(({ digest }) => digest === listed?.digest);
        if (!isKept) await writeBundle(join(folder, bundle.name), bundle.records, at === 0);
        done.push({ name: bundle.name, records: bundle.records.length, isKept });
      }
      await writeFile(join(folder, listName), `${JSON.stringify(after)}\n`);
      return done;
    },
  };
}

function toListed({ name, records }: SearchBundle, at: number): ListedBundle {
  const hash = createHash('sha256').update(`${format} ${name} ${at === 0}`);
  for (const record of records) hash.update(`\n${JSON.stringify(record)}`);
  return { name, digest: hash.digest('base64url').slice(0, 22), records: records.length };
}

async function readList(folder: string): Promise<ListedBundle[]> {
  try {
    return JSON.parse(await readFile(join(folder, listName), 'utf8')) as ListedBundle[]; // our own file
  } catch {
    return [];
  }
}

/** Indexes records in the process that Pagefind runs, which ends afterwards and gives its memory back. */
async function writeBundle(folder: string, records: readonly SearchRecord[], hasProgram: boolean): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  try {
    const { index, errors } = await createIndex({ forceLanguage: 'en', maxFragments: fragmentFiles });
    if (!index) throw refuse(errors);
    for (let from = 0; from < records.length; from += sentAtOnce) {
      const sent = records
        .slice(from, from + sentAtOnce)
        .map((record) => index.addCustomRecord({ ...toWellFormed(record), language: 'en' }));
      for (const { errors } of await Promise.all(sent)) if (errors.length > 0) throw refuse(errors);
    }
    const written = await index.writeFiles({ outputPath: folder });
    if (written.errors.length > 0) throw refuse(written.errors);
  } finally {
    await close();
  }
  await removeUnneeded(folder, hasProgram);
}

const refuse = (errors: readonly string[]) =>
  new PortalError('The search index could not be made.', { hint: errors.join('\n') });

/** The indexing process ends when it reads half a character, which a text that was cut may hold. */
function toWellFormed({ url, content, meta, filters }: SearchRecord): SearchRecord {
  return {
    url: url.toWellFormed(),
    content: content.toWellFormed(),
    meta: Object.fromEntries(Object.entries(meta).map(([key, value]) => [key, value.toWellFormed()])),
    filters: Object.fromEntries(
      Object.entries(filters).map(([key, values]) => [key, values.map((value) => value.toWellFormed())]),
    ),
  };
}

/** Removes the ready-made interfaces, which no page uses, and the program from all bundles but the first. */
async function removeUnneeded(folder: string, hasProgram: boolean): Promise<void> {
  const program = ['pagefind.js', 'pagefind-worker.js', 'wasm.en.pagefind'];
  for (const { name } of (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile())) {
    const isNeeded = /\.pf_meta$|^pagefind-entry\.json$/.test(name) || (hasProgram && program.includes(name));
    if (!isNeeded) await rm(join(folder, name));
  }
}
