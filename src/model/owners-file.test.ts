import { expect, test } from 'vitest';
import { type OwnersFile, toOwnedTogether, toOwnPart } from './owners-file.ts';

const [ada, engines, looms] = ['user:default/ada', 'group:default/engines', 'group:default/looms'];
const file: OwnersFile = {
  version: 1,
  kinds: [
    { kind: 'component', plural: 'components', one: 'Component', many: 'Components' },
    { kind: 'system', plural: 'systems', one: 'System', many: 'Systems' },
  ],
  owners: {
    [engines]: {
      title: 'Engines',
      counts: { component: 3, system: 1 },
      systems: [{ ref: 'system:default/mill', title: 'Mill' }],
      problems: { error: 1, hint: 2 },
    },
    [looms]: {
      title: 'Looms',
      counts: { component: 2, system: 1 },
      systems: [{ ref: 'system:default/mill', title: 'Mill' }],
      problems: { hint: 1 },
    },
  },
  shared: [
    { kind: 'component', owners: [engines, looms], count: 1 },
    { kind: 'system', owners: [engines, looms], count: 1 },
  ],
};

test.each([
  ['one group', [ada, engines], ['3 Components', '1 System'], { error: 1, hint: 2 }],
  ['two groups that share things', [ada, engines, looms], ['4 Components', '1 System'], { error: 1, hint: 3 }],
  ['a group that owns nothing', [ada, 'group:default/none'], [], {}],
])('what is owned together by %s is counted once', (_, mine, words, problems) => {
  const together = toOwnedTogether(file, mine);
  expect(together.kinds.map((kind) => `${kind.count} ${kind.words}`)).toEqual(words);
  expect(together.problems).toEqual(problems);
  expect(together.systems.length).toBe(words.length > 0 ? 1 : 0);
});

test('a tab keeps only what is its reader’s, and that adds up to the same', () => {
  const part = toOwnPart(file, [ada, looms]);
  expect(Object.keys(part.owners)).toEqual([looms]);
  expect(part.shared).toEqual([]);
  expect(toOwnedTogether(part, [ada, looms])).toEqual(toOwnedTogether(file, [ada, looms]));
});
