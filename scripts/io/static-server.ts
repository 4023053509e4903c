import { readFile, realpath, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { join, sep } from 'node:path';
import { toContentType } from '#model/content-types.ts';
import { createCompressor, findEncoding } from './compression.ts';
import { parseSitePath, toFolderAddress } from './site-path.ts';

export type StaticSite = {
  /** The folder that holds the built site. */
  folder: string;
  /** The path below which the site lies, `/` unless told; `/portal` and `/portal/` are the same. */
  base?: string;
  /** Answers what is live, below `api/live/` and at `api/me`. */
  live?: RequestListener;
};

type Answer = { status: number; headers?: Record<string, string>; body?: Buffer };
type FoundFile = { path: string; tag: string };
type Compress = ReturnType<typeof createCompressor>;

const rememberedBytes = 64 * 1024 * 1024;
const worthCompressing = 1024;

/** Finds a file inside `root`; a link that leads out of it, a folder or an unreadable file are not found. */
async function findFile(root: string, segments: readonly string[]): Promise<FoundFile | undefined> {
  try {
    const path = await realpath(join(root, ...segments));
    const found = await stat(path);
    if (!found.isFile() || !path.startsWith(root + sep)) return undefined;
    return { path, tag: `${found.size.toString(36)}-${Math.round(found.mtimeMs).toString(36)}` };
  } catch {
    return undefined;
  }
}

/** The answer that carries a file: not again when the browser has it, compressed when it may be. */
async function toFileAnswer(
  { path, tag }: FoundFile,
  request: IncomingMessage,
  status: number,
  compress: Compress,
): Promise<Answer> {
  const { type, isText } = toContentType(path);
  const etag = `W/"${tag}"`;
  const headers = { 'content-type': type, etag, ...(isText ? { vary: 'accept-encoding' } : {}) };
  const seen = request.headers['if-none-match']?.split(',').map((one) => one.trim()) ?? [];
  if (status === 200 && (seen.includes(etag) || seen.includes('*'))) return { status: 304, headers };
  const body = await readFile(path);
  const encoding =
    isText && body.length >= worthCompressing ? findEncoding(`${request.headers['accept-encoding'] ?? ''}`) : undefined;
  if (!encoding) return { status, headers, body };
  const made = await compress(`${encoding} ${tag} ${path}`, encoding, body);
  return { status, headers: { ...headers, 'content-encoding': encoding }, body: made };
}

/** The site's own 404 page, or one line of text where it has none. */
async function toNotFound(root: string, request: IncomingMessage, compress: Compress): Promise<Answer> {
  const page = await findFile(root, ['404.html']);
  return page ? toFileAnswer(page, request, 404, compress) : toTextAnswer(404, 'There is no such page.');
}

function toTextAnswer(status: number, line: string, headers: Record<string, string> = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', ...headers },
    body: Buffer.from(`${line}\n`),
  };
}

/** Decides what a request is answered with. */
async function toAnswer(request: IncomingMessage, root: string, base: string, compress: Compress): Promise<Answer> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return toTextAnswer(405, 'This site can only be read.', { allow: 'GET, HEAD' });
  }
  const address = request.url ?? '/';
  const path = parseSitePath(address, base);
  if ('status' in path) {
    return path.status === 404
      ? toNotFound(root, request, compress)
      : toTextAnswer(path.status, 'This is no address of the site.');
  }
  const { segments, isFolder } = path;
  const page = [...segments, 'index.html'];
  const file = await findFile(root, isFolder ? page : segments);
  if (file) return toFileAnswer(file, request, 200, compress);
  if (isFolder || !(await findFile(root, page))) return toNotFound(root, request, compress);
  return toTextAnswer(301, 'This page has moved.', { location: toFolderAddress(segments, base, address) });
}

function send(response: ServerResponse, { status, headers, body }: Answer, isBodyWanted: boolean): void {
  response.writeHead(status, {
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
    ...(body ? { 'content-length': body.length } : {}),
    ...headers,
  });
  response.end(isBodyWanted ? body : undefined);
}

/** Whether an address is one of what is live. */
const isLive = (address: string, top: string) =>
  address.startsWith(top) && /^api\/(?:live\/|me(?:[/?#]|$))/.test(address.slice(top.length));

/** Creates a server (not listening yet) that serves a built site as an object storage behind clean addresses would. */
export function createStaticServer({ folder, base = '/', live }: StaticSite): Server {
  const compress = createCompressor(rememberedBytes);
  const top = base.endsWith('/') ? base : `${base}/`;
  return createServer(async (request, response) => {
    if (live && isLive(request.url ?? '', top)) return live(request, response);
    const answer = await realpath(folder)
      .then((root) => toAnswer(request, root, top, compress))
      .catch(() => toTextAnswer(500, 'The site could not be read.'));
    send(response, answer, request.method !== 'HEAD');
  });
}
