import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const toBrotli = promisify(brotliCompress);
const toGzip = promisify(gzip);

export type Encoding = 'br' | 'gzip';

const encoders: Record<Encoding, (body: Buffer) => Promise<Buffer>> = {
  br: (body) => toBrotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (body) => toGzip(body, { level: 6 }),
};

/** The best encoding that an `Accept-Encoding` header allows; undefined when it allows none that we write. */
export function findEncoding(header: string): Encoding | undefined {
  const accepted = header
    .toLowerCase()
    .split(',')
    .map((offer) => offer.split(';').map((part) => part.trim()))
    .filter(([, weight]) => !/^q=0(\.0*)?$/.test(weight ?? ''))
    .map(([name]) => name);
  return (['br', 'gzip'] as const).find((encoding) => accepted.includes(encoding));
}

/**
 * Creates a compressor that remembers what it made, by key, as long as everything remembered stays below `limit` bytes. However
 * many ask for the same at once, it is read and compressed once.
 */
export function createCompressor(limit: number) {
  const remembered = new Map<string, Buffer>();
  const underWay = new Map<string, Promise<Buffer>>();
  let size = 0;
  const make = async (key: string, encoding: Encoding, read: () => Promise<Buffer>): Promise<Buffer> => {
    const made = await encoders[encoding](await read());
    if (size + made.length > limit) {
      remembered.clear();
      size = 0;
    }
    remembered.set(key, made);
    size += made.length;
    return made;
  };
  return async (key: string, encoding: Encoding, read: () => Promise<Buffer>): Promise<Buffer> => {
    const known = remembered.get(key) ?? underWay.get(key);
    if (known) return known;
    const making = make(key, encoding, read).finally(() => underWay.delete(key));
    underWay.set(key, making);
    return making;
  };
}
