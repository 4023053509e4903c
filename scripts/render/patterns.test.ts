import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createIgnore, toGlobPattern, toLooseGlob } from './glob.ts';
import { parsePattern } from './patterns.ts';

test.each([
  ['a.c', ['abc', 'abcd'], ['ab', 'xabc']],
  ['^ab$', ['ab'], ['abc', 'xab']],
  ['\\Aab\\Z', ['ab'], ['abc']],
  ['a*b', ['b', 'aaab'], ['ac']],
  ['(?:ab|c)+d$', ['abd', 'cabcd'], ['d', 'abx']],
  ['x?(y|)z', ['xz', 'yz', 'z'], ['xx']],
  ['[a-c_]{2,3}$', ['ab', 'c_a'], ['a', 'abca']],
  ['[^/]+\\.md$', ['a.md'], ['a/b.md']],
  ['\\d{3}\\s\\w', ['123 x'], ['12 x']],
  ['[\\d-]+$', ['1-2'], ['a']],
  ['a{2}$', ['aa'], ['a', 'aaa']],
  ['a{,2}$', ['', 'a', 'aa'], ['aaa']],
  ['a+?b', ['aab'], ['b']],
  ['(?i)readme', ['README', 'readMe'], ['x']],
  ['(?P<name>a)b', ['ab'], ['b']],
  ['.*\\.(tmp|bin)$', ['a/b.tmp', 'c.bin'], ['a.tmp.md']],
])('%s', (source, matching, others) => {
  const pattern = parsePattern(source);
  expect([matching.filter((text) => pattern?.test(text)), others.filter((text) => pattern?.test(text))]).toEqual([
    matching,
    [],
  ]);
});

test.each(['(a)\\1', '(?=a)', '(?!a)', '*a', '(', ')', '[a', 'a{9999}{9999}', '\\', '\\b'])(
  '%s is not understood',
  (source) => {
    expect(parsePattern(source)).toBeUndefined();
  },
);

test.each(['(a*)*b', '(a|a)*b', '(.*a){20}b', '(?:[^/]+/)*(?:[^/]+/)*x$'])(
  '%s reads a long text in one go',
  (source) => {
    expect(parsePattern(source)?.test('a'.repeat(20_000))).toBe(false);
  },
);

describe('globs', () => {
  test.each([
    ['*.md', ['a.md'], ['a/b.md', 'a.txt']],
    ['**/a.md', ['a.md', 'x/y/a.md'], ['b.md']],
    ['a/**', ['a/b', 'a/b/c'], ['a', 'b/a/c']],
    ['a?[bc]', ['axb'], ['a/b', 'axd']],
    ['[!a]b', ['cb'], ['ab']],
    ['*a*b*c*d*', ['xaxbxcxdx'], ['abc']],
    ['**/**/**/*/a', ['x/a', 'w/x/a'], ['a']],
    ['[z-a]+(x).$', ['z+(x).$'], ['q']],
  ])('%s', (glob, matching, others) => {
    const pattern = toGlobPattern(glob);
    expect([matching, others].map((texts) => texts.filter((text) => pattern.test(text)))).toEqual([matching, []]);
  });

  test('a loose one goes over folders', () => {
    const pattern = toLooseGlob('drafts/*');
    expect(['drafts/a.md', 'drafts/x/b.md', 'a.md'].filter((path) => pattern.test(path))).toEqual([
      'drafts/a.md',
      'drafts/x/b.md',
    ]);
  });

  test.each([
    ['a.md\n!x/a.md', ['a.md', 'y/a.md'], ['x/a.md', 'b.md']],
    ['/a.md', ['a.md'], ['x/a.md']],
    ['dir/', ['dir/x.md', 'y/dir/z.md'], ['dir.md']],
    ['# no\n\n  b*  ', ['b.md', 'x/bc/d.md'], ['a.md']],
  ])('%j ignores', (text, ignored, kept) => {
    const isIgnored = createIgnore(text);
    expect([ignored, kept].map((paths) => paths.filter(isIgnored))).toEqual([ignored, []]);
  });

  test('whatever is written, it is a pattern, and takes little time', () => {
    const parts = fc.array(
      fc.constantFrom('*', '**', '/', '[', ']', '!', '-', '\\', '(', '{', '?', 'a', '^', '$', '|'),
    );
    fc.assert(
      fc.property(parts, (glob) => {
        const text = glob.join('');
        for (const pattern of [toGlobPattern(text), toLooseGlob(text)]) pattern.test(`${'a/'.repeat(200)}b`);
        createIgnore(text)('a/b');
        parsePattern(text)?.test('a'.repeat(200));
      }),
    );
  });
});
