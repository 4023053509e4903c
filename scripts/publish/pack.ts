import type { Store } from '../ports.ts';
import { ownHeaders } from './headers.ts';
import { type Location, packFolder } from './manifest.ts';

/** A pack is written when it would have more bytes than this. */
const packLimit = 16 * 1024 * 1024;

/** Gathers bytes in packs. */
export type Packer = {
  /** Takes bytes; answers where they will lie. Waits while a pack is being written. */
  add: (bytes: Uint8Array, isZipped: boolean) => Promise<Location>;
  /** Writes what is not written yet. */
  finish: () => Promise<void>;
};

/** Creates a packer that holds one pack in memory while another is written; `name` is no other's. */
export function createPacker(put: Store['putFile'], name: string): Packer {
  let pack: Uint8Array | undefined;
  let size = 0;
  let number = 1;
  let writing: Promise<void> = Promise.resolve();
  const toKey = () => `${packFolder}${name}-${number}.pack`;
  const flush = (): Promise<void> => {
    if (pack === undefined) return writing;
    const file = { key: toKey(), bytes: pack.subarray(0, size), ...ownHeaders.bytes };
    [pack, size, number] = [undefined, 0, number + 1];
    writing = writing.then(async () => {
      await put(file);
    });
    writing.catch(() => undefined); // whoever waits for it is told
    return writing;
  };
  return {
    add: async (bytes, isZipped) => {
      const before = writing;
      if (size + bytes.length > packLimit) flush();
      pack ??= new Uint8Array(Math.max(packLimit, bytes.length));
      pack.set(bytes, size);
      const location = { pack: toKey(), offset: size, length: bytes.length, isZipped };
      size += bytes.length;
      await before;
      return location;
    },
    finish: flush,
  };
}
