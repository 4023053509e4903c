import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DocsTree } from '../render/tree.ts';

const skipped = new Set(['.git', 'node_modules', '.portal']);

/** The regular files below a folder as a docs tree; links are left out, so nothing outside can be read through them. */
export function openDocsTree(root: string): DocsTree {
  const files = [...listFiles(root, '')];
  const known = new Set(files);
  const read = (path: string): Buffer | undefined => {
    if (!known.has(path)) return undefined;
    try {
      return readFileSync(join(root, path));
    } catch {
      return undefined;
    }
  };
  return { listFiles: () => files, readText: (path) => read(path)?.toString('utf8'), readBytes: read };
}

function* listFiles(root: string, folder: string): Generator<string> {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  for (const entry of entries.toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
    const path = folder ? `${folder}/${entry.name}` : entry.name;
    if (entry.isFile()) yield path;
    else if (entry.isDirectory() && !skipped.has(entry.name)) yield* listFiles(root, path);
  }
}
