import { hash } from 'node:crypto';
import { closeSync, constants, type Dirent, fstatSync, openSync, readFileSync, realpathSync } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { findPath } from '#model/paths.ts';
import type { FetchedBytes, FetchedText, FetchFault } from '../ports.ts';

export const maxTextBytes = 5 * 1024 * 1024;
export const maxFileBytes = 20 * 1024 * 1024;
export const maxFiles = 100_000;
const maxDepth = 50;
const skippedFolders: ReadonlySet<string> = new Set(['.git', 'node_modules']);

/** Whether a path of a repository's file is one that is read: nowhere too deep, nor in a folder that is skipped. */
export function isReadPath(path: string): boolean {
  const folders = path.split('/').slice(0, -1);
  return findPath('', path) === path && folders.length <= maxDepth && !folders.some((name) => skippedFolders.has(name));
}

/** Lets only so many of the tasks that are given to it run at a time. */
export function createGate(limit: number): <Value>(task: () => Promise<Value>) => Promise<Value> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (task) => {
    if (running >= limit) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}

/** Whether something is there, whatever it is. A link that leads nowhere is there too. */
export async function isPresent(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/** The entries of a folder, sorted by name; none when it cannot be read. */
export async function listFolder(folder: string): Promise<Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.toSorted((left, right) => (left.name < right.name ? -1 : 1));
}

/**
 * The paths of all regular files below a folder, sorted. Links are left out, and so are `.git`, `node_modules` and
 * other checkouts inside of this one.
 */
export async function listTree(root: string): Promise<{ paths: string[]; isCut: boolean }> {
  const paths: string[] = [];
  const walk = async (folder: string, depth: number): Promise<void> => {
    const entries = await listFolder(join(root, folder));
    if (depth > 0 && entries.some(({ name }) => name === '.git')) return;
    for (const entry of entries) {
      if (paths.length > maxFiles) return;
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isFile()) paths.push(path);
      else if (entry.isDirectory() && !skippedFolders.has(entry.name) && depth < maxDepth) await walk(path, depth + 1);
    }
  };
  await walk('', 0);
  return { paths: paths.slice(0, maxFiles).toSorted(), isCut: paths.length > maxFiles };
}

/**
 * Reads a text file below a folder whose own path has no links in it. Nothing is followed: a link is a fault. It waits
 * for the disk, because for thousands of small files that costs a fifth of what asking and being called back does.
 */
export function readTextBelow(root: string, path: string): FetchedText {
  return toText(readBelow(root, path, maxTextBytes));
}

/** The bytes of a text file as its text. */
export function toText(read: FetchedBytes): FetchedText {
  if (read.fault !== undefined) return read;
  return read.bytes.includes(0) ? { fault: 'unreadable' } : { text: decode(read.bytes), hash: read.hash };
}

/** Reads a file of any kind below a folder, as `readTextBelow` does. */
export function readBytesBelow(root: string, path: string): FetchedBytes {
  return readBelow(root, path, maxFileBytes);
}

function readBelow(root: string, path: string, limit: number): FetchedBytes {
  if (path === '' || findPath('', path) !== path) return { fault: 'outside' };
  const full = join(root, path);
  try {
    return realpathSync.native(full) === full ? readRegularFile(full, limit) : { fault: 'outside' };
  } catch (error) {
    return { fault: toFault(error) };
  }
}

function readRegularFile(full: string, limit: number): FetchedBytes {
  const file = openSync(full, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) return { fault: 'unreadable' };
    if (stat.size > limit) return { fault: 'too-large' };
    const bytes = readFileSync(file);
    return { bytes, hash: hash('sha256', bytes, 'base64url') };
  } finally {
    closeSync(file);
  }
}

/** Text as YAML wants it: UTF-8, a byte order mark dropped, what is no UTF-8 replaced. */
const decode = (bytes: Uint8Array) => decoder.decode(bytes);
const decoder = new TextDecoder();

function toFault(error: unknown): FetchFault {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return 'absent';
  return code === 'ELOOP' ? 'outside' : 'unreadable';
}
