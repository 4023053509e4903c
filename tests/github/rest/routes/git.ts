import type { Context } from '../../context.ts';
import { findObject } from '../../git/lookup.ts';
import { parseCommit, parseTree, type TreeRow } from '../../git/objects.ts';
import { toNodeId } from '../../graphql/node-id.ts';
import { notFound, toJsonAnswer, toRefusal } from '../../http/answer.ts';
import type { Repository } from '../../world/model.ts';
import { toSlug } from '../../world/registry.ts';
import { toBase64Lines, wantsRaw } from '../media.ts';
import type { Route } from '../route.ts';
import { withRepository } from '../seen.ts';

type Entry = TreeRow & { path: string };

/** Walks a tree, folders before what is in them, up to `limit` entries. */
async function listEntries(context: Context, repository: Repository, tree: Buffer, isDeep: boolean): Promise<Entry[]> {
  const { world } = context;
  const entries: Entry[] = [];
  const walk = async (bytes: Buffer, folder: string): Promise<void> => {
    for (const row of parseTree(bytes)) {
      if (entries.length > context.treeLimit) return;
      entries.push({ ...row, path: `${folder}${row.name}` });
      const below = isDeep && row.type === 'tree' ? await world.readers.find(repository.objects, row.oid) : undefined;
      if (below) await walk(below.bytes, `${folder}${row.name}/`);
    }
  };
  await walk(tree, '');
  return entries;
}

async function toEntryBody({ world, origin }: Context, repository: Repository, { path, mode, type, oid }: Entry) {
  const url = `${origin}/api/v3/repos/${toSlug(repository)}/git`;
  if (type === 'commit') return { path, mode, type, sha: oid };
  const size = type === 'blob' ? { size: (await world.readers.findHeader(repository.objects, oid))?.size ?? 0 } : {};
  return { path, mode, type, sha: oid, ...size, url: `${url}/${type}s/${oid}` };
}

/** The tree of a commit, a tag or a tree's own id. */
async function findTree({ world }: Context, repository: Repository, name: string) {
  const object = await findObject(world, repository, name);
  if (object?.type !== 'commit') return object?.type === 'tree' ? object : undefined;
  return world.readers.find(repository.objects, parseCommit(object.bytes).tree);
}

/** Objects of git by their ids. */
export const gitRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/git/trees/{tree_sha}',
    answer: withRepository('contents', async (repository, { context, words, query }) => {
      if (repository.refs.size === 0) return toRefusal(409, 'Git Repository is empty.');
      const tree = await findTree(context, repository, words.tree_sha ?? '');
      if (!tree) return notFound();
      const entries = await listEntries(context, repository, tree.bytes, query.has('recursive'));
      const shown = entries.slice(0, context.treeLimit);
      const rows = await Promise.all(shown.map((entry) => toEntryBody(context, repository, entry)));
      const url = `${context.origin}/api/v3/repos/${toSlug(repository)}/git/trees/${tree.oid}`;
      return toJsonAnswer({ sha: tree.oid, url, tree: rows, truncated: shown.length < entries.length });
    }),
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/git/blobs/{file_sha}',
    answer: withRepository('contents', async (repository, { context, words, call }) => {
      const { oid, type, bytes } = (await findObject(context.world, repository, words.file_sha ?? '')) ?? {};
      if (type !== 'blob' || !oid || !bytes) return notFound();
      if (wantsRaw(call.headers.accept))
        return { status: 200, headers: { 'content-type': 'application/vnd.github.raw; charset=utf-8' }, body: bytes };
      const url = `${context.origin}/api/v3/repos/${toSlug(repository)}/git/blobs/${oid}`;
      const content = toBase64Lines(bytes);
      return toJsonAnswer({
        sha: oid,
        node_id: toNodeId('B', `${repository.databaseId}:${oid}`),
        size: bytes.length,
        url,
        content,
        encoding: 'base64',
      });
    }),
  },
];
