import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { LRUCache } from 'lru-cache';

/** A file of a site: where it is, and what tells its state from another one. */
export type FoundFile = { path: string; size: number; changed: number; state: string };

/** What lies in a site, or in a preview below it, and is for no reader: what the proxy knows of people, and what publishing keeps. */
const withheld = /(?:^|\/)(?:api\/proxy-catalog\.json(?:\.(?:br|gz))?|_portolan(?:\/.*)?|\.portolan-writing\/.*)$/i;

/** Finds a file inside `root`; a link that leads out of it, a folder, what is for no reader or cannot be read are not found. */
export async function findFile(root: string, segments: readonly string[]): Promise<FoundFile | undefined> {
  try {
    const path = await realpath(join(root, ...segments));
    const found = await stat(path);
    if (!found.isFile() || !path.startsWith(root + sep)) return undefined;
    if (withheld.test(relative(root, path).split(sep).join('/'))) return undefined;
    const { size, mtimeMs, ino } = found;
    return { path, size, changed: mtimeMs, state: `${path} ${size} ${mtimeMs} ${ino}` };
  } catch {
    return undefined;
  }
}

/** Finds what was compressed at build beside a file, unless the file is newer. */
export async function findPacked(root: string, file: FoundFile, ending: 'br' | 'gz'): Promise<FoundFile | undefined> {
  const packed = await findFile(root, [`${relative(root, file.path)}.${ending}`]);
  return packed && packed.changed >= file.changed ? packed : undefined;
}

/** Makes what names the bytes of a file: their digest, which is worked out once for each state of a file. */
export function createTagger(most = 20_000): (file: FoundFile) => Promise<string> {
  const known = new LRUCache<string, string>({ max: most });
  return async ({ path, state }) => {
    const found = known.get(state);
    if (found !== undefined) return found;
    const digest = createHash('sha256');
    await pipeline(createReadStream(path), digest);
    const tag = digest.digest('base64url').slice(0, 27);
    known.set(state, tag);
    return tag;
  };
}
