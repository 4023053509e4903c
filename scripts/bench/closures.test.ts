import { expect, test } from 'vitest';
import { measureClosures, toClosureVerdict } from './closures.ts';

test('the same graph is followed every time, and judged by its cost', () => {
  const one = measureClosures(60, 180);
  expect(measureClosures(60, 180).reached).toBe(one.reached);
  expect(one.reached).toBeGreaterThan(60);
  expect(toClosureVerdict({ ...one, cpuSeconds: 4.9 })).toMatchObject({ isMet: true });
  expect(toClosureVerdict({ ...one, cpuSeconds: 5.1 })).toMatchObject({ isMet: false });
});
