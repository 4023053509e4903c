import type { Context } from '../../context.ts';
import { findRef } from '../../git/lookup.ts';
import { type GitObject, parseTree, type TreeRow } from '../../git/objects.ts';
import { type Answer, notFound, toJsonAnswer, toRefusal } from '../../http/answer.ts';
import type { Repository } from '../../world/model.ts';
import { toSlug } from '../../world/registry.ts';
import { toBase64Lines, wantsRaw } from '../media.ts';
import type { Route } from '../route.ts';
import { withRepository } from '../seen.ts';

/** From here on GitHub leaves the content out; far longer files are refused. */
const longestContent = 1024 * 1024;
const longestFile = 100 * 1024 * 1024;

const kinds: Record<string, string> = { '040000': 'dir', '120000': 'symlink', '160000': 'submodule' };

type Found = { repository: Repository; path: string; commit: string; ref: string; row: TreeRow };

/** What every form of content has in common. */
function toPlace({ origin }: Context, { repository, path, ref, row }: Found, size: number) {
  const slug = toSlug(repository);
  const kind = kinds[row.mode] ?? 'file';
  const self = `${origin}/api/v3/repos/${slug}/contents/${encodeURI(path)}?ref=${ref}`;
  const git = row.type === 'commit' ? null : `${origin}/api/v3/repos/${slug}/git/${row.type}s/${row.oid}`;
  const html = `${origin}/${slug}/${row.type === 'tree' ? 'tree' : 'blob'}/${ref}/${encodeURI(path)}`;
  return {
    type: kind,
    size,
    name: row.name,
    path,
    sha: row.oid,
    url: self,
    git_url: git,
    html_url: html,
    download_url: row.type === 'blob' ? `${origin}/raw/${slug}/${ref}/${encodeURI(path)}` : null,
    _links: { self, git, html },
  };
}

/** The row of a path in the tree above it. */
async function findRow({ world }: Context, { objects }: Repository, commit: string, path: string) {
  const cut = path.lastIndexOf('/');
  const above = await world.readers.find(objects, `${commit}:${path.slice(0, Math.max(0, cut))}`);
  return above?.type === 'tree' ? parseTree(above.bytes).find(({ name }) => name === path.slice(cut + 1)) : undefined;
}

async function toFolder(context: Context, found: Omit<Found, 'row'>, tree: GitObject): Promise<Answer> {
  const rows = parseTree(tree.bytes).map(async (row) => {
    const { size = 0 } = (await context.world.readers.findHeader(found.repository.objects, row.oid)) ?? {};
    const path = found.path === '' ? row.name : `${found.path}/${row.name}`;
    return toPlace(context, { ...found, row, path }, row.type === 'blob' ? size : 0);
  });
  return toJsonAnswer(await Promise.all(rows));
}

function toFile(context: Context, found: Found, bytes: Buffer, accept: string | undefined): Answer {
  if (bytes.length > longestFile) return toRefusal(403, 'This API returns blobs up to 100 MB in size.');
  if (wantsRaw(accept)) {
    const type = { 'content-type': 'application/vnd.github.raw+json; charset=utf-8' };
    return { status: 200, headers: type, body: bytes };
  }
  const isLong = bytes.length > longestContent;
  const content = isLong ? { content: '', encoding: 'none' } : { content: toBase64Lines(bytes), encoding: 'base64' };
  return toJsonAnswer({ ...toPlace(context, found, bytes.length), ...content });
}

/** A link that stays in the repository is followed to its file; others are shown as links. */
async function toLink(context: Context, found: Found, bytes: Buffer, accept: string | undefined): Promise<Answer> {
  const target = bytes.toString('utf8');
  const at = new URL(target, `file:///${found.path}`).pathname.slice(1);
  const row = target.startsWith('/') ? undefined : await findRow(context, found.repository, found.commit, at);
  const file = row?.mode.startsWith('100')
    ? await context.world.readers.find(found.repository.objects, row.oid)
    : undefined;
  if (row && file) return toFile(context, { ...found, row: { ...row, name: found.row.name } }, file.bytes, accept);
  return toJsonAnswer({ ...toPlace(context, found, bytes.length), target });
}

/** Where a submodule comes from is said in a file of its own. */
async function toSubmodule(context: Context, found: Found): Promise<Answer> {
  const modules = await context.world.readers.find(found.repository.objects, `${found.commit}:.gitmodules`);
  const sections = (modules?.bytes.toString('utf8') ?? '').split(/^\[submodule /m);
  const section = sections.find((text) => text.includes(`path = ${found.path}\n`)) ?? '';
  const url = /^\s*url = (.*)$/m.exec(section)?.[1] ?? '';
  return toJsonAnswer({ ...toPlace(context, found, 0), submodule_git_url: url });
}

/** Files and folders by their path. */
export const contentRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/contents/{path}',
    answer: withRepository('contents', async (repository, { context, words, query, call }) => {
      if (repository.refs.size === 0) return toRefusal(404, 'This repository is empty.');
      const ref = query.get('ref') ?? repository.defaultBranch;
      const commit = findRef(repository, ref);
      if (commit === undefined) return toRefusal(404, `No commit found for the ref ${ref}`);
      const path = (words.path ?? '').replace(/^\/+|\/+$/g, '');
      const place = { repository, path, commit, ref };
      const row = path === '' ? undefined : await findRow(context, repository, commit, path);
      if (row?.type === 'commit') return toSubmodule(context, { ...place, row });
      const object = await context.world.readers.find(repository.objects, `${commit}:${path}`);
      if (object?.type === 'tree') return toFolder(context, place, object);
      if (!object || !row) return notFound();
      const { accept } = call.headers;
      if (row.mode === '120000') return toLink(context, { ...place, row }, object.bytes, accept);
      return toFile(context, { ...place, row }, object.bytes, accept);
    }),
  },
];
