import { cp, mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { z } from 'zod';
import type { SiteManifest } from '../site/plan-site.ts';
import { lockName } from './lock.ts';
import { toDigest } from './snapshot.ts';

/** Says in the finished site that Portolan made it, and from what; only a folder with this file is ever cleared. */
export const markName = 'portolan.json';
export const unfinished = 'unfinished';

const isMissing = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT';

async function readMark(folder: string): Promise<string | undefined> {
  try {
    const mark: unknown = JSON.parse(await readFile(join(folder, markName), 'utf8'));
    return mark !== null && typeof mark === 'object' && 'build' in mark ? String(mark.build) : undefined;
  } catch {
    return undefined;
  }
}

const writeMark = (folder: string, mark: { build: string; base?: string; entities?: SiteManifest['entities'] }) =>
  writeFile(join(folder, markName), `${JSON.stringify(mark)}\n`);

const toBuildDigest = (manifest: SiteManifest) => toDigest(JSON.stringify(manifest));

/** What lies in a folder, apart from the lock of who works in it. */
async function listNames(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  return names.filter((name) => name !== lockName);
}

/** What may be done with a folder: build upon what is there, start anew, or nothing because it is somebody else's. */
export async function findPrevious(
  folder: string,
  manifestFile: string,
): Promise<SiteManifest | 'foreign' | undefined> {
  if ((await listNames(folder)).length === 0) return undefined;
  const mark = await readMark(folder);
  if (mark === undefined) return 'foreign';
  try {
    const manifest = JSON.parse(await readFile(manifestFile, 'utf8')) as SiteManifest; // our own file; its digest proves it
    return toBuildDigest(manifest) === mark ? manifest : undefined;
  } catch {
    return undefined;
  }
}

const countsSchema = z.object({ entities: z.record(z.string(), z.number()) });

/** The entities of the last finished build, whatever became of its site; undefined when none is remembered. */
export async function findEntityCounts(manifestFile: string): Promise<Record<string, number> | undefined> {
  try {
    return countsSchema.parse(JSON.parse(await readFile(manifestFile, 'utf8'))).entities;
  } catch {
    return undefined;
  }
}

const problemsSchema = z.array(
  z.object({
    code: z.string(),
    level: z.string(),
    what: z.string(),
    place: z.object({ repository: z.string(), path: z.string() }).optional(),
    entity: z.string().optional(),
  }),
);

/** The problems that the site in a folder shows; undefined where there is no finished site. */
export async function findShownProblems(folder: string): Promise<z.infer<typeof problemsSchema> | undefined> {
  const mark = await readMark(folder);
  if (mark === undefined || mark === unfinished) return undefined;
  try {
    return problemsSchema.parse(JSON.parse(await readFile(join(folder, 'api/problems.json'), 'utf8')));
  } catch {
    return undefined;
  }
}

/** Marks a folder as being worked on; a build that dies leaves it so, and the next one starts anew. */
export async function openSite(folder: string, whole: boolean): Promise<void> {
  if (whole) for (const name of await listNames(folder)) await rm(join(folder, name), { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeMark(folder, { build: unfinished });
}

/** Marks a folder as finished, and keeps the manifest for the next build to compare with. */
export async function closeSite(
  folder: string,
  manifestFile: string,
  manifest: SiteManifest,
  base: string,
): Promise<void> {
  await writeFile(manifestFile, JSON.stringify(manifest));
  await writeMark(folder, { build: toBuildDigest(manifest), base, entities: manifest.entities });
}

/** The place of a site path on the disk; a path that would leave the folder is a broken promise of whoever made it. */
function toSitePlace(folder: string, path: string): string {
  const place = resolve(folder, path.replace(/^\/+/, ''));
  if (!place.startsWith(resolve(folder) + sep)) throw new Error(`The path ${path} leads out of the site.`);
  return place;
}

/** Writes files below a folder, some at a time. */
export async function writeSiteFiles(
  folder: string,
  files: Iterable<{ path: string; text: string | Uint8Array }>,
): Promise<number> {
  const made = new Set<string>();
  const queue = files[Symbol.iterator]();
  let count = 0;
  const work = async () => {
    for (let next = queue.next(); !next.done; next = queue.next()) {
      const place = toSitePlace(folder, next.value.path);
      const parent = dirname(place);
      if (!made.has(parent)) {
        await mkdir(parent, { recursive: true });
        made.add(parent);
      }
      await writeFile(place, next.value.text);
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: 16 }, work));
  return count;
}

/** Removes files of a site, and the folders that are empty without them. */
export async function removeSiteFiles(folder: string, paths: Iterable<string>): Promise<void> {
  for (const path of paths) {
    let place = toSitePlace(folder, path);
    await rm(place, { force: true });
    for (place = dirname(place); place !== resolve(folder); place = dirname(place))
      try {
        await rmdir(place);
      } catch {
        break;
      }
  }
}

/** Moves every file of one folder into another, replacing what is there; whole folders at once where they are new. */
export async function moveTree(from: string, to: string): Promise<void> {
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const source = join(from, entry.name);
    const target = join(to, entry.name);
    const isMoved = await rename(source, target).then(
      () => true,
      () => false,
    );
    if (isMoved) continue;
    if (entry.isDirectory()) {
      await mkdir(target, { recursive: true });
      await moveTree(source, target);
    } else await cp(source, target);
  }
  await rm(from, { recursive: true, force: true });
}
