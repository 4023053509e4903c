import { expect, test } from 'vitest';
import { createLocator } from './positions.ts';

test('finds texts by line and column, in any order, and what is not there at the beginning', () => {
  const locate = createLocator('one\n two\nthree one two\n');
  expect(['two', 'three', 'one', 'two', 'four', ' two'].map(locate)).toEqual([
    { line: 2, column: 2 },
    { line: 3, column: 1 },
    { line: 3, column: 7 },
    { line: 2, column: 2 },
    { line: 1, column: 1 },
    { line: 2, column: 1 },
  ]);
});
