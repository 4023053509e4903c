import { randomUUID } from 'node:crypto';
import { readdirSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { link, lstat, mkdir, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isStoreKey } from '#model/store-keys.ts';
import { PortalError } from '../../portal-error.ts';
import type { ListedFile, Store, StoredFile, WriteCondition } from '../../ports.ts';
import { withLock } from './folder-lock.ts';
import {
  createDigester,
  createPartReader,
  findCode,
  isMissing,
  openPlain,
  readPlain,
  toExplained,
  toMd5,
} from './plain-files.ts';

/** Holds what is being written, so that a reader never sees half a file; it is no part of what is published. */
const workName = '.portolan-writing';

/** A folder as a store: files appear whole, conditions hold between processes of this machine, links are not followed. */
export function openFolderStore(root: string): Store {
  const folders = createFolders(root);
  const parts = createPartReader();
  const put = async ({ key, bytes }: StoredFile, condition?: WriteCondition) => {
    const place = toPlace(root, key);
    await folders.make(dirname(key));
    const written = await writeAside(root, folders, bytes);
    try {
      return (await moveIn(root, written, place, condition)) ? { tag: toMd5(bytes) } : 'refused';
    } catch (error) {
      throw toExplained(error, place);
    } finally {
      await rm(written, { force: true });
    }
  };
  return {
    name: root,
    isPlain: true,
    putFile: put,
    fetchFile: async (key, part) => {
      const place = toPlace(root, key);
      if (!(await folders.isOwn(dirname(key)))) return undefined;
      if (part) return parts.read(place, part);
      const bytes = await readPlain(place);
      return bytes && { bytes, tag: toMd5(bytes) };
    },
    listFiles: (prefix) => listBelow(root, prefix, createDigester('md5', 'hex')),
    listFolders: async (folder) => {
      const entries = await listEntries(join(root, folder));
      return entries.filter((entry) => entry.isDirectory() && entry.name !== workName).map(({ name }) => name);
    },
    removeFiles: async (keys) => {
      for (const key of keys) if (await folders.isOwn(dirname(key))) await removeFile(root, key);
      folders.forget();
    },
    close: () => {
      clearWork(root);
      if (folders.isRootNew()) removeEmpty(root);
    },
  };
}

function toPlace(root: string, key: string): string {
  if (!isStoreKey(key) || key.split('/', 1)[0] === workName)
    throw new PortalError(`${JSON.stringify(key)} cannot be the name of a file in ${root}.`, {
      hint: 'Rename the file that it comes from.',
    });
  return join(root, key);
}

/** Knows which folders below the root are folders, and no links to some; makes those that are missing. */
function createFolders(root: string) {
  const known = new Set<string>();
  let isRootNew = false;
  const walk = async (folder: string, meet: (place: string) => Promise<boolean>): Promise<boolean> => {
    if (folder === '.' || known.has(folder)) return true;
    if (!(await walk(dirname(folder), meet)) || !(await meet(join(root, folder)))) return false;
    known.add(folder);
    return true;
  };
  const isFolder = (place: string) =>
    lstat(place).then(
      (found) => found.isDirectory(),
      () => false,
    );
  const makeOne = async (place: string) => {
    await mkdir(place).catch((error: unknown) => {
      if (findCode(error) !== 'EEXIST') throw toExplained(error, place);
    });
    if (await isFolder(place)) return true;
    throw new PortalError(`${place} is no folder, and files must go below it.`, {
      hint: 'Remove it. A link is not followed, because it could lead anywhere.',
    });
  };
  return {
    isOwn: (folder: string) => walk(folder, isFolder),
    make: async (folder: string) => {
      if (known.size === 0 && (await mkdir(root, { recursive: true })) !== undefined) isRootNew = true;
      await walk(folder, makeOne);
    },
    forget: () => known.clear(),
    isRootNew: () => isRootNew,
  };
}

async function writeAside(root: string, folders: ReturnType<typeof createFolders>, bytes: Uint8Array): Promise<string> {
  await folders.make(workName);
  const place = join(root, workName, randomUUID());
  await writeFile(place, bytes, { flag: 'wx' }).catch((error: unknown) => {
    throw toExplained(error, place);
  });
  return place;
}

/** Gives a written file its name where the condition holds. */
async function moveIn(root: string, from: string, to: string, condition?: WriteCondition): Promise<boolean> {
  if (condition === undefined) return rename(from, to).then(() => true);
  return withLock(join(root, workName, 'lock'), async () => {
    const there = await readPlain(to);
    if (condition.kind === 'unchanged') {
      if (there === undefined || toMd5(there) !== condition.tag) return false;
      return rename(from, to).then(() => true);
    }
    return link(from, to).then(
      () => true,
      (error: unknown) => {
        if (findCode(error) === 'EEXIST') return false;
        throw error;
      },
    );
  });
}

/** How old what is being written has to be to be what a killed process left. */
const abandoned = 3_600_000;

/** Removes the folder of what is being written, unless somebody writes. */
function clearWork(root: string): void {
  const folder = join(root, workName);
  try {
    for (const name of readdirSync(folder))
      if (Date.now() - statSync(join(folder, name)).mtimeMs > abandoned) rmSync(join(folder, name));
    rmdirSync(folder);
  } catch {
    // It is not there, or not empty.
  }
}

/** Removes a folder that nothing came into. */
function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // It is not empty, or not there.
  }
}

async function listEntries(folder: string) {
  return readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
}

type Digester = ReturnType<typeof createDigester>;

async function* listBelow(root: string, prefix: string, digest: Digester, folder = ''): AsyncIterable<ListedFile> {
  for (const entry of await listEntries(join(root, folder))) {
    const key = `${folder}${entry.name}`;
    if (key === workName) continue;
    if (entry.isDirectory() && (`${key}/`.startsWith(prefix) || prefix.startsWith(`${key}/`)))
      yield* listBelow(root, prefix, digest, `${key}/`);
    if (entry.isFile() && key.startsWith(prefix)) yield* listOne(root, key, digest);
  }
}

async function* listOne(root: string, key: string, digest: Digester): AsyncIterable<ListedFile> {
  const file = await openPlain(join(root, key));
  if (file === undefined) return;
  const found = await digest(file).finally(() => file.close());
  yield { key, tag: found.digest, md5: found.digest, bytes: found.bytes };
}

async function removeFile(root: string, key: string): Promise<void> {
  const place = toPlace(root, key);
  await rm(place, { force: true }).catch((error: unknown) => {
    if (!isMissing(error)) throw toExplained(error, place);
  });
  for (let folder = dirname(key); folder !== '.'; folder = dirname(folder)) {
    const isRemoved = await rmdir(join(root, folder)).then(
      () => true,
      () => false,
    );
    if (!isRemoved) return;
  }
}
