import { hash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { type KeptOwner, keptOwnerSchema } from '../../github/facts.ts';
import type { Listing } from '../../github/listing.ts';
import { type Crowd, crowdSchema } from '../../github/people.ts';
import { type KeptVersion, keptVersionsSchema } from '../../github/versions.ts';

/**
 * What is known of GitHub from one build to the next. Everything but the lists of owners is kept under the id of its
 * content, so nothing in it grows old, and two builds that write at once write the same.
 */
export type GithubStore = {
  /** A folder for what is only needed for a moment; what a run that died left there is removed after a day. */
  work: string;
  findOwner: (host: string, owner: string) => KeptOwner | undefined;
  keepOwner: (host: string, owner: string, kept: KeptOwner) => void;
  /** Repositories that were looked up by their address. */
  findVisited: (host: string) => KeptOwner | undefined;
  keepVisited: (host: string, kept: KeptOwner) => void;
  findCrowd: (host: string, organization: string) => Crowd | undefined;
  keepCrowd: (host: string, crowd: Crowd) => void;
  /** The owners of a host that were ever listed, and the organisations whose people were. */
  listOwners: (host: string) => string[];
  listCrowds: (host: string) => string[];
  /** What was last known of the versions of a repository. */
  findVersions: (repository: string) => KeptVersion[];
  keepVersions: (repository: string, versions: readonly KeptVersion[]) => void;
  findListing: (tree: string) => Listing | undefined;
  hasListing: (tree: string) => boolean;
  /** Whether a tree has more files than its listing. */
  isCut: (tree: string) => boolean;
  keepListing: (tree: string, listing: Listing) => void;
  /** The bytes of a blob, if they are there and are what their id says. */
  findBlob: (oid: string) => Uint8Array | undefined;
  hasBlob: (oid: string) => boolean;
  /** Keeps a blob; answers false, and keeps nothing, where the bytes are not what the id says. */
  keepBlob: (oid: string, bytes: Uint8Array) => boolean;
  /** Whether a blob is known to be larger than anything that is read. */
  isLarge: (oid: string) => boolean;
  keepLarge: (oid: string) => void;
  /** Removes, at most once a week, what no known state of a repository consists of. */
  sweep: (now: number) => void;
};

/** Raise this when what is kept changes its form. */
const version = 'v1';
const listingSchema = z.object({
  files: z.array(z.tuple([z.string(), z.string()])),
  links: z.array(z.string()),
  changes: z.record(z.string(), z.string()).optional(),
});
const dayMilliseconds = 24 * 60 * 60 * 1000;

/** A store in a folder. A file in it is there whole or not at all. */
export function createGithubStore(folder: string): GithubStore {
  const root = join(folder, version);
  const toSafe = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9.-]/g, '_');
  const toOwner = (host: string, owner: string) => join(root, 'owners', toSafe(host), `${toSafe(owner)}.json`);
  const toVisited = (host: string) => join(root, 'visited', `${toSafe(host)}.json`);
  const toCrowd = (host: string, name: string) => join(root, 'people', toSafe(host), `${toSafe(name)}.json`);
  const toVersions = (repository: string) => join(root, 'versions', `${hash('sha1', repository)}.json`);
  const toListing = (tree: string) => join(root, 'trees', tree.slice(0, 2), `${tree.slice(2)}.json`);
  const toBlob = (oid: string) => join(root, 'blobs', oid.slice(0, 2), oid.slice(2));
  const work = join(root, 'work');
  const store: GithubStore = {
    work,
    findOwner: (host, owner) => readJson(toOwner(host, owner), keptOwnerSchema),
    keepOwner: (host, owner, kept) => writeWhole(toOwner(host, owner), JSON.stringify(kept)),
    findVisited: (host) => readJson(toVisited(host), keptOwnerSchema),
    keepVisited: (host, kept) => writeWhole(toVisited(host), JSON.stringify(kept)),
    findCrowd: (host, name) => readJson(toCrowd(host, name), crowdSchema),
    keepCrowd: (host, crowd) => writeWhole(toCrowd(host, crowd.organization), JSON.stringify(crowd)),
    listOwners: (host) => listLists(join(root, 'owners', toSafe(host))),
    listCrowds: (host) => listLists(join(root, 'people', toSafe(host))),
    findVersions: (repository) => readJson(toVersions(repository), keptVersionsSchema) ?? [],
    keepVersions: (repository, versions) => writeWhole(toVersions(repository), JSON.stringify(versions)),
    findListing: (tree) => readJson(toListing(tree), listingSchema),
    hasListing: (tree) => isFile(toListing(tree)),
    isCut: (tree) => isFile(`${toListing(tree)}.cut`),
    keepListing: (tree, { isCut, ...listing }) => {
      if (isCut) writeWhole(`${toListing(tree)}.cut`, '');
      writeWhole(toListing(tree), JSON.stringify(listing));
    },
    findBlob: (oid) => {
      const bytes = readFile(toBlob(oid));
      return bytes && toBlobId(bytes) === oid ? bytes : undefined;
    },
    hasBlob: (oid) => isFile(toBlob(oid)),
    keepBlob: (oid, bytes) => {
      if (toBlobId(bytes) !== oid) return false;
      writeWhole(toBlob(oid), bytes);
      return true;
    },
    isLarge: (oid) => isFile(`${toBlob(oid)}.large`),
    keepLarge: (oid) => writeWhole(`${toBlob(oid)}.large`, ''),
    sweep: (now) => {
      for (const name of listNames(work))
        if (isOlder(join(work, name), now)) rmSync(join(work, name), { recursive: true, force: true });
      const stamp = join(root, 'swept');
      if (now - (statSync(stamp, { throwIfNoEntry: false })?.mtimeMs ?? 0) < 7 * dayMilliseconds) return;
      sweepStore(root, store, now);
      writeWhole(stamp, '');
    },
  };
  return store;
}

/** The id that git gives to these bytes. */
export function toBlobId(bytes: Uint8Array): string {
  return hash('sha1', Buffer.concat([Buffer.from(`blob ${bytes.length}\0`), bytes]));
}

/** What all lists of repositories refer to stays, and whatever another build may just be writing. */
function sweepStore(root: string, store: GithubStore, now: number): void {
  const trees = new Set<string>();
  const lists = ['owners', 'visited'].flatMap((kind) => listBelow(join(root, kind)));
  for (const place of lists)
    for (const { heads, good } of readJson(place, keptOwnerSchema)?.repositories ?? []) {
      for (const { tree } of Object.values(heads)) trees.add(tree);
      if (good) trees.add(good.tree);
    }
  for (const place of listBelow(join(root, 'versions')))
    for (const { tree } of readJson(place, keptVersionsSchema) ?? []) trees.add(tree);
  const blobs = new Set([...trees].flatMap((tree) => store.findListing(tree)?.files.map(([, oid]) => oid) ?? []));
  for (const [kind, used] of [
    ['trees', trees],
    ['blobs', blobs],
  ] as const)
    for (const place of listBelow(join(root, kind))) {
      const id = place.slice(join(root, kind).length).replaceAll(/[/\\]|\.(?:json|json\.cut|large)$/g, '');
      if (!used.has(id) && isOlder(place, now)) rmSync(place, { force: true });
    }
}

/** Whether a file or folder was last written more than a day ago. */
const isOlder = (place: string, now: number) =>
  now - (statSync(place, { throwIfNoEntry: false })?.mtimeMs ?? now) > dayMilliseconds;

const listBelow = (folder: string): string[] =>
  listNames(folder, true)
    .map((name) => join(folder, name))
    .filter(isFile);

function listNames(folder: string, isDeep = false): string[] {
  try {
    return readdirSync(folder, { recursive: isDeep, encoding: 'utf8' }).toSorted();
  } catch {
    return [];
  }
}

const listLists = (folder: string) =>
  listNames(folder).flatMap((name) => (name.endsWith('.json') ? [name.slice(0, -5)] : []));

const isFile = (place: string) => statSync(place, { throwIfNoEntry: false })?.isFile() ?? false;

function readFile(place: string): Buffer | undefined {
  try {
    return readFileSync(place);
  } catch {
    return undefined;
  }
}

function readJson<Schema extends z.ZodType>(place: string, schema: Schema): z.infer<Schema> | undefined {
  const bytes = readFile(place);
  if (bytes === undefined) return undefined;
  try {
    return schema.safeParse(JSON.parse(bytes.toString('utf8'))).data;
  } catch {
    return undefined;
  }
}

function writeWhole(place: string, content: string | Uint8Array): void {
  const fresh = `${place}.${randomUUID()}.new`;
  mkdirSync(dirname(place), { recursive: true });
  writeFileSync(fresh, content);
  renameSync(fresh, place);
}
