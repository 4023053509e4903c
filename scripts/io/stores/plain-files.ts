import { createHash, hash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { PortalError } from '../../portal-error.ts';

/** The MD5 of bytes, as stores tell it. */
export const toMd5 = (bytes: Uint8Array): string => hash('md5', bytes, 'hex');

/** The code of what the system says that went wrong. */
export const findCode = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;

/** Whether something went wrong because nothing is there. */
export const isMissing = (error: unknown): boolean => findCode(error) === 'ENOENT' || findCode(error) === 'ENOTDIR';

/** What the system says of a place, for people. */
export const toExplained = (error: unknown, place: string) =>
  findCode(error) === undefined
    ? error
    : new PortalError(`${place} cannot be written: ${error instanceof Error ? error.message : error}.`, {
        hint: 'See to the rights and the room of the folder, and to what is in the way there.',
      });

/** Opens a regular file, and no link to one; undefined where there is none. */
export async function openPlain(place: string): Promise<FileHandle | undefined> {
  const file = await open(place, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
    (error: unknown) => {
      if (isMissing(error) || findCode(error) === 'ELOOP') return undefined;
      throw toExplained(error, place);
    },
  );
  if ((await file?.stat())?.isFile()) return file;
  await file?.close();
  return undefined;
}

/** The bytes of a regular file; undefined where there is none. */
export async function readPlain(place: string): Promise<Buffer | undefined> {
  const file = await openPlain(place);
  return file?.readFile().finally(() => file.close());
}

/** How many bytes of a file are looked at together to find its digest. */
const digestPart = 64 * 1024;

/** Creates what finds the digests of files, one after the other, without ever holding all of one. */
export function createDigester(algorithm: 'md5' | 'sha256', encoding: 'hex' | 'base64url') {
  const buffer = Buffer.allocUnsafe(digestPart);
  return async (file: FileHandle): Promise<{ digest: string; bytes: number }> => {
    const digest = createHash(algorithm);
    let bytes = 0;
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, digestPart, bytes);
      if (bytesRead === 0) return { digest: digest.digest(encoding), bytes };
      digest.update(buffer.subarray(0, bytesRead));
      bytes += bytesRead;
    }
  };
}

/** Reads parts of files; what the tag of a file is, is found once as long as the file is the same. */
export function createPartReader() {
  const tags = new Map<string, { stamp: string; tag: Promise<string> }>();
  const findTag = async (file: FileHandle, place: string) => {
    const { ino, size, mtimeNs } = await file.stat({ bigint: true });
    const stamp = `${ino} ${size} ${mtimeNs}`;
    const known = tags.get(place);
    if (known?.stamp === stamp) return known.tag;
    const tag = createDigester('md5', 'hex')(file).then(({ digest }) => digest);
    tags.set(place, { stamp, tag });
    return tag;
  };
  const readPart = async (file: FileHandle, place: string, { from, bytes }: { from: number; bytes: number }) => {
    const tag = await findTag(file, place);
    // What is asked for comes from a manifest, and may be more than there is.
    const { size } = await file.stat();
    const most = Math.max(0, Math.min(bytes, size - from));
    const read = await file.read(Buffer.alloc(most), 0, most, Math.min(from, size));
    return { bytes: read.buffer.subarray(0, read.bytesRead), tag };
  };
  return {
    read: async (place: string, part: { from: number; bytes: number }) => {
      const file = await openPlain(place);
      return file && readPart(file, place, part).finally(() => file.close());
    },
  };
}
