import type { Context } from '../../context.ts';
import { findRef, listHistory } from '../../git/lookup.ts';
import { parseCommit } from '../../git/objects.ts';
import { toNodeId } from '../../graphql/node-id.ts';
import { notFound, toJsonAnswer, toRefusal } from '../../http/answer.ts';
import type { Repository } from '../../world/model.ts';
import { toSlug } from '../../world/registry.ts';
import { toPage } from '../pages.ts';
import type { Route } from '../route.ts';
import { withRepository } from '../seen.ts';

const toUrl = ({ origin }: Context, repository: Repository) => `${origin}/api/v3/repos/${toSlug(repository)}`;

/** Branches or tags with what they point at, by name. */
function listRefs({ refs }: Repository, prefix: string): { name: string; oid: string }[] {
  const found = [...refs].filter(([ref]) => ref.startsWith(prefix));
  return found
    .map(([ref, oid]) => ({ name: ref.slice(prefix.length), oid }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

const toTarget = (context: Context, repository: Repository, oid: string) => ({
  sha: oid,
  url: `${toUrl(context, repository)}/commits/${oid}`,
});

async function findCommitBody(context: Context, repository: Repository, oid: string) {
  const object = await context.world.readers.find(repository.objects, oid);
  if (object?.type !== 'commit') return undefined;
  const { tree, parents, author, committer, message } = parseCommit(object.bytes);
  const url = toUrl(context, repository);
  const html = `${context.origin}/${toSlug(repository)}/commit/${oid}`;
  return {
    sha: oid,
    node_id: toNodeId('C', `${repository.databaseId}:${oid}`),
    html_url: html,
    url: `${url}/commits/${oid}`,
    comments_url: `${url}/commits/${oid}/comments`,
    author: null,
    committer: null,
    parents: parents.map((parent) => toTarget(context, repository, parent)),
    commit: {
      author,
      committer,
      message,
      comment_count: 0,
      url: `${url}/git/commits/${oid}`,
      tree: { sha: tree, url: `${url}/git/trees/${tree}` },
      verification: { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null },
    },
  };
}

/** Branches, tags and commits. */
export const historyRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/branches',
    answer: withRepository('contents', (repository, asked) => {
      const { rows, headers } = toPage(listRefs(repository, 'refs/heads/'), asked);
      const toBody = ({ name, oid }: { name: string; oid: string }) => ({
        name,
        commit: toTarget(asked.context, repository, oid),
        protected: name === repository.defaultBranch,
      });
      return toJsonAnswer(rows.map(toBody), 200, headers);
    }),
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/tags',
    answer: withRepository('contents', (repository, asked) => {
      const { rows, headers } = toPage(listRefs(repository, 'refs/tags/'), asked);
      const url = toUrl(asked.context, repository);
      const toBody = ({ name, oid }: { name: string; oid: string }) => ({
        name,
        commit: toTarget(asked.context, repository, oid),
        node_id: toNodeId('REF', name),
        zipball_url: `${url}/zipball/refs/tags/${name}`,
        tarball_url: `${url}/tarball/refs/tags/${name}`,
      });
      return toJsonAnswer(rows.map(toBody), 200, headers);
    }),
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/commits',
    answer: withRepository('contents', async (repository, asked) => {
      if (repository.refs.size === 0) return toRefusal(409, 'Git Repository is empty.');
      const { context, query } = asked;
      const from = findRef(repository, query.get('sha') ?? 'HEAD');
      if (from === undefined) return notFound();
      const oids = await listHistory(context.world, repository, from, query.get('path') ?? undefined);
      const { rows, headers } = toPage(oids, asked);
      return toJsonAnswer(await Promise.all(rows.map((oid) => findCommitBody(context, repository, oid))), 200, headers);
    }),
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/commits/{ref}',
    answer: withRepository('contents', async (repository, { context, words, call }) => {
      if (repository.refs.size === 0) return toRefusal(409, 'Git Repository is empty.');
      const ref = words.ref ?? '';
      const oid = findRef(repository, ref);
      const body = oid === undefined ? undefined : await findCommitBody(context, repository, oid);
      if (!body) return toRefusal(422, `No commit found for SHA: ${ref}`);
      if (!/application\/vnd\.github(\.v3)?\.sha/.test(call.headers.accept ?? '')) return toJsonAnswer(body);
      return {
        status: 200,
        headers: { 'content-type': 'application/vnd.github.sha; charset=utf-8' },
        body: Buffer.from(body.sha),
      };
    }),
  },
];
