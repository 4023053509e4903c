import { expect, test } from 'vitest';
import { type BatchObject, createBatchReader } from './batch-reader.ts';

const oid = (letter: string) => letter.repeat(40);
const output = Buffer.concat([
  Buffer.from(`${oid('a')} blob 3\nabc\n${oid('b')} missing\n${oid('c')} blob 0\n\n${oid('d')} blob 9\n`),
  Buffer.from('123456789\n'),
  Buffer.from(`${oid('e')} blob 2\n\n\n\n`),
]);

test.each([1, 2, 7, 1000])('reads objects whatever pieces they come in: %d bytes', (size) => {
  const found: BatchObject[] = [];
  const read = createBatchReader(5, (object) => found.push(object));
  for (let at = 0; at < output.length; at += size) read(output.subarray(at, at + size));
  expect(found.map(({ oid: id, bytes }) => [id[0], bytes && Buffer.from(bytes).toString()])).toEqual([
    ['a', 'abc'],
    ['c', ''],
    ['d', undefined],
    ['e', '\n\n'],
  ]);
});
