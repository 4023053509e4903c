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

/** Creates a compressor that remembers what it made, by key, as long as everything remembered stays below `limit` bytes. */
export function createCompressor(limit: number) {
  const remembered = new Map<string, Buffer>();
  let size = 0;
  return async (key: string, encoding: Encoding, body: Buffer): Promise<Buffer> => {
    const known = remembered.get(key);
    if (known) return known;
    const made = await encoders[encoding](body);
    if (size + made.length > limit) {
      remembered.clear();
      size = 0;
    }
    remembered.set(key, made);
    size += made.length;
    return made;
  };
}
