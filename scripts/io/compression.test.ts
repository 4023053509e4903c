import { brotliDecompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { createCompressor } from './compression.ts';

test('what many ask for at once is read once, and what could not be read is read again', async () => {
  const compress = createCompressor(1000);
  let reads = 0;
  const ask = () =>
    compress('a', 'br', async () => {
      reads += 1;
      await Promise.resolve();
      if (reads === 1) throw new Error('It is gone.');
      return Buffer.from('text');
    });
  const failed = await Promise.allSettled([ask(), ask()]);
  expect([reads, ...failed.map(({ status }) => status)]).toEqual([1, 'rejected', 'rejected']);
  const made = await Promise.all([ask(), ask(), ask()]);
  expect([reads, ...made.map((each) => String(brotliDecompressSync(each)))]).toEqual([2, 'text', 'text', 'text']);
  await ask();
  expect(reads).toBe(2);
});
