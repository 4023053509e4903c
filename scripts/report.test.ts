import { expect, test } from 'vitest';
import type { Problem } from '#model/problems.ts';
import { countAtLeast, formatAnnotations, formatCounts, formatProblems, formatStale } from './report.ts';

const error: Problem = {
  code: 'yaml-syntax',
  level: 'error',
  what: 'It is broken.',
  mend: 'Mend it.',
  place: { repository: 'acme', path: 'a,b/c.yaml', line: 3, column: 7 },
};
const hint: Problem = { ...error, level: 'hint', what: 'It could be better.', place: undefined };

test('the gravest problem comes first, with place, sentence and mend', () => {
  expect(formatProblems([hint, error], { colour: false })).toBe(
    'acme/a,b/c.yaml:3:7  error yaml-syntax\n  It is broken.\n  Mend it.\n\nhint yaml-syntax\n  It could be better.\n  Mend it.\n',
  );
});

test('more than the limit are counted, not dropped silently', () => {
  expect(formatProblems([error, hint, hint], { colour: false, limit: 1 })).toContain('… and 2 more.');
});

test.each([
  ['::stop-commands::x', '  : :stop-commands::x'],
  [' \u0000::add-mask::x', '    : :add-mask::x'],
  ['a ##[add-mask]x ##[error]y', '  a # #[add-mask]x # #[error]y'],
  ['`::a` and ## [b]', '  `::a` and ## [b]'],
])('the text %j of a repository gives a workflow no command', (what, line) => {
  const text = formatProblems([{ code: 'bad-tag', level: 'hint', what, mend: 'Mend it.' }], { colour: false });
  expect(text.split('\n')[1]).toBe(line);
});

test('text of a repository cannot steer a terminal', () => {
  const printed = formatProblems([{ ...error, what: 'a\u001b[2Jb\u202ec\nd' }], { colour: false });
  expect(printed).toContain('a [2Jb c d');
});

test('annotations carry file, line and column, with their separators escaped', () => {
  expect(formatAnnotations([{ ...error, what: '100 %\n::error::x' }, hint])).toBe(
    '::error file=a%2Cb/c.yaml,line=3,col=7,title=yaml-syntax::100 %25%0A::error::x Mend it.\n' +
      '::notice title=yaml-syntax::It could be better. Mend it.\n',
  );
});

test.each([
  [[], 'No problems'],
  [[error], '1 error'],
  [[error, error, hint], '2 errors, 1 hint'],
])('counts read as words', (problems, words) => {
  expect(formatCounts(problems)).toBe(words);
});

test('repositories that could not be read again are counted, people are none', () => {
  const people = { id: 'acme', hasPages: true, staleSince: '2026-01-01T00:00:00Z' };
  expect(formatStale([{ id: 'acme/a', staleSince: '2026-01-01T00:00:00Z' }, { id: 'acme/b' }, people])).toBe(
    'Repositories shown as they were before: 1 of 2.\n',
  );
  expect(formatStale([{ id: 'acme/a' }, people])).toBe('');
});

test.each([
  ['error', 1],
  ['warning', 1],
  ['hint', 2],
] as const)('counts at least as grave as %s', (level, count) => {
  expect(countAtLeast([error, hint], level)).toBe(count);
});
