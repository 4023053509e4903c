import { realpath } from 'node:fs/promises';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { relative, sep } from 'node:path';
import { createCompressor } from './compression.ts';
import { parseSitePath, toFolderAddress } from './site-path.ts';
import { type Answer, type StaticHouse, sendAnswer, toFileAnswer } from './static-answer.ts';
import { createTagger, findFile } from './static-files.ts';

export type StaticSite = {
  /** The folder that holds the built site. */
  folder: string;
  /** The path below which the site lies, `/` unless told; `/portal` and `/portal/` are the same. */
  base?: string;
  /** Answers what is live, below `api/live/` and at `api/me`. */
  live?: RequestListener;
  /** Only people who signed in get here, so nothing of it is kept where others could read it. */
  isSignedIn?: boolean;
};

const rememberedBytes = 64 * 1024 * 1024;

/** The site's own 404 page, or one line of text where it has none. */
async function toNotFound(house: StaticHouse, request: IncomingMessage): Promise<Answer> {
  const page = await findFile(house.root, ['404.html']);
  return page ? toFileAnswer(page, request, 404, house) : toTextAnswer(404, 'There is no such page.');
}

function toTextAnswer(status: number, line: string, headers: Record<string, string> = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', ...headers },
    body: Buffer.from(`${line}\n`),
  };
}

/** Decides what a request is answered with. */
async function toAnswer(request: IncomingMessage, house: StaticHouse, base: string): Promise<Answer> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return toTextAnswer(405, 'This site can only be read.', { allow: 'GET, HEAD' });
  }
  const address = request.url ?? '/';
  const path = parseSitePath(address, base);
  if ('status' in path) {
    return path.status === 404
      ? toNotFound(house, request)
      : toTextAnswer(path.status, 'This is no address of the site.');
  }
  const { segments, isFolder } = path;
  const page = [...segments, 'index.html'];
  const file = await findFile(house.root, isFolder ? page : segments);
  if (file) return toFileAnswer(file, request, 200, house);
  if (isFolder || !(await findFile(house.root, page))) return toNotFound(house, request);
  return toTextAnswer(301, 'This page has moved.', { location: toFolderAddress(segments, base, address) });
}

/** Whether an address is one of what is live. */
const isLive = (address: string, top: string) =>
  address.startsWith(top) && /^api\/(?:live\/|me(?:[/?#]|$))/.test(address.slice(top.length));

/** Creates a server (not listening yet) that serves a built site as an object storage behind clean addresses would. */
export function createStaticServer(site: StaticSite): Server {
  return createServer(createStaticListener(site));
}

/** What answers for a built site, for a server of its own or one that does more. */
export function createStaticListener({ folder, base = '/', live, isSignedIn = false }: StaticSite): RequestListener {
  const made = { compress: createCompressor(rememberedBytes), toTag: createTagger() };
  const top = base.endsWith('/') ? base : `${base}/`;
  return async (request, response) => {
    if (live && isLive(request.url ?? '', top)) return live(request, response);
    const answer = await realpath(folder)
      .then((root) => toAnswer(request, { root, ...made, toCacheControl: toCaching(root, isSignedIn) }, top))
      .catch(() => toTextAnswer(500, 'The site could not be read.'));
    const kept: Record<string, string> = isSignedIn ? { 'cache-control': 'private, no-cache' } : {};
    sendAnswer(response, { ...answer, headers: { ...kept, ...answer.headers } }, request.method !== 'HEAD');
  };
}

/** A browser asks each time whether a file is another one, unless its name says what is in it. */
function toCaching(root: string, isSignedIn: boolean): StaticHouse['toCacheControl'] {
  if (!isSignedIn) return () => 'no-cache';
  const hashed = `_astro${sep}`;
  return (path) =>
    relative(root, path).startsWith(hashed) ? 'private, max-age=31536000, immutable' : 'private, no-cache';
}
