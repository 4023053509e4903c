import { join } from 'node:path';
import { createBareRepository, writeRef } from '../git/bare.ts';
import { type CommitPlan, type FileSource, importCommits } from '../git/import.ts';
import type { Repository } from './model.ts';
import { epoch, minute, type Registry } from './registry.ts';
import type { RepositorySeed } from './seed.ts';

const author = { name: 'Acme', email: 'engineering@acme.example' };

/** Makes repositories of one owner; those with a `shared` database are written by one process together. */
export async function buildRepositories(
  registry: Registry,
  root: string,
  owner: string,
  seeds: readonly RepositorySeed[],
  shared?: string,
): Promise<Repository[]> {
  const made = seeds.map((seed) => ({ seed, repository: toRepository(registry, root, owner, seed, shared) }));
  await inGroups(made, 64, ({ repository }) =>
    createBareRepository(repository.folder, repository.defaultBranch, shared),
  );
  const writings = made.flatMap(({ seed, repository }) => toWritings(seed).map((writing) => ({ repository, writing })));
  const batches = shared ? [writings] : [...Map.groupBy(writings, ({ repository }) => repository).values()];
  await inGroups(batches, 4, (batch) => writeAll(registry, batch));
  return made.map(({ repository }) => repository);
}

function toRepository(registry: Registry, root: string, owner: string, seed: RepositorySeed, shared?: string) {
  const databaseId = registry.takeId();
  const folder = join(root, `${databaseId}.git`);
  const { name, defaultBranch = 'main', description = null, topics = [], visibility = 'private' } = seed;
  const { isArchived = false, isFork = false, isDisabled = false, denial, pulls = [], runs = [] } = seed;
  const createdAt = registry.takeTime();
  const repository: Repository = {
    databaseId,
    owner,
    name,
    folder,
    objects: shared ?? folder,
    defaultBranch,
    refs: new Map(),
    description,
    topics,
    visibility,
    isArchived,
    isFork,
    isDisabled,
    denial,
    pulls,
    runs,
    createdAt,
    pushedAt: createdAt,
    commits: 0,
  };
  registry.name(repository, owner, name);
  for (const former of seed.formerNames ?? []) registry.addFormerName(repository, former);
  return repository;
}

/** One commit to be; a new branch begins at `base`, which is the default branch when left out. */
export type Writing = { branch?: string; base?: string; files: FileSource; message?: string };

function toWritings({ files, branches = {} }: RepositorySeed): Writing[] {
  if (!files) return [];
  const further = Object.entries(branches).map(([branch, changes]) => ({ branch, files: changes }));
  return [{ files, message: 'Begin' }, ...further];
}

type RepositoryWriting = { repository: Repository; writing: Writing };

/** Writes commits to repositories that keep their objects in the same place, and moves their branches. */
export async function writeAll(registry: Registry, writings: readonly RepositoryWriting[]): Promise<string[]> {
  const [first] = writings;
  if (!first) return [];
  const marks = new Map<string, string>();
  const plans = writings.map(({ repository, writing }, at) => {
    const branch = writing.branch ?? repository.defaultBranch;
    const own = `refs/heads/${branch}`;
    const key = (ref: string) => `${repository.databaseId} ${ref}`;
    const find = (ref: string) => marks.get(key(ref)) ?? repository.refs.get(ref);
    const parent = find(own) ?? find(`refs/heads/${writing.base ?? repository.defaultBranch}`);
    repository.pushedAt = registry.takeTime();
    marks.set(key(own), `:${at + 1}`);
    return toPlan(repository, writing, own, parent);
  });
  const oids = await importCommits(first.repository.objects, plans);
  await inGroups([...writings.entries()], 64, async ([at, { repository, writing }]) => {
    const ref = `refs/heads/${writing.branch ?? repository.defaultBranch}`;
    const oid = oids[at] ?? '';
    repository.refs.set(ref, oid);
    if (repository.objects !== repository.folder) await writeRef(repository.folder, ref, oid);
  });
  return oids;
}

function toPlan(
  repository: Repository,
  { files, message = 'Change' }: Writing,
  ref: string,
  parent?: string,
): CommitPlan {
  const { databaseId, folder, objects } = repository;
  // Times follow a repository's own history alone, so ids of commits do not depend on its neighbours.
  const time = epoch + ++repository.commits * minute;
  const stored = folder === objects ? ref : ref.replace('refs/heads/', `refs/heads/${databaseId}/`);
  return { ref: stored, files, message, author, time, parent };
}

/** Does something for each row, `size` of them at a time. */
async function inGroups<Row>(rows: readonly Row[], size: number, act: (row: Row) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < rows.length; at += size) await Promise.all(rows.slice(at, at + size).map(act));
}
