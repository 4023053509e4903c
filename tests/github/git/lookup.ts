import type { Repository } from '../world/model.ts';
import type { World } from '../world/world.ts';
import { type GitObject, parseCommit } from './objects.ts';

type Readable = Pick<World, 'readers'>;

/** The object of an expression like `main`, `feature/x:docs`, `HEAD:catalog-info.yaml` or `<id>`. */
export async function findObject(
  world: Readable,
  repository: Repository,
  name: string,
): Promise<GitObject | undefined> {
  const expression = toExpression(repository, name);
  return expression === undefined ? undefined : world.readers.find(repository.objects, expression);
}

/** An expression with ids in place of names: names belong to a repository, its objects may be shared. */
function toExpression(repository: Repository, name: string): string | undefined {
  const [, rev = '', rest = ''] = /^([^:^~]*)(.*)$/s.exec(name) ?? [];
  const oid = findRef(repository, rev);
  return oid === undefined ? undefined : `${oid}${rest.replace(/^:\/+/, ':')}`;
}

/** The id that a name stands for: `HEAD`, a branch, a tag, a full ref, or an id as such. */
export function findRef({ refs, defaultBranch }: Repository, name: string): string | undefined {
  if (name === 'HEAD') return refs.get(`refs/heads/${defaultBranch}`);
  const found = refs.get(name) ?? refs.get(`refs/heads/${name}`) ?? refs.get(`refs/tags/${name}`);
  return found ?? (/^[0-9a-f]{40}$/.test(name) ? name : undefined);
}

/** Commits from one on backwards, newest first; with a path, those that changed what is there. */
export async function listHistory(
  world: Readable,
  repository: Repository,
  from: string,
  path?: string,
): Promise<string[]> {
  const oids: string[] = [];
  for (let oid: string | undefined = from; oid !== undefined; ) {
    const object = await world.readers.find(repository.objects, oid);
    if (object?.type !== 'commit') break;
    const [parent] = parseCommit(object.bytes).parents;
    if (path === undefined || (await differs(world, repository, oid, parent, path))) oids.push(oid);
    oid = parent;
  }
  return oids;
}

async function differs(
  world: Readable,
  { objects }: Repository,
  oid: string,
  parent: string | undefined,
  path: string,
) {
  const find = async (commit: string) => (await world.readers.findHeader(objects, `${commit}:${path}`))?.oid;
  return (await find(oid)) !== (parent === undefined ? undefined : await find(parent));
}
