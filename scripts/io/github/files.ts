import { findPath } from '#model/paths.ts';
import type { FetchedBytes, Forge } from '../../ports.ts';
import type { Files } from '../states.ts';
import type { Loader } from './loader.ts';
import type { PeopleRepository } from './people.ts';
import type { GithubStore } from './store.ts';
import type { OpenRepository } from './trees.ts';

/** The part of a forge that reads files. */
export type FileAccess = Pick<Forge, 'listFiles' | 'fetchText' | 'fetchBytes' | 'listChanges'>;

type FileTools = {
  opened: ReadonlyMap<string, OpenRepository>;
  people: ReadonlyMap<string, PeopleRepository>;
  store: GithubStore;
  loader: Loader;
};

const maxTextBytes = 5 * 1024 * 1024;
const mostListings = 100;

/** Reads the files of open repositories, from the store where they are there, and those that are generated. */
export function createFileAccess({ opened, people, store, loader }: FileTools): FileAccess {
  const listings = createListingCache(store);
  const fetchBytes = async (id: string, path: string): Promise<FetchedBytes> => {
    const generated = people.get(id)?.texts.get(path);
    if (generated) return { bytes: new TextEncoder().encode(generated.text), hash: generated.hash };
    const open = opened.get(id);
    if (open === undefined) return { fault: 'absent' };
    if (path === '' || findPath('', path) !== path) return { fault: 'outside' };
    const { files, links } = listings(open.tree);
    const oid = files.get(path);
    if (oid !== undefined) return fetchBlob(open, oid, store, loader);
    return { fault: links.some((link) => path === link || path.startsWith(`${link}/`)) ? 'outside' : 'absent' };
  };
  return {
    fetchBytes,
    fetchText: async (id, path) => {
      const fetched = await fetchBytes(id, path);
      if (fetched.fault !== undefined) return fetched;
      if (fetched.bytes.length > maxTextBytes) return { fault: 'too-large' };
      if (fetched.bytes.includes(0)) return { fault: 'unreadable' };
      return { text: new TextDecoder().decode(fetched.bytes), hash: fetched.hash };
    },
    listFiles: async (id) => {
      const open = opened.get(id);
      const paths = people.get(id)?.texts ?? (open && listings(open.tree).files);
      return [...(paths?.keys() ?? [])];
    },
    listChanges: async (id, paths) => {
      const open = opened.get(id);
      const known = open === undefined ? new Map<string, string>() : listings(open.tree).changes;
      return new Map(paths.flatMap((path) => findEntry(known, path)));
    },
  };
}

/** The files of one repository, in the state that is given. */
export function createFilesOf(open: OpenRepository, tools: Pick<FileTools, 'store' | 'loader'>): Files {
  const { id } = open.repository;
  const access = createFileAccess({ opened: new Map([[id, open]]), people: new Map(), ...tools });
  return {
    listFiles: () => access.listFiles(id),
    fetchText: (path) => access.fetchText(id, path),
    fetchBytes: (path) => access.fetchBytes(id, path),
    listChanges: (paths) => access.listChanges(id, paths),
  };
}

function findEntry(known: ReadonlyMap<string, string>, key: string): [string, string][] {
  const value = known.get(key);
  return value === undefined ? [] : [[key, value]];
}

async function fetchBlob(open: OpenRepository, oid: string, store: GithubStore, loader: Loader): Promise<FetchedBytes> {
  const kept = store.findBlob(oid);
  if (kept === undefined) await loader.load(open.source, [oid]);
  const bytes = kept ?? store.findBlob(oid);
  if (bytes === undefined) return { fault: store.isLarge(oid) ? 'too-large' : 'unreadable' };
  return { bytes, hash: oid };
}

/** The listings that were asked for last, so that a tree whose files are read one by one is looked up once. */
function createListingCache(store: GithubStore) {
  const known = new Map<string, ReturnType<typeof toIndexed>>();
  return (tree: string) => {
    const listing = known.get(tree) ?? toIndexed(store, tree);
    known.delete(tree);
    known.set(tree, listing);
    const [oldest] = known.keys();
    if (known.size > mostListings && oldest !== undefined) known.delete(oldest);
    return listing;
  };
}

function toIndexed(store: GithubStore, tree: string) {
  const { files, links, changes = {} } = store.findListing(tree) ?? { files: [], links: [] };
  return { files: new Map(files), links, changes: new Map(Object.entries(changes)) };
}
