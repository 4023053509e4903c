import { expect, test } from 'vitest';
import type { Catalog } from '#model/catalog.ts';
import { type Problem, toProblem } from '#model/problems.ts';
import { formatSummary, listNew, type Outcome, toMarkdownText } from './summary.ts';

const at = (line: number, path = 'catalog-info.yaml') => ({ repository: 'acme/orders', path, line, column: 1 });
const lost = (path: string, line = 3) => toProblem('configuration-missing', { path }, { place: at(line) });

function toOutcome(problems: Problem[], more: Partial<Outcome> = {}): Outcome {
  const entities: Catalog['entities'] = new Map();
  const repositories = [{ id: 'acme/orders' }, { id: 'acme/old', staleSince: '2026-03-01T04:00:00Z' }];
  return {
    title: 'Acme',
    catalog: { entities, problems, repositories },
    last: {},
    reading: '',
    costs: [{ name: 'read', seconds: 2.04 }],
    peakKilobytes: 204_800,
    ...more,
  };
}

test('a problem is the same one when only its line has moved, and counts as often as it is there', () => {
  const before = [lost('a', 3), lost('b'), lost('b')];
  expect(listNew([lost('a', 90), lost('b'), lost('b'), lost('b'), lost('c')], before)).toEqual([lost('b'), lost('c')]);
});

test('numbers, their changes, what is new and what is gone', () => {
  const last = { entities: 4, problems: [lost('a'), lost('b'), lost('c')] };
  const text = formatSummary(toOutcome([lost('a'), lost('new')], { last, pages: { rendered: 12, total: 1200 } }));
  expect(text).toContain('| Entities | 0 | −4 |');
  expect(text).toContain('| Errors | 2 | −1 |');
  expect(text).toContain('| Hints | 0 | ±0 |');
  expect(text).toContain('| Pages rendered | 12 of 1,200 |  |');
  expect(text).toContain('### New problems: 1');
  expect(text).toContain('- **error** `acme/orders/catalog-info.yaml:3:1`');
  expect(text).toContain('2 of the last build are gone.');
  expect(text).toContain('1 of 2 repositories\n\n- `acme/old`, read last on 2026-03-01');
  expect(text).toContain('| read | 2.0 s |\n| memory, at most | 200 MB |');
});

test('without a last build nothing is called new', () => {
  const text = formatSummary(toOutcome([lost('a')]));
  expect(text).toContain('| Errors | 1 |  |');
  expect(text).toContain('no last build');
  expect(text).not.toContain('New problems');
});

test('of many new problems the first twenty stand there, the gravest first', () => {
  const many = Array.from({ length: 31 }, (_, index) => lost(`file-${index}`));
  const hint = toProblem('github-people-unasked', { organization: 'acme' });
  const text = formatSummary(toOutcome([hint, ...many], { last: { problems: [] } }));
  expect(text.match(/^- \*\*error/gm)).toHaveLength(20);
  expect(text).not.toContain('**hint**');
  expect(text).toContain('- … and 12 more');
});

test('a refusal stands first, and says that the portal stays', () => {
  const refusal = {
    message: 'The catalog has 1 entity.\n  warehouse lost all of 4.',
    hint: 'Build with --accept-drop.',
  };
  const text = formatSummary(toOutcome([], { refusal }));
  expect(text.indexOf('stays as it was')).toBeLessThan(text.indexOf('| Entities'));
  expect(text).toContain('> warehouse lost all of 4.');
  expect(text).not.toContain('Pages rendered');
});

test.each([
  ['The owner `group:a|b` is defined nowhere.', 'The owner `group:a|b` is defined nowhere.'],
  ['[click](https://evil.example) <img src=x>', '\\[click\\]\\(https://evil.example\\) \\<img src=x\\>'],
  ['one ` alone, **bold**', 'one \\` alone, \\*\\*bold\\*\\*'],
  ['a\n\n# heading\u0007\u202e', 'a \\# heading'],
  ['@team, see #12', '\\@team, see \\#12'],
])('%j means nothing in Markdown', (text, expected) => expect(toMarkdownText(text)).toBe(expected));

test('what GitHub reading said cannot leave its block', () => {
  const text = formatSummary(toOutcome([], { reading: 'Listed 3.\n```\n<b>out</b>' }));
  expect(text.match(/```/g)).toHaveLength(2);
});
