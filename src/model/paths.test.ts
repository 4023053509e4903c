import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findPath, toFileName, toFolder } from './paths.ts';

test.each([
  ['a/b', './c.yaml', 'a/b/c.yaml'],
  ['a/b', 'c.yaml', 'a/b/c.yaml'],
  ['a/b', '../c.yaml', 'a/c.yaml'],
  ['a/b', '/c.yaml', 'c.yaml'],
  ['', '.', ''],
  ['a', '../..', undefined],
  ['a', '../../a/c.yaml', undefined],
  ['a', '/../c.yaml', undefined],
  ['a', '..\\..\\c.yaml', undefined],
  ['a', 'c\0.yaml', undefined],
])('from %j, %j leads to %j', (folder, target, path) => expect(findPath(folder, target)).toBe(path));

test('never leaves the tree, whatever the target', () => {
  const part = fc.constantFrom('..', '.', '', 'a', 'b.yaml', '...', '%2e%2e');
  const check = (folder: string[], target: string[]) => {
    const path = findPath(folder.filter((name) => name === 'a').join('/'), target.join('/'));
    expect(path?.split('/') ?? []).not.toContain('..');
    expect(path?.startsWith('/') ?? false).toBe(false);
  };
  fc.assert(fc.property(fc.array(part), fc.array(part), check));
});

test.each([
  ['a/b.yaml', 'a', 'b.yaml'],
  ['b.yaml', '', 'b.yaml'],
])('splits %s', (path, folder, name) => expect([toFolder(path), toFileName(path)]).toEqual([folder, name]));
