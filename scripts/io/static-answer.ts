import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import { toContentType } from '#model/content-types.ts';
import { findRange, isKnown, isRangeWanted } from './byte-range.ts';
import { type createCompressor, type Encoding, findEncoding } from './compression.ts';
import { type createTagger, type FoundFile, findPacked } from './static-files.ts';

/** What a request is answered with: bytes, or a part of a file. */
export type Answer = {
  status: number;
  headers?: Record<string, string>;
  body?: Buffer | { path: string; start: number; end: number };
};

/** What answering takes: where the site is, and what was worked out before. */
export type StaticHouse = {
  root: string;
  compress: ReturnType<typeof createCompressor>;
  toTag: ReturnType<typeof createTagger>;
  /** How long a browser keeps a file, by its path below the site. */
  toCacheControl: (path: string) => string;
};

const worthCompressing = 1024;
/** What is larger is sent as it is, bit by bit. */
const mostCompressed = 16 * 1024 * 1024;
const endings = { br: 'br', gzip: 'gz' } as const;

/** The answer that carries a file: not again when the browser has it, a part when that is asked for, compressed when it may be. */
export async function toFileAnswer(
  file: FoundFile,
  { headers: asked }: IncomingMessage,
  status: number,
  house: StaticHouse,
): Promise<Answer> {
  const { type, isText } = toContentType(file.path);
  const encoding = asked.range === undefined ? findEncoding(String(asked['accept-encoding'] ?? '')) : undefined;
  const packed = encoding && (await findPacked(house.root, file, endings[encoding]));
  const isPacked = packed !== undefined || (encoding !== undefined && isText && isWorthIt(file));
  const plainTag = await house.toTag(file);
  const tag = isPacked ? `"${plainTag}-${encoding}"` : `"${plainTag}"`;
  const headers = {
    ...{ 'content-type': type, etag: tag, 'cache-control': house.toCacheControl(file.path) },
    ...(isText || packed ? { vary: 'accept-encoding' } : {}),
    ...(isPacked ? {} : { 'accept-ranges': 'bytes' }),
  };
  if (status === 200 && isKnown(asked['if-none-match'], tag)) return { status: 304, headers };
  if (isPacked && encoding) return toPackedAnswer({ file, packed, encoding, tag }, status, headers, house);
  return toPlainAnswer(file, status, headers, status === 200 ? findPart(asked, tag, file.size) : undefined);
}

const isWorthIt = ({ size }: FoundFile) => size >= worthCompressing && size <= mostCompressed;

type Packing = { file: FoundFile; packed: FoundFile | undefined; encoding: Encoding; tag: string };

async function toPackedAnswer(
  { file, packed, encoding, tag }: Packing,
  status: number,
  headers: Record<string, string>,
  { compress }: StaticHouse,
): Promise<Answer> {
  const told = { ...headers, 'content-encoding': encoding };
  if (packed) return toPlainAnswer(packed, status, told, undefined);
  return { status, headers: told, body: await compress(tag, encoding, () => readFile(file.path)) };
}

const findPart = (asked: IncomingMessage['headers'], tag: string, size: number) =>
  isRangeWanted(asked['if-range'] === undefined ? undefined : String(asked['if-range']), tag)
    ? findRange(asked.range, size)
    : undefined;

function toPlainAnswer(
  { path, size }: FoundFile,
  status: number,
  headers: Record<string, string>,
  part: ReturnType<typeof findRange>,
): Answer {
  if (part === 'unsatisfiable') return { status: 416, headers: { ...headers, 'content-range': `bytes */${size}` } };
  if (!part) return { status, headers, body: size === 0 ? Buffer.alloc(0) : { path, start: 0, end: size - 1 } };
  const { start, end } = part;
  return {
    status: 206,
    headers: { ...headers, 'content-range': `bytes ${start}-${end}/${size}` },
    body: { path, start, end },
  };
}

/** Sends an answer; a reader who goes away while a file is sent ends the reading. */
export function sendAnswer(response: ServerResponse, { status, headers, body }: Answer, isBodyWanted: boolean): void {
  // A stream cannot be put into what is closed already; that would end the whole server.
  if (response.destroyed) return;
  const isBytes = Buffer.isBuffer(body);
  const length = isBytes ? body.length : body && body.end - body.start + 1;
  response.writeHead(status, {
    ...{ 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' },
    ...(length !== undefined ? { 'content-length': length } : {}),
    ...(status === 416 ? { 'content-length': 0 } : {}),
    ...headers,
  });
  if (!isBodyWanted || !body || isBytes) return void response.end(isBodyWanted ? body : undefined);
  pipeline(createReadStream(body.path, { start: body.start, end: body.end }), response, () => {});
}
