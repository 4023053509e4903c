import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { imageSize } from 'image-size';
import type { Preparer } from '../docs/prepare-pages.ts';
import type { DocsTools } from '../ports.ts';
import { createDiagrams } from './diagrams.ts';
import { createDocsStore } from './docs-store.ts';
import { createPageWorkers } from './docs-workers.ts';
import { createHost } from './host.ts';
import { digestFolders } from './snapshot.ts';

/** What the docs stage asks of this machine. */
export async function createDocsTools(
  folders: { package: string; snapshot: string },
  {
    base,
    address,
    hosts,
    ...allowed
  }: Pick<DocsTools, 'base' | 'address' | 'hosts' | 'frameHosts' | 'schemes' | 'plantumlServer'>,
  createPreparer: (host: ReturnType<typeof createHost>) => Preparer,
): Promise<DocsTools> {
  const parts = ['package.json', 'dist', 'scripts', 'src/model'].map((part) => join(folders.package, part));
  return {
    store: createDocsStore(folders.snapshot),
    pages: createPageWorkers({ preparer: createPreparer(createHost(import.meta.url)) }),
    diagrams: createDiagrams({
      cacheFolder: join(folders.snapshot, 'cache', 'diagrams'),
      packageFolder: folders.package,
    }),
    measure,
    // What is allowed decides how a page comes out, as the program does.
    program: `${await digestFolders(parts)} ${JSON.stringify(allowed)}`,
    base,
    address,
    ...allowed,
    deflate: (text) => deflateRawSync(text, { level: 9 }),
    hosts,
  };
}

/** The size of a picture in the way that it is seen: one taken upright is as high as it is long. */
function measure(bytes: Uint8Array): { width: number; height: number } | undefined {
  try {
    const { width, height, orientation = 1 } = imageSize(bytes);
    return orientation >= 5 ? { width: height, height: width } : { width, height };
  } catch {
    return undefined;
  }
}
