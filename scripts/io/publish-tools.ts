import { hash, randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { PublishTools } from '../publish/tools.ts';

const toGzip = promisify(gzip);
const toPlain = promisify(gunzip);

/** Where a gzip header names the system that wrote it; 255 stands for none, so that all write the same. */
const systemByte = 9;

/** Compresses as well as it can, to the same bytes on every system. */
export async function zip(bytes: Uint8Array): Promise<Uint8Array> {
  const zipped = await toGzip(bytes, { level: 9 });
  zipped[systemByte] = 255;
  return zipped;
}

/** What publishing asks of this machine. */
export function createPublishTools(rest: Pick<PublishTools, 'version' | 'tell' | 'signal'>): PublishTools {
  return {
    now: Date.now,
    every: (milliseconds, run) => {
      const timer = setInterval(run, milliseconds).unref();
      return () => clearInterval(timer);
    },
    zip,
    unzip: (bytes, limit) => toPlain(bytes, { maxOutputLength: Math.max(1, limit) }),
    digest: (bytes) => hash('sha256', bytes, 'base64url'),
    md5: (bytes) => hash('md5', bytes, 'hex'),
    token: randomUUID().replaceAll('-', ''),
    holder: `Process ${process.pid} on ${hostname()}`,
    ...rest,
  };
}
