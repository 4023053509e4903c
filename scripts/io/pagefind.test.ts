import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import type { SearchBundle } from '../ports.ts';
import { createPagefindIndexer } from './pagefind.ts';

const top = mkdtempSync(join(tmpdir(), 'portolan-pagefind-'));
afterAll(() => rmSync(top, { recursive: true, force: true }));

const toBundle = (name: string, ...words: string[]): SearchBundle => ({
  name,
  records: words.map((word) => ({
    url: `/${word}/`,
    content: `${word} and more`,
    meta: { title: word },
    filters: { kind: ['Component'] },
  })),
});

/** Every file below a folder, with its bytes. */
function readTree(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true }).map(String).toSorted();
  const files = paths.filter((path) => statSync(join(folder, path)).isFile());
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(folder, path)).toString('base64')]));
}

test('the same records give the same bytes, without the interfaces that nobody uses', async () => {
  const bundles = [toBundle('catalog-1', 'checkout', 'inventory'), toBundle('docs-1', 'runbook')];
  const trees = [];
  for (const name of ['one', 'other']) {
    await createPagefindIndexer(join(top, name)).writeBundles(bundles);
    trees.push(readTree(join(top, name)));
  }
  expect(trees[0]).toEqual(trees[1]);
  const names = Object.keys(trees[0] ?? {}).map((path) => path.replace(/_[0-9a-f]+\./g, '.'));
  expect(names.filter((path) => /\.(js|css|pagefind|json)$/.test(path))).toEqual([
    'bundles.json',
    'catalog-1/pagefind-entry.json',
    'catalog-1/pagefind-worker.js',
    'catalog-1/pagefind.js',
    'catalog-1/wasm.en.pagefind',
    'docs-1/pagefind-entry.json',
  ]);
});

test('what did not change is kept, what changed is made again, what is gone goes, and nothing else is touched', async () => {
  const folder = join(top, 'kept');
  const indexer = createPagefindIndexer(folder);
  await indexer.writeBundles([toBundle('catalog-1', 'a'), toBundle('catalog-2', 'b'), toBundle('catalog-3', 'c')]);
  writeFileSync(join(top, 'beside.txt'), 'stays');
  const before = readTree(folder);
  const done = await indexer.writeBundles([toBundle('catalog-1', 'a'), toBundle('catalog-2', 'changed')]);
  expect(done).toEqual([
    { name: 'catalog-1', records: 1, isKept: true },
    { name: 'catalog-2', records: 1, isKept: false },
  ]);
  const after = readTree(folder);
  const only = (tree: Record<string, string>, part: string) =>
    Object.fromEntries(Object.entries(tree).filter(([path]) => path.startsWith(part)));
  expect(only(after, 'catalog-1/')).toEqual(only(before, 'catalog-1/'));
  expect(only(after, 'catalog-2/')).not.toEqual(only(before, 'catalog-2/'));
  expect(only(after, 'catalog-3/')).toEqual({});
  expect(readFileSync(join(top, 'beside.txt'), 'utf8')).toBe('stays');
});

test('a page with sections is kept by the key of its text, which is read only when it changed', async () => {
  const folder = join(top, 'sections');
  const reads: string[] = [];
  const toPages = (key: string): SearchBundle => ({
    name: 'docs-1',
    records: [
      {
        url: '/docs/a/',
        content: {
          ...{ key, bytes: 10 },
          read: () => {
            reads.push(key);
            return [{ id: 'keys', title: 'Keys', level: 2, parts: [{ text: 'half \ud83d <b>', isCode: true }] }];
          },
        },
        meta: { title: 'Page "A"', tree: 'Shop & docs' },
        filters: { tree: ['component:default/a', 'component:default/b'] },
      },
    ],
  });
  for (const key of ['one', 'one', 'two']) await createPagefindIndexer(folder).writeBundles([toPages(key)]);
  expect(reads).toEqual(['one', 'two']);
  const [fragment = ''] = readdirSync(join(folder, 'docs-1', 'fragment'));
  const text = gunzipSync(readFileSync(join(folder, 'docs-1', 'fragment', fragment))).toString();
  expect(JSON.parse(text.slice('pagefind_dcd'.length))).toMatchObject({
    url: '/docs/a/',
    content: 'Page "A" Keys. half \ufffd <b>',
    meta: { title: 'Page "A"', tree: 'Shop & docs' },
    filters: { tree: ['component:default/a', 'component:default/b'] },
    anchors: [{ id: 'keys', text: 'Keys', location: 2 }],
  });
});

test.each([
  ['half a character', 'cut \ud83d'],
  ['control characters', 'a\u0000b\u001f'],
  ['nothing', ''],
  ['markup', '<script>alert(1)</script> &amp; "quoted"'],
])('a record of %s does not end the indexing', async (_what, content) => {
  const record = { url: '/x/', content, meta: { title: content }, filters: { tag: [content] } };
  const done = await createPagefindIndexer(join(top, 'odd')).writeBundles([{ name: 'odd-1', records: [record] }]);
  expect(done).toMatchObject([{ records: 1 }]);
});
