import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { fetch } from 'undici';
import type { AuditLog } from '../audit.ts';
import { type ProxyCatalog, parseProxyCatalog } from '../catalog.ts';
import type { Timer } from '../timer.ts';

/** Where the catalog of the proxy lies. */
export type CatalogPlace = { file: string } | { url: string };

/** A catalog that is read again when it changes. */
export type CatalogSource = {
  find: () => ProxyCatalog | undefined;
  /** Settles when it was tried for the first time. */
  ready: Promise<void>;
  stop: () => void;
};

type Reading = { kind: 'same' } | { kind: 'text'; text: string };
type Reader = () => Promise<Reading>;
type Sources = { log: AuditLog; timer: Timer; random: () => number };

const mostBytes = 64 * 1024 * 1024;
const interval = 30_000;
/** Until there is a first catalog nothing can be answered, so it is tried for more often. */
const firstInterval = 3_000;
const longestWait = 20_000;

/** Keeps the catalog up to date. A new one that is broken or cannot be had changes nothing, and is logged. */
export function openCatalog(place: CatalogPlace, { log, timer, random }: Sources): CatalogSource {
  const read = 'file' in place ? createFileReader(place.file) : createUrlReader(place.url);
  let catalog: ProxyCatalog | undefined;
  let digest = '';
  let isOver = false;
  let cancel = () => {};
  const look = async () => {
    const fresh = await findFresh(read, digest, log);
    if (fresh) ({ catalog, digest } = fresh);
    if (!isOver) cancel = timer((catalog ? interval : firstInterval) * (0.9 + random() * 0.2), look);
  };
  return {
    find: () => catalog,
    ready: look(),
    stop: () => {
      isOver = true;
      cancel();
    },
  };
}

/** The catalog as it is now, where that is another than the known one. */
async function findFresh(
  read: Reader,
  known: string,
  log: AuditLog,
): Promise<{ catalog: ProxyCatalog; digest: string } | undefined> {
  try {
    const reading = await read();
    if (reading.kind === 'same') return undefined;
    const digest = createHash('sha256').update(reading.text).digest('hex');
    if (digest === known) return undefined;
    const { value, problems } = parseProxyCatalog(reading.text);
    if (value) return { catalog: value, digest };
    log.problem('The catalog is broken; the one before is kept.', { problems: problems.join('; ').slice(0, 1000) });
  } catch (error) {
    log.problem('The catalog cannot be read; the one before is kept.', { error: toReason(error) });
  }
  return undefined;
}

function toReason(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message.slice(0, 200);
}

function createFileReader(file: string): Reader {
  let known = '';
  return async () => {
    const handle = await open(file);
    try {
      const { mtimeMs, size, ino } = await handle.stat();
      const now = `${mtimeMs} ${size} ${ino}`;
      if (now === known) return { kind: 'same' };
      if (size > mostBytes) throw new Error('it is larger than 64 MB');
      const text = await handle.readFile('utf8');
      known = now;
      return { kind: 'text', text };
    } finally {
      await handle.close();
    }
  };
}

function createUrlReader(url: string): Reader {
  const address = toAddress(url);
  let tags: Record<string, string> = {};
  return async () => {
    const signal = AbortSignal.timeout(longestWait);
    const response = await fetch(address, {
      headers: { accept: 'application/json', ...tags },
      redirect: 'manual',
      signal,
    });
    if (response.status === 304) {
      await response.body?.cancel();
      return { kind: 'same' };
    }
    if (response.status !== 200) {
      await response.body?.cancel();
      throw new Error(`its address answers with ${response.status}`);
    }
    const text = await readCapped(response.body);
    const etag = response.headers.get('etag');
    const modified = response.headers.get('last-modified');
    tags = { ...(etag && { 'if-none-match': etag }), ...(modified && { 'if-modified-since': modified }) };
    return { kind: 'text', text };
  };
}

async function readCapped(body: AsyncIterable<Uint8Array> | null): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > mostBytes) throw new Error('it is larger than 64 MB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/;

function toAddress(text: string): URL {
  const url = new URL(text);
  // A name and password would be repeated by every error that tells of the address.
  if (url.username !== '' || url.password !== '') throw new TypeError('The address of the catalog holds no login.');
  if (url.protocol === 'https:' || (url.protocol === 'http:' && loopback.test(url.hostname))) return url;
  throw new TypeError('The address of the catalog is https, or http on this machine.');
}
