import { expect, test } from 'vitest';
import { createOnce, flowTime } from './flow.ts';

test('a state is taken once, as long as it could be taken', () => {
  let now = 0;
  const take = createOnce(() => now);
  expect([take('a'), take('a'), take('b'), take('__proto__'), take('__proto__')]).toEqual([
    true,
    false,
    true,
    true,
    false,
  ]);
  now = flowTime;
  expect(take('a')).toBe(false);
});

test('what is remembered is bounded, and goes when its time is over', () => {
  let now = 0;
  const take = createOnce(() => now, 3);
  for (const state of ['a', 'b', 'c', 'd']) expect(take(state)).toBe(true);
  expect(take('d')).toBe(false);
  now = 2 * flowTime;
  for (const state of ['x', 'y', 'z']) expect(take(state)).toBe(true);
});
