import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDocsStore } from './docs-store.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'docs-store-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('what the next build uses stays, and nothing else', () => {
  const first = createDocsStore(root);
  const [used, unused] = [first.keepBody('<p>a</p>'), first.keepBody('<p>b</p>')];
  const [picture, other] = [first.keepFile(new Uint8Array([1]), 'png'), first.keepFile(new Uint8Array([2]), 'png')];
  first.keepResult('tree', 'made');
  first.keepResult('gone', 'made');
  first.sweep();
  const second = createDocsStore(root);
  expect([second.findResult('tree'), second.findResult('never')]).toEqual(['made', undefined]);
  second.use([used], [picture]);
  second.sweep();
  const third = createDocsStore(root);
  expect([used, unused].map(third.hasBody)).toEqual([true, false]);
  expect([picture, other].map((path) => existsSync(join(root, path)))).toEqual([true, false]);
  expect([third.findResult('tree'), third.findResult('gone')]).toEqual(['made', undefined]);
});

test('a result that is kept again replaces the one before', () => {
  const store = createDocsStore(root);
  store.keepResult('tree', 'one');
  store.keepResult('tree', 'two');
  expect(store.findResult('tree')).toBe('two');
});
