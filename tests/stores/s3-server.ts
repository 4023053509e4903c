import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { startLocally } from '../../scripts/demo/start.ts';

type Kept = { bytes: Buffer; headers: Record<string, string>; etag: string; generation: number };

/** One request, as a fault sees it. */
export type S3Request = { method: string; key: string; query: URLSearchParams; headers: IncomingMessage['headers'] };

/** What happens in place of an answer, or after a write that is then not answered. */
export type S3Fault =
  | { kind: 'answer'; status: number; code?: string; headers?: Record<string, string>; body?: string }
  | { kind: 'silence' }
  | { kind: 'reset' }
  | { kind: 'reset after' }
  | { kind: 'half' };

export type MadeUpS3 = {
  url: string;
  /** What came, in order: `PUT a/b.txt`. */
  asked: S3Request[];
  files: Map<string, Kept>;
  /** Says what goes wrong with a request; nothing where it does not. */
  fail: (choose: (request: S3Request) => S3Fault | undefined) => void;
  stop: () => Promise<void>;
};

export type S3ServerOptions = {
  /** Compares tags letter by letter with one without quotes (Ceph), or wants the quotes of RFC 9110. */
  tags?: 'bare' | 'quoted';
  /** Speaks as Google does: generations, no removal of many, no headers of Amazon. */
  isGoogle?: boolean;
  /** How many files a page of a listing has. */
  page?: number;
};

const bucketName = 'portal-site';
const accessKey = 'AKIDEXAMPLE';

const toMd5 = (bytes: Uint8Array, form: 'hex' | 'base64') => createHash('md5').update(bytes).digest(form);
const toXml = (text: string) => text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
const fromXml = (text: string) =>
  text
    .replace(/&#(x?)([0-9a-f]+);/gi, (_, hex, digits) => String.fromCodePoint(Number.parseInt(digits, hex ? 16 : 10)))
    .replace(
      /&(lt|gt|quot|apos|amp);/g,
      (_, name) => ({ lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' })[String(name)] ?? '',
    );
const head = '<?xml version="1.0" encoding="UTF-8"?>';
const space = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';

/** Answers an error in the shape of S3's published one. */
function say(response: ServerResponse, status: number, code: string, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/xml', ...headers });
  response.end(
    `${head}<Error><Code>${code}</Code><Message>${accessKey} said so</Message><RequestId>1</RequestId></Error>`,
  );
}

function answerXml(response: ServerResponse, name: string, inner: string): void {
  response.writeHead(200, { 'content-type': 'application/xml' });
  response.end(`${head}<${name} ${space}>${inner}</${name}>`);
}

/** A part of a file as a `Range` header names it; undefined where it lies behind the end. */
function findPart(bytes: Buffer, range: string): { part: Buffer; says: string } | undefined {
  const [, from = '0', to = ''] = /^bytes=(\d+)-(\d*)$/.exec(range) ?? [];
  const [first, last] = [Number(from), to === '' ? bytes.length - 1 : Math.min(Number(to), bytes.length - 1)];
  if (first >= bytes.length) return undefined;
  return { part: bytes.subarray(first, last + 1), says: `bytes ${first}-${last}/${bytes.length}` };
}

function answerFile(response: ServerResponse, kept: Kept, range: string | undefined, method: string): void {
  const found = range === undefined ? { part: kept.bytes, says: undefined } : findPart(kept.bytes, range);
  if (!found) {
    say(response, 416, 'InvalidRange');
    return;
  }
  response.writeHead(found.says === undefined ? 200 : 206, {
    ...kept.headers,
    etag: `"${kept.etag}"`,
    'x-goog-generation': String(kept.generation),
    'content-length': String(found.part.length),
    ...(found.says !== undefined && { 'content-range': found.says }),
  });
  response.end(method === 'HEAD' ? undefined : found.part);
}

/** Whether what a request says of the file that is there holds. */
function isWelcome(kept: Kept | undefined, headers: IncomingMessage['headers'], options: S3ServerOptions): boolean {
  const generation = headers['x-goog-if-generation-match'];
  if (generation !== undefined) return String(kept?.generation ?? 0) === generation;
  if (headers['if-none-match'] === '*' && kept) return false;
  const match = headers['if-match'];
  return match === undefined || (kept && match === (options.tags === 'quoted' ? `"${kept.etag}"` : kept.etag)) === true;
}

function list(files: Map<string, Kept>, query: URLSearchParams, page: number): string {
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const after = query.get('continuation-token') ?? '';
  const rows = new Map<string, string>();
  for (const [key, { etag, bytes }] of [...files].toSorted(([left], [right]) => (left < right ? -1 : 1))) {
    if (!key.startsWith(prefix)) continue;
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    if (end >= 0) {
      const folder = toXml(key.slice(0, end + 1));
      rows.set(key.slice(0, end + 1), `<CommonPrefixes><Prefix>${folder}</Prefix></CommonPrefixes>`);
    } else
      rows.set(
        key,
        `<Contents><Key>${toXml(key)}</Key><ETag>&quot;${etag}&quot;</ETag><Size>${bytes.length}</Size></Contents>`,
      );
  }
  const left = [...rows].filter(([key]) => key > after);
  const shown = left.slice(0, page);
  const isTruncated = left.length > shown.length;
  const next = isTruncated ? `<NextContinuationToken>${toXml(shown.at(-1)?.[0] ?? '')}</NextContinuationToken>` : '';
  return `<IsTruncated>${isTruncated}</IsTruncated>${next}${shown.map(([, row]) => row).join('')}`;
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Whether the headers are in the words of the store that this one is like. */
function isInItsWords({ headers }: S3Request, isGoogle: boolean): boolean {
  const names = Object.keys(headers);
  const [own, other] = isGoogle ? ['x-goog-', 'x-amz-'] : ['x-amz-', 'x-goog-'];
  const scheme = isGoogle ? 'GOOG4-HMAC-SHA256' : 'AWS4-HMAC-SHA256';
  return (
    !names.some((name) => name.startsWith(other)) &&
    names.includes(`${own}content-sha256`) &&
    headers.authorization?.startsWith(`${scheme} Credential=${accessKey}/`) === true
  );
}

/** Starts a server on this machine that answers the few questions that are asked of S3, in its published shapes. */
export async function startMadeUpS3(options: S3ServerOptions = {}): Promise<MadeUpS3> {
  const { isGoogle = false, page = 1000 } = options;
  const files = new Map<string, Kept>();
  const asked: S3Request[] = [];
  let generation = 0;
  let choose: (request: S3Request) => S3Fault | undefined = () => undefined;

  /** Keeps a file; answers its tag, or why not. */
  const keep = ({ key, headers }: S3Request, body: Buffer): { etag: string } | { status: number; code: string } => {
    if (headers['content-md5'] !== toMd5(body, 'base64')) return { status: 400, code: 'BadDigest' };
    if (Number(headers['content-length']) !== body.length) return { status: 411, code: 'MissingContentLength' };
    if (!isWelcome(files.get(key), headers, options)) return { status: 412, code: 'PreconditionFailed' };
    const kept = ['content-type', 'cache-control', 'content-encoding'].flatMap((name) => {
      const value = headers[name];
      return typeof value === 'string' ? [[name, value]] : [];
    });
    generation += 1;
    const etag = toMd5(body, 'hex');
    files.set(key, { bytes: body, headers: Object.fromEntries(kept), etag, generation });
    return { etag };
  };
  const put = (request: S3Request, body: Buffer, response: ServerResponse) => {
    const kept = keep(request, body);
    if ('code' in kept) return say(response, kept.status, kept.code);
    response.writeHead(200, { etag: `"${kept.etag}"` }).end();
  };
  const removeMany = ({ headers }: S3Request, body: Buffer, response: ServerResponse) => {
    if (isGoogle) return say(response, 501, 'NotImplemented');
    if (headers['content-md5'] !== toMd5(body, 'base64')) return say(response, 400, 'InvalidDigest');
    for (const [, key = ''] of body.toString().matchAll(/<Key>(.*?)<\/Key>/gs)) files.delete(fromXml(key));
    answerXml(response, 'DeleteResult', '');
  };
  const answer = (request: S3Request, body: Buffer, response: ServerResponse) => {
    const { method, key, query } = request;
    if (!isInItsWords(request, isGoogle)) return say(response, 400, 'InvalidArgument');
    if (method === 'POST' && query.has('delete')) return removeMany(request, body, response);
    if (method === 'GET' && key === '') return answerXml(response, 'ListBucketResult', list(files, query, page));
    if (method === 'PUT') return put(request, body, response);
    if (method === 'DELETE') {
      files.delete(key);
      return void response.writeHead(204).end();
    }
    const kept = files.get(key);
    if (kept) return answerFile(response, kept, request.headers.range, method);
    return say(response, 404, 'NoSuchKey');
  };
  const misbehave = (fault: S3Fault, request: S3Request, body: Buffer, response: ServerResponse) => {
    if (fault.kind === 'silence') return;
    if (fault.kind === 'reset after') keep(request, body);
    if (fault.kind === 'reset' || fault.kind === 'reset after') return void response.destroy();
    if (fault.kind === 'half') {
      const bytes = files.get(request.key)?.bytes ?? Buffer.alloc(2);
      response.writeHead(200, { 'content-length': String(bytes.length) });
      response.write(bytes.subarray(0, bytes.length / 2));
      return void setImmediate(() => response.destroy());
    }
    if (fault.code !== undefined) return say(response, fault.status, fault.code, fault.headers);
    response.writeHead(fault.status, fault.headers);
    response.end(fault.body);
  };
  const { url, stop } = await startLocally(async (incoming, response) => {
    const address = new URL(incoming.url ?? '/', 'http://localhost');
    const [, bucket, ...parts] = address.pathname.split('/').map(decodeURIComponent);
    const request: S3Request = {
      method: incoming.method ?? '',
      key: parts.join('/'),
      query: address.searchParams,
      headers: incoming.headers,
    };
    const body = await readBody(incoming).catch(() => Buffer.alloc(0));
    asked.push(request);
    const fault = choose(request);
    if (fault) return misbehave(fault, request, body, response);
    if (bucket !== bucketName) return say(response, 404, 'NoSuchBucket');
    answer(request, body, response);
  });
  return {
    url,
    asked,
    files,
    fail: (next) => {
      choose = next;
    },
    stop,
  };
}

/** What a publisher has for the server. */
export const madeUpCredentials = { accessKeyId: accessKey, secretAccessKey: 'wJalrXUtnFEMI-secret' };
