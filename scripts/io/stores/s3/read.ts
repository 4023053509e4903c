import { setTimeout } from 'node:timers/promises';
import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { type Bucket, toFullKey, toTag } from './bucket.ts';
import { mostAttempts, toPlainRequest } from './client.ts';
import { toFault } from './errors.ts';

type Read = { bytes: Uint8Array; tag: string };

/** An answer that broke off after it had begun; the library does not ask again for those. */
class BrokenAnswer extends Error {
  readonly code = 'ECONNRESET';
}

/** Reads a file, or a part of it; undefined where there is none. An answer that breaks off is asked for again. */
export async function fetchFile(
  bucket: Bucket,
  key: string,
  part?: { from: number; bytes: number },
): Promise<Read | undefined> {
  const full = toFullKey(bucket, key);
  const range = part && `bytes=${part.from}-${part.from + part.bytes - 1}`;
  return bucket.ask('read', full, async () => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await read(bucket, full, range);
      } catch (error) {
        if (isAbsence(error)) return undefined;
        if (toFault(error).code === 'InvalidRange') return await readEmpty(bucket, full);
        if (!(error instanceof BrokenAnswer) || attempt >= mostAttempts) throw error;
        await setTimeout(bucket.pause(attempt, false));
      }
    }
  });
}

/** Whether a store said that there is no such file; another 404 is no answer of a store. */
export const isAbsence = (error: unknown): boolean => toFault(error).code === 'NoSuchKey';

async function read({ client, address, isGoogle }: Bucket, full: string, range: string | undefined): Promise<Read> {
  const command = new GetObjectCommand({ Bucket: address.bucket, Key: full, ...(range && { Range: range }) });
  // Otherwise Google decompresses what is kept: https://cloud.google.com/storage/docs/transcoding
  if (isGoogle)
    command.middlewareStack.add(
      (next) => (args) => {
        toPlainRequest(args.request).headers['accept-encoding'] = 'gzip';
        return next(args);
      },
      { step: 'build', name: 'asItIsKept' },
    );
  const { Body, ETag } = await client.send(command);
  try {
    return { bytes: (await Body?.transformToByteArray()) ?? new Uint8Array(), tag: toTag(ETag) };
  } catch (error) {
    throw new BrokenAnswer('The answer broke off.', { cause: error });
  }
}

/** What a part behind the end of a file is: nothing. */
async function readEmpty({ client, address }: Bucket, full: string): Promise<Read> {
  const { ETag } = await client.send(new HeadObjectCommand({ Bucket: address.bucket, Key: full }));
  return { bytes: new Uint8Array(), tag: toTag(ETag) };
}
