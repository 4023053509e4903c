import type { Context } from '../context.ts';
import { findObject, listHistory } from '../git/lookup.ts';
import { findTagTarget, type GitObject, parseCommit, parseTree, type TreeRow } from '../git/objects.ts';
import type { Repository } from '../world/model.ts';
import { toSlug } from '../world/registry.ts';
import { type PageArguments, toConnection } from './connection.ts';
import type { Fields } from './fields.ts';
import { toNodeId } from './node-id.ts';
import { toRepository } from './repository.ts';

/** GitHub hands out no more of a text than this. */
const longestText = 512 * 1024;
/** Where git looks for a NUL that makes a file binary. */
const sniffed = 8000;

/** An object of a repository by an expression or an id; null where there is none. */
export async function findGitObject(
  context: Context,
  repository: Repository,
  name: string,
  folder = toFolder(name),
): Promise<Fields | null> {
  const object = await findObject(context.world, repository, name);
  return object ? toGitObject(context, repository, object, folder) : null;
}

/** The folder that `main:docs/adr` names; an id names none. */
const toFolder = (name: string) => name.slice(name.indexOf(':') + 1 || name.length).replace(/^\/+|\/+$/g, '');

/** A git object as GraphQL shows it. */
function toGitObject(context: Context, repository: Repository, object: GitObject, folder = ''): Fields {
  const { oid } = object;
  const shared = {
    oid,
    abbreviatedOid: oid.slice(0, 7),
    id: toNodeId(prefixes[object.type], `${repository.databaseId}:${oid}`),
    commitUrl: `${context.origin}/${toSlug(repository)}/commit/${oid}`,
    commitResourcePath: `/${toSlug(repository)}/commit/${oid}`,
    repository: () => toRepository(context, repository),
  };
  return { ...shared, ...kinds[object.type](object, context, repository, folder) };
}

const prefixes = { blob: 'B', tree: 'TR', commit: 'C', tag: 'TA' };

type ToFields = (object: GitObject, context: Context, repository: Repository, folder: string) => Fields;

const toBlob: ToFields = ({ bytes }) => {
  const isBinary = bytes.subarray(0, sniffed).includes(0);
  return {
    __typename: 'Blob',
    byteSize: bytes.length,
    isBinary,
    isTruncated: !isBinary && bytes.length > longestText,
    text: () => (isBinary ? null : bytes.toString('utf8', 0, longestText)),
  };
};

const toTree: ToFields = ({ bytes }, context, repository, folder) => ({
  __typename: 'Tree',
  entries: () => parseTree(bytes).map((row) => toEntry(context, repository, row, folder)),
});

function toEntry(context: Context, repository: Repository, row: TreeRow, folder: string): Fields {
  const { name, mode, oid, type } = row;
  const path = folder === '' ? name : `${folder}/${name}`;
  const { world } = context;
  const header = () => world.readers.findHeader(repository.objects, oid);
  return {
    __typename: 'TreeEntry',
    name,
    type,
    oid,
    mode: Number.parseInt(mode, 8),
    path,
    pathRaw: Buffer.from(path).toString('base64'),
    nameRaw: Buffer.from(name).toString('base64'),
    extension: /\.[^.]+$/.exec(name)?.[0] ?? '',
    size: async () => (type === 'blob' ? ((await header())?.size ?? 0) : 0),
    object: () => (type === 'commit' ? null : findGitObject(context, repository, oid, path)),
    repository: () => toRepository(context, repository),
  };
}

const toCommit: ToFields = (object, context, repository) => {
  const { tree, parents, author, committer, message } = parseCommit(object.bytes);
  const toActor = ({ name, email, date }: typeof author): Fields => ({
    __typename: 'GitActor',
    name,
    email,
    date,
    user: null,
  });
  const find = (oid: string) => findGitObject(context, repository, oid);
  return {
    __typename: 'Commit',
    message,
    messageHeadline: message.split('\n', 1)[0] ?? '',
    authoredDate: author.date,
    committedDate: committer.date,
    author: () => toActor(author),
    committer: () => toActor(committer),
    tree: () => find(tree),
    url: `${context.origin}/${toSlug(repository)}/commit/${object.oid}`,
    parents: (page: PageArguments) =>
      toConnection(
        parents.map((key) => ({ key })),
        page,
        ({ key }) => find(key),
      ),
    history: async ({ path, ...page }: PageArguments & { path?: string | null }) => {
      const oids = await listHistory(context.world, repository, object.oid, path ?? undefined);
      return toConnection(
        oids.map((key) => ({ key })),
        page,
        ({ key }) => find(key),
      );
    },
  };
};

const toTag: ToFields = ({ bytes }, context, repository) => ({
  __typename: 'Tag',
  name: /^tag (.*)$/m.exec(bytes.toString('utf8'))?.[1] ?? '',
  target: () => findGitObject(context, repository, findTagTarget(bytes) ?? ''),
});

const kinds: Record<GitObject['type'], ToFields> = { blob: toBlob, tree: toTree, commit: toCommit, tag: toTag };
