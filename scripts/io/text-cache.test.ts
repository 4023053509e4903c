import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createTextCache } from './text-cache.ts';

const newFile = () => join(mkdtempSync(join(tmpdir(), 'portolan-cache-')), 'parsed.jsonl');

test('what is kept is found by the next run', () => {
  const file = newFile();
  const first = createTextCache(file);
  first.keep('a', 'one\ntwo');
  first.save();
  expect(createTextCache(file).find('a')).toBe('one\ntwo');
});

test('what a run did not ask for is forgotten', () => {
  const file = newFile();
  const first = createTextCache(file);
  first.keep('a', '1');
  first.keep('b', '2');
  first.save();
  const second = createTextCache(file);
  second.find('b');
  second.save();
  expect(readFileSync(file, 'utf8')).toBe('["b","2"]\n');
});

test('a broken file is an empty cache', () => {
  const file = newFile();
  writeFileSync(file, '["a", ');
  expect(createTextCache(file).find('a')).toBeUndefined();
});
