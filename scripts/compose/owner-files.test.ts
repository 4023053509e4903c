import { expect, test } from 'vitest';
import { type OwnersFile, toOwnedTogether } from '#model/owners-file.ts';
import { toCatalog, toYaml } from './fixture.ts';
import { listOwnerFiles } from './owner-files.ts';
import { toSurroundings } from './surroundings.ts';

const service = (owner: string) => ['type: service', 'lifecycle: production', `owner: ${owner}`];
const yaml = [
  toYaml('Group', 'looms', ['type: team', 'children: []'], ['title: Looms']),
  toYaml('Group', 'idle', ['type: team', 'children: []']),
  toYaml('User', 'ada', ['memberOf: [looms]']),
  toYaml('User', 'bob', ['memberOf: [looms]']),
  toYaml('System', 'mill', ['owner: looms']),
  toYaml('Component', 'shuttle', service('looms')),
  toYaml('Component', 'reed', [...service('user:ada'), 'owners: [looms]']),
  toYaml('Component', 'lost', service('nowhere')),
];
const [written] = listOwnerFiles(toSurroundings(toCatalog(yaml.join('---\n'))));
const file: OwnersFile = JSON.parse(written?.text ?? '');

test('every group is named, and of users those who own something', () => {
  expect(written?.path).toBe('/api/owners.json');
  expect(Object.keys(file.owners)).toEqual(['group:default/idle', 'group:default/looms', 'user:default/ada']);
  expect(file.owners['group:default/looms']).toMatchObject({
    title: 'Looms',
    counts: { component: 2, system: 1 },
    systems: [{ ref: 'system:default/mill', title: 'mill' }],
  });
});

test('what two of a reader’s owners share is counted once', () => {
  const { kinds } = toOwnedTogether(file, ['user:default/ada', 'group:default/looms']);
  expect(kinds).toEqual([
    { plural: 'components', words: 'Components', count: 2 },
    { plural: 'systems', words: 'System', count: 1 },
  ]);
});
