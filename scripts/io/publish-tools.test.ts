import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { createPublishTools, zip } from './publish-tools.ts';

const tools = createPublishTools({ version: '1', tell: () => undefined, signal: new AbortController().signal });
const text = new TextEncoder().encode('many words '.repeat(1000));

test('compressed bytes name no time and no system, so they are the same everywhere', async () => {
  const zipped = await zip(text);
  expect([...zipped.subarray(4, 10)]).toEqual([0, 0, 0, 0, 2, 255]);
  expect(gunzipSync(zipped).equals(text)).toBe(true);
  expect(await zip(text)).toEqual(zipped);
});

test('what is unpacked has a limit', async () => {
  const zipped = await zip(text);
  expect(await tools.unzip(zipped, text.length)).toHaveLength(text.length);
  await expect(tools.unzip(zipped, text.length - 1)).rejects.toThrow();
});
