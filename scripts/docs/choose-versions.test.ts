import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Version } from '#model/catalog.ts';
import { chooseVersions, listRulesFor, toSlugs, type VersionRule } from './choose-versions.ts';

const rule = (row: Partial<VersionRule> = {}): VersionRule => ({ pattern: ['**'], count: 50, type: 'tags', ...row });
const tags = (names: string[]) => names.map((name): Version => ({ name, type: 'tag', commit: name }));
const branches = (names: string[]) => names.map((name): Version => ({ name, type: 'branch', commit: name }));
const choose = (versions: Version[], ...rules: VersionRule[]) =>
  chooseVersions(versions, rules, 'main').map(({ name }) => name);

test.each([
  ['numbers are compared as numbers', ['v1.10', 'v1.9', 'v1.2']],
  ['a shorter number is filled up', ['v2', 'v1.0.1', 'v1', 'v0.9']],
  ['prefixes do not matter', ['release/3.0', 'v2.1', '1.9', 'release-1.2']],
  ['dates', ['2025.10.1', '2025.9.30', '2024.12']],
  ['releases, then what is to come', ['v2.0', 'v1.0', 'v3.0-rc.10', 'v3.0-rc.9', 'v3.0-beta', 'v2.0-rc.1']],
  ['Python’s spelling of pre-releases', ['1.0', '2.0rc1', '2.0b2']],
  ['words that stand for a release', ['v5-lts', 'v4.0.Final', 'v3-rc1']],
  ['build numbers do not count', ['v1.1+build.9', 'v1.0+build.10']],
  ['names without a number after releases, by name', ['v1', 'next', 'stable', 'v2-rc']],
])('%s', (_name, expected) => {
  const mixed = [...expected.slice(2).toReversed(), ...expected.slice(0, 2).toReversed()];
  expect(choose(tags(mixed), rule())).toEqual(expected);
});

test('the order does not depend on the order in which a forge lists', () => {
  const name = fc.stringMatching(/^v?[0-9]{0,2}(\.[0-9]{1,2})?(-?(rc|beta)?[0-9]?)$/);
  fc.assert(
    fc.property(fc.uniqueArray(name, { maxLength: 8 }), fc.nat(), (names, turn) => {
      const at = turn % Math.max(names.length, 1);
      const turned = [...names.slice(at), ...names.slice(0, at)].toReversed();
      expect(choose(tags(turned), rule())).toEqual(choose(tags(names), rule()));
    }),
  );
});

const some = [
  ...tags(['v1.0.0', 'v1.0.1', 'v1.1.0', 'v2.0.0', 'v2.1.0-rc1', 'x/v9']),
  ...branches(['main', 'v1.x', 'release/1', 'a/b/c']),
];

test.each<[Partial<VersionRule>, string[]]>([
  [{ pattern: ['v*'], count: 2 }, ['v2.0.0', 'v1.1.0']],
  [{ pattern: ['v*'] }, ['v2.0.0', 'v1.1.0', 'v1.0.1', 'v1.0.0', 'v2.1.0-rc1']],
  [{ pattern: ['v*', '!*-*'], count: 9 }, ['v2.0.0', 'v1.1.0', 'v1.0.1', 'v1.0.0']],
  [{ pattern: ['!v1*', '!*rc*'] }, ['x/v9', 'v2.0.0']],
  [{ pattern: ['v*'], per: 'minor' }, ['v2.0.0', 'v1.1.0', 'v1.0.1', 'v2.1.0-rc1']],
  [{ pattern: ['v*'], per: 'major' }, ['v2.0.0', 'v1.1.0']],
  [{ pattern: ['v{1,2}.0.*'] }, ['v2.0.0', 'v1.0.1', 'v1.0.0']],
  [{ pattern: ['x/*'] }, ['x/v9']],
  [{ pattern: ['*'], type: 'branches' }, ['v1.x']],
  [{ pattern: ['release/*', 'a/**'], type: 'branches' }, ['release/1', 'a/b/c']],
  [{ pattern: ['nothing'] }, []],
])('%j chooses %j', (row, expected) => {
  expect(choose(some, rule(row))).toEqual(expected);
});

test('rules follow each other, and a version that two choose is there once', () => {
  const rules = [
    rule({ pattern: ['v2*'] }),
    rule({ type: 'branches', pattern: ['v*'] }),
    rule({ pattern: ['v2.0*', 'x/*'] }),
  ];
  expect(choose(some, ...rules)).toEqual(['v2.0.0', 'v2.1.0-rc1', 'v1.x', 'x/v9']);
});

test.each([
  [undefined, true],
  [['acme/*'], true],
  [['shop'], true],
  [['sh*'], true],
  [['other/*', 'acme/shop'], true],
  [['other/*'], false],
])('a rule for %j is for the repository: %s', (repositories, expected) => {
  const repository = { id: 'shop', url: 'https://github.com/acme/shop' };
  expect(listRulesFor(repository, [rule({ repositories })])).toHaveLength(expected ? 1 : 0);
});

test.each([
  [
    ['v1.2', 'release/1.2', 'v1.0+build'],
    ['v1.2', 'release-1.2', 'v1.0-build'],
  ],
  [
    ['a/b', 'a-b', 'A-B', 'a-b-2'],
    ['a-b', 'a-b-2', 'A-B-3', 'a-b-2-2'],
  ],
  [
    ['../x', '..', '%2e%2e', '-', 'ü', 'a@b'],
    ['x', 'version', '2e-2e', 'version-2', 'ü', 'a-b'],
  ],
  [['v'.repeat(100)], ['v'.repeat(60)]],
])('%j are addressed as %j', (names, slugs) => {
  expect(toSlugs(names)).toEqual(slugs);
});
