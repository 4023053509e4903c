import { expect, test } from 'vitest';
import { formatTable, toNumberCell } from './table.ts';

test('texts stand at the left, numbers at the right, and no line ends in blanks', () => {
  const rows = [
    [{ text: 'read' }, toNumberCell(1234.5, 1), { text: '' }],
    [{ text: 'compose …' }, toNumberCell(undefined), { text: 'slow' }],
  ];
  expect(formatTable(['stage', 'n', 'remark'], rows)).toBe(
    [
      '  stage            n  remark',
      '  ─────────  ───────  ──────',
      '  read       1,234.5',
      '  compose …      n/a  slow',
      '',
    ].join('\n'),
  );
});

test.each([
  [12345, 0, '12,345'],
  [0.5, 2, '0.50'],
  [undefined, 2, 'n/a'],
])('%s with %i decimals is %s', (value, decimals, text) => {
  expect(toNumberCell(value, decimals).text).toBe(text);
});
