import { createHash } from 'node:crypto';
import { mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ComposedPage, PageStamp, Site } from '#model/pages/site.ts';

/** A short digest of text or bytes; equal content, equal digest. */
export function toDigest(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('base64url').slice(0, 22);
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
