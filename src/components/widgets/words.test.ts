import { expect, test } from 'vitest';
import { formatAge, formatCount, formatShare, formatSpan, toCallWord, toWorst } from './words.ts';

test.each([
  [0, '0 s'],
  [59.4, '59 s'],
  [60, '1 min'],
  [3599, '59 min'],
  [7300, '2 h'],
  [200_000, '2 d'],
  [-5, '0 s'],
])('%s seconds are %s', (seconds, words) => expect(formatSpan(seconds)).toBe(words));

test.each([
  ['2026-01-01T00:00:00Z', '12 s ago'],
  ['2026-01-01T05:00:12Z', 'in 5 h'],
  // A clock that is a little off is no future.
  ['2026-01-01T00:00:13Z', '0 s ago'],
])('%s is %s', (iso, words) => expect(formatAge(iso, Date.parse('2026-01-01T00:00:12Z'))).toBe(words));

test.each([
  [0.9993, 2, '99.93 %'],
  [0.9, 2, '90 %'],
  [0.99987, 3, '99.987 %'],
  [0.314, 0, '31 %'],
])('the share %s to %s places is %s', (share, places, words) => expect(formatShare(share, places)).toBe(words));

test.each([
  [1, '1 pod'],
  [2300, '2,300 pods'],
])('counts %s as %s', (count, words) => expect(formatCount(count, 'pod')).toBe(words));

test.each([
  [1, 'primary'],
  [2, 'secondary'],
  [4, 'level 4'],
])('level %s is %s', (level, word) => expect(toCallWord(level)).toBe(word));

test.each([
  [['well', 'attention', 'unknown'], 'attention'],
  [['well', 'broken', 'attention'], 'broken'],
  [['well', 'unknown'], 'unknown'],
  [['well'], 'well'],
  [[], 'unknown'],
] as const)('the worst of %s is %s', (levels, worst) => expect(toWorst(levels)).toBe(worst));
