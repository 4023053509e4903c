import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { addRecent, readMe, readRecent, readStarred, toggleStarred, writeMe, writeScheme } from './browser-memory.ts';

/** A storage that holds texts as a browser's does. */
function createStorage(kept: Record<string, string> = {}) {
  const texts = new Map(Object.entries(kept));
  return {
    getItem: (key: string) => texts.get(key) ?? null,
    setItem: (key: string, text: string) => void texts.set(key, text),
    removeItem: (key: string) => void texts.delete(key),
  };
}

beforeEach(() => void vi.stubGlobal('localStorage', createStorage()));
afterEach(() => void vi.unstubAllGlobals());

test('a star is set, kept in the order of setting, and taken away', () => {
  expect(toggleStarred('component:default/a')).toBe(true);
  expect(toggleStarred('api:default/b')).toBe(true);
  expect(readStarred()).toEqual(['api:default/b', 'component:default/a']);
  expect(toggleStarred('api:default/b')).toBe(false);
  expect(readStarred()).toEqual(['component:default/a']);
});

test('who reads is remembered and forgotten', () => {
  writeMe('user:default/ada');
  expect(readMe()).toBe('user:default/ada');
  writeMe(undefined);
  expect(readMe()).toBeUndefined();
});

test('the last eight pages are remembered, the latest first, each once', () => {
  for (let page = 0; page < 10; page += 1) addRecent({ ref: `component:default/p${page}`, label: `P${page}` });
  addRecent({ ref: 'component:default/p5', label: 'P5' });
  expect(readRecent().map(({ label }) => label)).toEqual(['P5', 'P9', 'P8', 'P7', 'P6', 'P4', 'P3', 'P2']);
});

test.each([['{'], ['null'], ['{"a":1}'], ['[1,null,"no ref",{"ref":1}]'], ['"component:default/a"']])(
  'a broken value %s is read as nothing',
  (text) => {
    const keys = ['portolan:starred', 'portolan:recent', 'portolan:me'];
    vi.stubGlobal('localStorage', createStorage(Object.fromEntries(keys.map((key) => [key, text]))));
    expect([readStarred(), readRecent(), readMe()]).toEqual([[], [], undefined]);
    expect(toggleStarred('component:default/a')).toBe(true);
  },
);

test('nothing throws where storage is denied', () => {
  vi.stubGlobal('localStorage', undefined);
  expect([readStarred(), readRecent(), readMe()]).toEqual([[], [], undefined]);
  expect(toggleStarred('component:default/a')).toBe(false);
  writeMe('user:default/ada');
  writeScheme('dark');
  addRecent({ ref: 'component:default/a', label: 'A' });
  expect(readRecent()).toEqual([]);
});
