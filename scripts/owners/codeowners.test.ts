import { describe, expect, test } from 'vitest';
import { findOwnersRule, parseOwnersFile } from './codeowners.ts';

const findOwners = (text: string, folder: string) => findOwnersRule(parseOwnersFile(text), folder)?.owners;

describe('whose a folder is', () => {
  test.each([
    ['everything', '* @acme/shop', '', ['@acme/shop']],
    ['everything, below too', '* @acme/shop', 'a/b', ['@acme/shop']],
    ['the last line wins', '* @acme/a\n* @acme/b', '', ['@acme/b']],
    ['comments and blank lines', '# all\n\n  * @acme/a  me@acme.io # and so on', '', ['@acme/a', 'me@acme.io']],
    ['lines as Windows ends them', '* @acme/a\r\n/x/ @acme/b\r\n', 'x', ['@acme/b']],
    ['a folder at the top', '* @a\n/x/ @b', 'x/y', ['@b']],
    ['not one of that name below', '* @a\n/x/ @b', 'y/x', ['@a']],
    ['a folder of that name anywhere', '* @a\nx/ @b', 'y/x/z', ['@b']],
    ['a deeper folder stands at the top', '* @a\nx/y @b', 'x/y/z', ['@b']],
    ['everything below a folder', '* @a\n/x/** @b', 'x/y', ['@b']],
    ['files of a folder alone', '* @a\n/x/* @b', 'x/y', ['@a']],
    ['files at the top alone', '* @a\n/* @b', '', ['@b']],
    ['files by their names say nothing', '* @a\n*.js @b\ncatalog-info.yaml @c\n/x/*/z @d', 'x', ['@a']],
    ['no owners is nobody', '* @a\n/x/', 'x', []],
    ['a space behind a backslash', '* @a\n/my\\ x/ @b', 'my x', ['@b']],
    ['sections are headings', '[Shop][2] @c\n^[Optional]\n* @a', '', ['@a']],
    ['words without @ are no owners', '* shop @a', '', ['@a']],
    ['nothing', '', '', undefined],
    ['nothing that covers it', '/x/ @a', 'y', undefined],
  ])('%s', (_name, text, folder, owners) => {
    expect(findOwners(text, folder)).toEqual(owners);
  });
});

test('a rule knows its line', () => {
  expect(parseOwnersFile('# one\n\n* @a\n/x/ @b').map(({ line }) => line)).toEqual([3, 4]);
});

describe('a file made to harm', () => {
  test.each([
    ['too large', `${'#'.repeat(3 * 1024 * 1024)}\n* @a`, 0],
    ['too many rules', '* @a\n'.repeat(30_000), 20_000],
    ['a line without an end', `* ${'@a '.repeat(500_000)}`, 1],
    ['stars and brackets', `${'*'.repeat(5000)} @a\n${'['.repeat(5000)} @a\n${'\\'.repeat(5001)} @a`, 0],
    ['slashes', `${'/'.repeat(10_000)} @a\n* @a`, 2],
  ])('%s', (_name, text, count) => {
    const rules = parseOwnersFile(text);
    expect(rules.length).toBe(count);
    expect(Math.max(0, ...rules.map(({ owners }) => owners.length))).toBeLessThanOrEqual(50);
  });
});
