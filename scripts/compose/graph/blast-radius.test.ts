import { describe, expect, test } from 'vitest';
import { findBlastReport } from '#model/blast-report.ts';
import { formatBlastRadius, formatWay } from '#model/blast-words.ts';
import { toYaml } from '../fixture.ts';
import { findBlastRadius } from './blast-radius.ts';
import { findTier } from './estate.ts';
import { api, service, toSources } from './fixture.ts';
import { toGraphFile } from './graph-file.ts';

const group = (name: string, more: string[] = []) => toYaml('Group', name, ['type: team', 'children: []', ...more]);
const resource = (name: string) => toYaml('Resource', name, ['type: database', 'owner: team-a']);

const shop = [
  service('checkout', ['providesApis: [checkout-api]', 'dependsOn: [resource:kafka, resource:checkout-db]']),
  api('checkout-api'),
  service('bff', ['consumesApis: [checkout-api]', 'dependsOn: [resource:kafka]'], ['tags: [tier-1]']),
  service('web', ['dependsOn: [component:bff]']).replace('team-a', 'team-b'),
  service('till', ['dependsOn: [component:checkout]'], ['labels: {acme.io/tier: "2"}']).replace('team-a', 'gone'),
  resource('kafka'),
  resource('checkout-db'),
  group('team-a', ['profile: {displayName: "=cmd()", email: a@acme.io}']),
  group('team-b'),
];

const radiusOf = (ref: string, documents = shop) => findBlastRadius(toSources(documents), ref);

describe('findBlastRadius', () => {
  test('lists by team what is hit, how far away, by which way, and what both use', () => {
    const teams = radiusOf('component:default/checkout')?.byTeam.map(({ owner, contacts, count, rows }) => [
      owner?.ref,
      owner?.absent,
      contacts.map(({ url }) => url),
      count,
      rows.map(({ line, tier, through, shared = [] }) =>
        [line.label, tier, formatWay({ through }), ...shared.map(({ label }) => label)].join(' '),
      ),
    ]);
    expect(teams).toEqual([
      ['group:default/team-a', undefined, ['mailto:a@acme.io'], 1, ['bff 1 through checkout-api kafka']],
      ['group:default/gone', 'missing', [], 1, ['till 2 directly']],
      ['group:default/team-b', undefined, [], 1, ['web  through checkout-api, bff']],
    ]);
  });

  test('says so in words, with APIs apart', () => {
    const radius = radiusOf('component:default/checkout');
    expect(radius && formatBlastRadius(radius)).toBe(
      '3 things in 3 teams depend on this: 2 directly, 1 through others; 1 is tier-1, 1 is tier-2. 1 API fails with it.',
    );
  });

  test.each([
    ['an API whose consumers depend on it', 'api:default/checkout-api', 2],
    ['a resource, through whatever uses it', 'resource:default/kafka', 4],
    ['something that nothing needs', 'component:default/web', undefined],
    ['something that is not there', 'component:default/none', undefined],
    ['somebody', 'group:default/team-a', undefined],
  ])('of %s', (_what, ref, total) => {
    expect(radiusOf(ref)?.total).toBe(total);
  });

  test('counts everything and names the nearest where there is too much to name', () => {
    const many = Array.from({ length: 130 }, (_, at) => service(`user-${at}`, ['dependsOn: [resource:kafka]']));
    const radius = radiusOf('resource:default/kafka', [...many, resource('kafka')]);
    expect(radius).toMatchObject({ total: 130, direct: 130, left: 110 });
    expect(radius?.byTeam[0]).toMatchObject({ count: 130, rows: { length: 20 } });
  });

  test('goes round a circle once and never names the thing itself', () => {
    const circle = [service('a', ['dependsOn: [component:b]']), service('b', ['dependsOn: [component:a]'])];
    expect(radiusOf('component:default/a', circle)?.byTeam[0]?.rows.map(({ line }) => line.ref)).toEqual([
      'component:default/b',
    ]);
  });
});

test('the file of everything tells the browser enough to say the same in files, of any size', () => {
  const file = toGraphFile(toSources(shop));
  const report = findBlastReport(file, 'component:default/checkout');
  expect(report && formatBlastRadius(report)).toBe(
    '3 things in 3 teams depend on this: 2 directly, 1 through others; 1 is tier-1, 1 is tier-2. 1 API fails with it.',
  );
  expect(report?.owners.map(({ owner }) => [owner?.ref, owner?.contacts?.map(({ url }) => url)])).toEqual([
    ['group:default/team-a', ['mailto:a@acme.io']],
    ['group:default/gone', undefined],
    ['group:default/team-b', undefined],
  ]);
});

test.each([
  [['tags: [tier-1]'], 1],
  [['labels: {tier: "3"}'], 3],
  [['annotations: {acme.io/tier: tier-2}'], 2],
  [['tags: [tier-3]', 'labels: {tier: "1"}'], 1],
  [['tags: [frontier-1, tier]', 'labels: {tier: gold}'], undefined],
])('of %j the tier is %j', (metadata, tier) => {
  const entry = toSources([service('a', [], metadata)]).catalog.entities.get('component:default/a');
  expect(entry && findTier(entry)).toBe(tier);
});
