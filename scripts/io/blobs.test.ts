import { expect, test } from 'vitest';
import type { FetchedBytes } from '../ports.ts';
import { createBatchParser } from './blobs.ts';

const answers = Buffer.from(
  'a1 blob 3\nx\ny\na2 missing\na3 blob 0\n\na4 blob 6\n123456\na5 tree 2\nzz\na6 blob 1\nq\n',
);

test.each([1, 2, 3, 5, 7, 1000])('answers in pieces of %d bytes are read as what they are', (length) => {
  const found: FetchedBytes[] = [];
  const read = createBatchParser(
    () => 5,
    (fetched) => found.push(fetched),
  );
  for (let at = 0; at < answers.length; at += length) read(answers.subarray(at, at + length));
  const texts = found.map((each) => each.fault ?? `${each.hash} ${new TextDecoder().decode(each.bytes)}`);
  expect(texts).toEqual(['a1 x\ny', 'absent', 'a3 ', 'too-large', 'unreadable', 'a6 q']);
});
