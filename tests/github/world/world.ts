import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeRef } from '../git/bare.ts';
import type { Files } from '../git/import.ts';
import { createObjectReaders, type ObjectReaders } from '../git/readers.ts';
import { buildRepositories, type Writing, writeAll } from './build.ts';
import type { Repository } from './model.ts';
import { buildOrganisation } from './organisation.ts';
import { createRegistry, type Registry } from './registry.ts';
import type { OrganisationSeed, RepositorySeed } from './seed.ts';

/** Enough for every repository of a page, so that reading them by turns starts no process twice. */
const mostReaders = 64;

/** Organisations with real bare repositories in a folder of their own, and what may happen to them. */
export type World = Registry & {
  root: string;
  readers: ObjectReaders;
  /** Adds an organisation. */
  add: (seed: OrganisationSeed) => Promise<void>;
  /** Adds a repository to an organisation. */
  create: (owner: string, seed: RepositorySeed) => Promise<Repository>;
  /** Writes one commit; answers with its id. */
  commit: (slug: string, files: Files, writing?: Omit<Writing, 'files'>) => Promise<string>;
  /** Writes one commit to each of many repositories that share their objects. */
  commitAll: (changes: ReadonlyMap<string, Files>) => Promise<void>;
  tag: (slug: string, name: string, oid?: string) => Promise<void>;
  rename: (slug: string, name: string) => void;
  transfer: (slug: string, owner: string) => void;
  archive: (slug: string, isArchived?: boolean) => void;
  delete: (slug: string) => Promise<void>;
  /** Takes away every branch and tag. */
  empty: (slug: string) => Promise<void>;
  /** Takes away one object of a repository that keeps its own, so that nobody can read it any more. */
  loseObject: (slug: string, name: string) => Promise<void>;
  close: () => Promise<void>;
};

/** Makes a world in a temporary folder, which `close` removes. */
export async function createWorld(seeds: readonly OrganisationSeed[]): Promise<World> {
  const root = await mkdtemp(join(tmpdir(), 'portolan-github-'));
  const registry = createRegistry();
  const readers = createObjectReaders(mostReaders);
  for (const seed of seeds) await buildOrganisation(registry, root, seed);
  return {
    ...registry,
    root,
    readers,
    add: (seed) => buildOrganisation(registry, root, seed),
    ...createWriting(registry, root),
    ...createFate(registry, readers),
    close: async () => {
      await readers.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

function createWriting(registry: Registry, root: string): Pick<World, 'create' | 'commit' | 'commitAll' | 'tag'> {
  const { needRepository } = registry;
  return {
    create: async (owner, seed) => {
      const [repository] = await buildRepositories(registry, root, owner, [seed]);
      return repository ?? needRepository(`${owner}/${seed.name}`);
    },
    commit: async (slug, files, writing = {}) => {
      const [oid = ''] = await writeAll(registry, [
        { repository: needRepository(slug), writing: { ...writing, files } },
      ]);
      return oid;
    },
    commitAll: async (changes) => {
      const writings = [...changes].map(([slug, files]) => ({ repository: needRepository(slug), writing: { files } }));
      for (const batch of Map.groupBy(writings, ({ repository }) => repository.objects).values())
        await writeAll(registry, batch);
    },
    tag: async (slug, name, oid) => {
      const repository = needRepository(slug);
      const target = oid ?? repository.refs.get(`refs/heads/${repository.defaultBranch}`) ?? '';
      repository.refs.set(`refs/tags/${name}`, target);
      await writeRef(repository.folder, `refs/tags/${name}`, target);
    },
  };
}

type Fate = Pick<World, 'rename' | 'transfer' | 'archive' | 'delete' | 'empty' | 'loseObject'>;

function createFate(registry: Registry, readers: ObjectReaders): Fate {
  const { needRepository } = registry;
  return {
    rename: (slug, name) => {
      const repository = needRepository(slug);
      registry.name(repository, repository.owner, name);
    },
    transfer: (slug, owner) => {
      const repository = needRepository(slug);
      registry.name(repository, owner, repository.name);
    },
    archive: (slug, isArchived = true) => {
      needRepository(slug).isArchived = isArchived;
    },
    delete: async (slug) => {
      const repository = needRepository(slug);
      registry.forget(repository);
      await readers.drop(repository.folder);
      await rm(repository.folder, { recursive: true, force: true });
    },
    empty: async (slug) => {
      const { folder, refs } = needRepository(slug);
      await Promise.all([...refs.keys()].map((ref) => rm(join(folder, ref), { force: true })));
      refs.clear();
    },
    loseObject: async (slug, name) => {
      const { objects } = needRepository(slug);
      const { oid } = (await readers.findHeader(objects, name)) ?? {};
      if (!oid) throw new Error(`${slug} has no object ${name}.`);
      await rm(join(objects, 'objects', oid.slice(0, 2), oid.slice(2)));
      await readers.drop(objects);
    },
  };
}
