import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { TooLarge } from './faults.ts';

/** How an answer may be packed. What is not in it was not asked for, and is not read. */
const unpackers: Readonly<Record<string, () => Transform | undefined>> = {
  '': () => undefined,
  identity: () => undefined,
  gzip: () => createGunzip(),
};

/** Counts what goes through, and stops it when it is too much. */
function createScale(maxBytes: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) done(new TooLarge());
      else done(null, chunk);
    },
  });
}

/** Reads a body whole, packed and unpacked at most `maxBytes`; throws `TooLarge`, or what broke. */
export async function readBody(body: Readable, encoding: string, maxBytes: number): Promise<string> {
  const form = encoding.trim().toLowerCase();
  const unpack = Object.hasOwn(unpackers, form) ? unpackers[form] : undefined;
  if (!unpack) {
    body.destroy();
    throw new SyntaxError('It is packed in a way that was not asked for.');
  }
  const chunks: Uint8Array[] = [];
  const collect = async (source: AsyncIterable<Uint8Array>) => {
    for await (const chunk of source) chunks.push(chunk);
  };
  const unpacker = unpack();
  if (unpacker) await pipeline(body, createScale(maxBytes), unpacker, createScale(maxBytes), collect);
  else await pipeline(body, createScale(maxBytes), collect);
  return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
}

/** Hands the chunks of a body on until it ends, breaks or was `maxBytes` long; never throws. */
export async function* followBody(body: Readable, maxBytes: number): AsyncGenerator<Uint8Array, void, undefined> {
  let left = maxBytes;
  try {
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      yield chunk.byteLength > left ? chunk.subarray(0, left) : chunk;
      left -= chunk.byteLength;
      if (left <= 0) return;
    }
  } catch {
    // What came is shown; that it broke off is told by the end of it.
  } finally {
    body.destroy();
  }
}
