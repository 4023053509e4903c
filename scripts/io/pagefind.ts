import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { PortalError } from '../portal-error.ts';
import type { Indexer, SearchBundle, SearchRecord } from '../ports.ts';
import type { PagefindTask, ReadRecord } from './pagefind-worker.ts';

/** The bundles of a site in the order in which a page loads them; the first one carries the program. */
const listName = 'bundles.json';

/** Part of every digest: raised when the same records or the same bodies of pages are to give other bytes. */
const format = 'portolan-3 pagefind-1.6.0';

/** How many bundles are written at once. */
const threads = 2;

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
      const tasks = bundles.entries().filter(([at]) => !done[at]?.isKept);
      const work = async () => {
        for (const [at, { name, records }] of tasks)
          await writeInThread({ folder: join(folder, name), records: records.map(readRecord), hasProgram: at === 0 });
      };
      await Promise.all(Array.from({ length: threads }, work));
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

function readRecord({ content, ...record }: SearchRecord): ReadRecord {
  return { ...record, content: typeof content === 'string' ? content : content.read() };
}

async function readList(folder: string): Promise<ListedBundle[]> {
  try {
    return JSON.parse(await readFile(join(folder, listName), 'utf8')) as ListedBundle[]; // our own file
  } catch {
    return [];
  }
}

/** Writes a bundle in a thread of its own, so that composing the pages goes on meanwhile. */
function writeInThread(task: PagefindTask): Promise<void> {
  const file = `./pagefind-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`;
  const worker = new Worker(new URL(file, import.meta.url), { workerData: task });
  return new Promise((done, fail) => {
    worker.on('exit', () => done());
    worker.on('error', (error) =>
      fail(
        new PortalError('The search index could not be made.', { hint: error instanceof Error ? error.message : '' }),
      ),
    );
  });
}
