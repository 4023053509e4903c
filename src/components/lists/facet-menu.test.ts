import { expect, test } from 'vitest';
import { listChoices } from './facet-menu.client.ts';

const column = { values: ['go', 'java', 'pci', 'rust'], labels: { 0: 'Go' }, cells: [] };

test('a menu lists what leaves a row or is chosen, the most frequent first, none last', () => {
  const choices = listChoices({ column, counts: { values: [1, 3, 0, 0], none: 9 }, chosen: ['rust'] });
  expect(choices).toEqual([
    { value: 'java', label: 'java', count: 3 },
    { value: 'go', label: 'Go', count: 1 },
    { value: 'rust', label: 'rust', count: 0 },
    { value: '', label: 'none', count: 9 },
  ]);
});
