import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ListedFile, Store, StoredFile } from '../../scripts/ports.ts';

const toMd5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest('hex');

/** A file of a site, for tests of stores. */
export function toFile(key: string, content: string | Uint8Array, rest: Partial<StoredFile> = {}): StoredFile {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return { key, bytes, type: 'text/plain; charset=utf-8', cacheControl: 'no-cache', ...rest };
}

/** Everything that a listing answers, sorted by key. */
export async function listAll(store: Store, prefix = ''): Promise<ListedFile[]> {
  const found: ListedFile[] = [];
  for await (const file of store.listFiles(prefix)) found.push(file);
  return found.toSorted((left, right) => (left.key < right.key ? -1 : 1));
}

const readText = async (store: Store, key: string) => {
  const found = await store.fetchFile(key);
  return found && new TextDecoder().decode(found.bytes);
};

const putAll = async (store: Store, keys: readonly string[]) => {
  for (let from = 0; from < keys.length; from += 32)
    await Promise.all(keys.slice(from, from + 32).map((key) => store.putFile(toFile(key, key))));
};

const oddKeys = [
  'odd/a b.html',
  'odd/100%.html',
  'odd/%2e%2e.html',
  'odd/a+b&c=d;e.html',
  'odd/#1?x.html',
  'odd/Grüße/日本語.html',
  'odd/😀.html',
  'odd/it\'s "(quoted)" <b>.html',
  'odd/...html',
  'odd/.hidden/~x.html',
  `odd/${'long-'.repeat(40)}.html`,
  'odd/UPPER/upper.html',
];

const hostileKeys = [
  '',
  '/a',
  'a/',
  'a//b',
  '../a',
  'a/../../b',
  './a',
  'a/./b',
  'a\\b',
  'a\0b',
  'a\nb',
  '\ud800',
  'x'.repeat(1025),
];

type ContractOptions = {
  /** How many files the listing of many has; a bucket's pages have a thousand. */
  many?: number;
};

/**
 * Holds a store to what publishing relies on. `openStore` is called once, for a place that is empty; it is used, and
 * closed, for all of the tests.
 */
export function describeStore(
  name: string,
  openStore: () => Store | Promise<Store>,
  { many = 2_100 }: ContractOptions = {},
): void {
  describe(`${name} keeps the contract of a store`, () => {
    let store: Store;
    beforeAll(async () => {
      store = await openStore();
    }, 60_000);
    afterAll(() => store?.close());

    test('an empty place has no files and no folders', async () => {
      expect(await listAll(store)).toEqual([]);
      expect(await store.listFolders('')).toEqual([]);
      expect(await store.fetchFile('nowhere/at/all.html')).toBeUndefined();
    });

    test('answers the bytes that were written, whatever they are', async () => {
      const bytes = Uint8Array.from({ length: 70_000 }, (_, at) => (at * 7) % 256);
      const put = await store.putFile(toFile('bytes.bin', bytes, { type: 'application/octet-stream' }));
      const found = await store.fetchFile('bytes.bin');
      expect(Buffer.from(found?.bytes ?? []).equals(bytes)).toBe(true);
      expect(put).toEqual({ tag: found?.tag });
    });

    test('compressed files come back as they were written', async () => {
      const bytes = Buffer.from('H4sIAAAAAAACA8tIzcnJBwCGphA2BQAAAA==', 'base64');
      await store.putFile(toFile('compressed.txt', bytes, { encoding: 'gzip' }));
      expect(Buffer.from((await store.fetchFile('compressed.txt'))?.bytes ?? []).equals(bytes)).toBe(true);
    });

    test('an empty file is a file', async () => {
      await store.putFile(toFile('empty.txt', ''));
      expect((await store.fetchFile('empty.txt'))?.bytes.length).toBe(0);
      expect(await listAll(store, 'empty.txt')).toMatchObject([{ key: 'empty.txt', bytes: 0 }]);
    });

    test.each([
      [{ from: 0, bytes: 3 }, '012'],
      [{ from: 3, bytes: 4 }, '3456'],
      [{ from: 9, bytes: 1 }, '9'],
      [{ from: 7, bytes: 100 }, '789'],
    ])('reads the part %j of a file', async (part, text) => {
      await store.putFile(toFile('digits.txt', '0123456789'));
      const found = await store.fetchFile('digits.txt', part);
      expect(new TextDecoder().decode(found?.bytes)).toBe(text);
      expect(found?.tag).toBe((await store.fetchFile('digits.txt'))?.tag);
      expect(await store.fetchFile('no-digits.txt', part)).toBeUndefined();
    });

    test('a tag changes with the bytes, and comes back with them', async () => {
      const tags: unknown[] = [];
      for (const text of ['one', 'two', 'one']) tags.push(await store.putFile(toFile('tagged.txt', text)));
      expect(tags[0]).not.toEqual(tags[1]);
      expect(tags[0]).toEqual(tags[2]);
    });

    test('writes where nothing is, once', async () => {
      const absent = { kind: 'absent' } as const;
      expect(await store.putFile(toFile('once.txt', 'first'), absent)).not.toBe('refused');
      expect(await store.putFile(toFile('once.txt', 'second'), absent)).toBe('refused');
      expect(await readText(store, 'once.txt')).toBe('first');
      await store.removeFiles(['once.txt']);
      expect(await store.putFile(toFile('once.txt', 'third'), absent)).not.toBe('refused');
    });

    test('writes over what is unchanged, and over nothing else', async () => {
      const first = await store.putFile(toFile('kept.txt', 'first'));
      if (first === 'refused') throw new Error('an unconditional write was refused');
      const unchanged = { kind: 'unchanged', tag: first.tag } as const;
      expect(await store.putFile(toFile('kept.txt', 'second'), unchanged)).not.toBe('refused');
      expect(await store.putFile(toFile('kept.txt', 'third'), unchanged)).toBe('refused');
      expect(await readText(store, 'kept.txt')).toBe('second');
      expect(await store.putFile(toFile('never-was.txt', 'x'), unchanged)).toBe('refused');
      expect(await readText(store, 'never-was.txt')).toBeUndefined();
    });

    test('the tag of a read and of a listing serve as well', async () => {
      await store.putFile(toFile('read.txt', 'first'));
      const tag = (await store.fetchFile('read.txt'))?.tag ?? '';
      expect((await listAll(store, 'read.txt')).map((file) => file.tag)).toEqual([tag]);
      expect(await store.putFile(toFile('read.txt', 'second'), { kind: 'unchanged', tag })).not.toBe('refused');
    });

    test('of twenty that write where nothing is, one succeeds', async () => {
      const writers = Array.from({ length: 20 }, (_, at) =>
        store.putFile(toFile('race.txt', `writer ${at}`), { kind: 'absent' }),
      );
      const answers = await Promise.all(writers);
      expect(answers.filter((answer) => answer !== 'refused')).toHaveLength(1);
      expect(await readText(store, 'race.txt')).toBe(`writer ${answers.findIndex((answer) => answer !== 'refused')}`);
    });

    test('of twenty that write over the same, one succeeds', async () => {
      const first = await store.putFile(toFile('race-on.txt', 'first'));
      if (first === 'refused') throw new Error('an unconditional write was refused');
      const writers = Array.from({ length: 20 }, (_, at) =>
        store.putFile(toFile('race-on.txt', `writer ${at}`), { kind: 'unchanged', tag: first.tag }),
      );
      const answers = await Promise.all(writers);
      expect(answers.filter((answer) => answer !== 'refused')).toHaveLength(1);
      expect(await readText(store, 'race-on.txt')).toBe(
        `writer ${answers.findIndex((answer) => answer !== 'refused')}`,
      );
    });

    test.each(oddKeys)('keeps a file named %s', async (key) => {
      await store.putFile(toFile(key, key));
      expect(await readText(store, key)).toBe(key);
      expect((await listAll(store, key)).map((file) => file.key)).toEqual([key]);
      await store.removeFiles([key]);
      expect(await store.fetchFile(key)).toBeUndefined();
    });

    test.each(hostileKeys)('refuses the name %j', async (key) => {
      await expect(store.putFile(toFile(key, 'x'))).rejects.toThrow();
    });

    test('lists the folders right below a folder', async () => {
      const keys = [
        'at/file.txt',
        'at/one/a.txt',
        'at/one/b/c.txt',
        'at/two/_portolan/manifest.json',
        'at-other/d.txt',
      ];
      await putAll(store, keys);
      expect((await store.listFolders('at/')).toSorted()).toEqual(['one', 'two']);
      expect((await store.listFolders('at/one/')).toSorted()).toEqual(['b']);
      expect(await store.listFolders('at/none/')).toEqual([]);
      expect(await store.listFolders('')).toEqual(expect.arrayContaining(['at', 'at-other']));
      expect((await listAll(store, 'at/')).map(({ key }) => key)).toEqual(keys.slice(0, 4));
      await store.removeFiles(keys);
      expect(await store.listFolders('at/')).toEqual([]);
    });

    test('lists and removes many, with their size and, where it is told, their MD5', async () => {
      const keys = Array.from({ length: many }, (_, at) => `many/${String(at).padStart(5, '0')}.txt`);
      await putAll(store, keys);
      const listed = await listAll(store, 'many/');
      expect(listed.map(({ key }) => key)).toEqual(keys);
      for (const { key, bytes, md5 } of listed)
        expect([bytes, md5 ?? toMd5(Buffer.from(key))]).toEqual([key.length, toMd5(Buffer.from(key))]);
      await store.removeFiles([...keys, 'many/not-there.txt', 'not/there/either.txt']);
      expect(await listAll(store, 'many/')).toEqual([]);
    }, 120_000);

    test('removing nothing is nothing', async () => {
      await store.removeFiles([]);
      await store.removeFiles(['was/never/there.txt']);
    });
  });
}
