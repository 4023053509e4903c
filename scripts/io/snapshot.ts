import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ComposedPage, PageStamp, Site } from '#model/pages/site.ts';

/** A short digest of text or bytes; equal content, equal digest. */
export function toDigest(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('base64url').slice(0, 22);
}

/** The files below a folder, sorted; none when there is no such folder. */
export async function listFolder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}

/** A digest of the program's own files, tests aside: of each file or folder that is there. */
export async function digestFolders(places: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const place of places) {
    const found = await stat(place).catch(() => undefined);
    const files = found?.isDirectory() ? await listFolder(place) : found ? [place] : [];
    for (const file of files.filter((path) => !path.includes('.test.')))
      hash.update(file.slice(place.length)).update(await readFile(file));
  }
  return hash.digest('base64url').slice(0, 22);
}

/** Writes what every page knows of the site. */
export async function writeSite(folder: string, site: Site): Promise<void> {
  await mkdir(join(folder, 'pages'), { recursive: true });
  await writeFile(join(folder, 'site.json'), JSON.stringify(site));
}

/** Writes one family of pages, a line a page, with an index of their digests; answers that index. */
export async function writePages(
  folder: string,
  family: string,
  pages: Iterable<ComposedPage<unknown>>,
): Promise<PageStamp[]> {
  const stamps: PageStamp[] = [];
  const file = await open(join(folder, 'pages', `${family}.jsonl`), 'w');
  let offset = 0;
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  for (const { path, view } of pages) {
    const line = Buffer.from(`${JSON.stringify(view)}\n`);
    stamps.push({ path, digest: toDigest(line), offset, length: line.length - 1 });
    offset += line.length;
    waiting.push(line);
    waitingBytes += line.length;
    if (waitingBytes > 4_000_000) {
      await file.write(Buffer.concat(waiting));
      waiting = [];
      waitingBytes = 0;
    }
  }
  await file.write(Buffer.concat(waiting));
  await file.close();
  await writeFile(join(folder, 'pages', `${family}.index.json`), JSON.stringify(stamps));
  return stamps;
}
