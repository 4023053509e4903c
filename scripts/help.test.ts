import { expect, test } from 'vitest';
import { defineCommand } from './commands/define.ts';
import { formatCommandHelp } from './help.ts';

const command = defineCommand({
  options: { keep: { type: 'string', value: 'N', about: 'How many releases of the site can be put back' } },
  run: async () => 0,
});
const row = { name: 'send', words: 'place', about: 'Sends it.', load: async () => command };

test.each([
  [Number.POSITIVE_INFINITY, ['  --keep N  How many releases of the site can be put back']],
  [46, ['  --keep N  How many releases of the site can', '            be put back']],
  [30, ['  --keep N', '      How many releases of the', '      site can be put back']],
])('in %d columns a text stands beside its word while there is room', (width, lines) => {
  const help = formatCommandHelp(row, command, width).split('\n');
  expect(help.filter((line) => line.startsWith(' '))).toEqual(lines);
  for (const line of help) expect(line.length).toBeLessThanOrEqual(width);
});
