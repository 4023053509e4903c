import { expect, test } from 'vitest';
import { isSpent } from './budget.ts';

const now = Date.parse('2026-01-01T12:00:00Z');
const budget = (remaining: number, resetAt = '2026-01-01T12:30:00Z') => ({ limit: 5000, remaining, resetAt });

test.each([
  [undefined, 0.2, false],
  [budget(5000), 0.2, false],
  [budget(1000), 0.2, false],
  [budget(999), 0.2, true],
  [budget(1), 0, false],
  [budget(0), 0, true],
  [budget(0, '2026-01-01T11:59:00Z'), 0.2, false],
])('with %j and a share of %d nothing more is asked: %s', (left, stopAt, isOver) => {
  expect(isSpent(left, stopAt, now)).toBe(isOver);
});
