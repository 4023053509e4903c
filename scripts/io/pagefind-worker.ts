import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { workerData } from 'node:worker_threads';
import { close, createIndex, type PagefindIndex } from 'pagefind';
import type { SearchRecord, SearchSection } from '../ports.ts';
import { toPagefindHtml } from './pagefind-html.ts';

/** A record with its text at hand. */
export type ReadRecord = Omit<SearchRecord, 'content'> & { content: string | readonly SearchSection[] };

/** What the thread is started with: one bundle, and the folder it goes to. */
export type PagefindTask = {
  folder: string;
  records: readonly ReadRecord[];
  /** Whether this bundle carries the program that all of them are searched with. */
  hasProgram: boolean;
};

/** How many fragments a bundle's results are packed into: few files, each still small to load. */
const fragmentFiles = 1_000;

/** How many records are on their way to the indexing process at once. */
const sentAtOnce = 500;

/** Indexes records in the process that Pagefind runs, which ends afterwards and gives its memory back. */
async function writeBundle({ folder, records, hasProgram }: PagefindTask): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  try {
    const { index, errors } = await createIndex({ forceLanguage: 'en', maxFragments: fragmentFiles });
    if (!index) throw new Error(errors.join('\n'));
    for (let from = 0; from < records.length; from += sentAtOnce) {
      const sent = records.slice(from, from + sentAtOnce).map((record) => addRecord(index, record));
      for (const { errors } of await Promise.all(sent)) if (errors.length > 0) throw new Error(errors.join('\n'));
    }
    const written = await index.writeFiles({ outputPath: folder });
    if (written.errors.length > 0) throw new Error(written.errors.join('\n'));
  } finally {
    await close();
  }
  await removeUnneeded(folder, hasProgram);
}

/** Gives Pagefind a record; half a character, which a text that was cut may hold, would end the indexing process. */
function addRecord(index: PagefindIndex, { url, content, meta, filters }: ReadRecord) {
  if (typeof content !== 'string') {
    const html = toPagefindHtml({ sections: content, meta, filters });
    return index.addHTMLFile({ url: url.toWellFormed(), content: html.toWellFormed() });
  }
  return index.addCustomRecord({
    url: url.toWellFormed(),
    content: content.toWellFormed(),
    language: 'en',
    meta: Object.fromEntries(Object.entries(meta).map(([key, value]) => [key, value.toWellFormed()])),
    filters: Object.fromEntries(
      Object.entries(filters).map(([key, values]) => [key, values.map((value) => value.toWellFormed())]),
    ),
  });
}

/** Removes the ready-made interfaces, which no page uses, and the program from all bundles but the first. */
async function removeUnneeded(folder: string, hasProgram: boolean): Promise<void> {
  const program = ['pagefind.js', 'pagefind-worker.js', 'wasm.en.pagefind'];
  for (const { name } of (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile())) {
    const isNeeded = /\.pf_meta$|^pagefind-entry\.json$/.test(name) || (hasProgram && program.includes(name));
    if (!isNeeded) await rm(join(folder, name));
  }
}

await writeBundle(workerData as PagefindTask); // only `pagefind.ts` starts this thread
