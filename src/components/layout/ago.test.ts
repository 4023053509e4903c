import { expect, test } from 'vitest';
import { formatAge, formatAgo } from './ago.ts';

const [minute, hour, day] = [60, 3600, 86_400];

test.each([
  [0, 'this minute'],
  [59, '1 minute ago'],
  [5 * hour, '5 hours ago'],
  [day, 'yesterday'],
  [3 * day, '3 days ago'],
  [8 * day, 'last week'],
])('%i seconds ago is %s', (seconds, words) => {
  expect(formatAgo(seconds)).toBe(words);
});

test.each([
  [0, '1 minute'],
  [90 * minute, '90 minutes'],
  [36 * hour, '36 hours'],
  [2 * day, '2 days'],
  [13 * day, '13 days'],
  [15 * day, '2 weeks'],
])('what is %i seconds old is %s old', (seconds, words) => {
  expect(formatAge(seconds)).toBe(words);
});
