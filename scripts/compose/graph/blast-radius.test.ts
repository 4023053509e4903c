import { describe, expect, test } from 'vitest';
import { formatBlastRadius, formatWay } from '#model/blast-words.ts';
import { toYaml } from '../fixture.ts';
import { escapeMarkdown, formatCell, listBlastFiles } from './blast-files.ts';
import { fileRows, findBlastRadius, pageRows } from './blast-radius.ts';
import { findTier } from './estate.ts';
import { api, service, toSources } from './fixture.ts';

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

const radiusOf = (ref: string, documents = shop, limits = pageRows) =>
  findBlastRadius(toSources(documents), ref, limits);

describe('findBlastRadius', () => {
  test('lists by team what is hit, how far away, by which way, and what both use', () => {
    const teams = radiusOf('component:default/checkout')?.byTeam.map(({ owner, contacts, count, rows }) => [
      owner?.ref,
      owner?.absent,
      contacts.map(({ url }) => url),
      count,
      rows.map(({ line, tier, distance, through, shared }) =>
        [line.label, tier, distance, formatWay({ through }), ...shared.map(({ label }) => label)].join(' '),
      ),
    ]);
    expect(teams).toEqual([
      ['group:default/team-a', undefined, ['mailto:a@acme.io'], 1, ['bff 1 1 through checkout-api kafka']],
      ['group:default/gone', 'missing', [], 1, ['till 2 1 directly']],
      ['group:default/team-b', undefined, [], 1, ['web  2 through checkout-api, bff']],
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
    expect(radius).toMatchObject({ total: 130, direct: 130, left: 105 });
    expect(radius?.byTeam[0]).toMatchObject({ count: 130, rows: { length: 25 } });
  });

  test('goes round a circle once and never names the thing itself', () => {
    const circle = [service('a', ['dependsOn: [component:b]']), service('b', ['dependsOn: [component:a]'])];
    expect(radiusOf('component:default/a', circle)?.byTeam[0]?.rows.map(({ line }) => line.ref)).toEqual([
      'component:default/b',
    ]);
  });
});

describe('the files', () => {
  const files = () => {
    const sources = toSources(shop);
    const radius = findBlastRadius(sources, 'component:default/checkout', fileRows);
    return new Map(
      (radius ? listBlastFiles(sources.lookup.toLink('component:default/checkout'), radius) : []).map(
        ({ path, text }) => [path.slice(path.lastIndexOf('.') + 1), text],
      ),
    );
  };

  test('a spreadsheet gets a row a thing, and no cell that it could run', () => {
    const [head = '', first = ''] = files().get('csv')?.split('\r\n') ?? [];
    expect(head).toBe('team,team_ref,contact,name,ref,type,lifecycle,tier,distance,through,shared_resources');
    expect(first).toBe(
      `"'=cmd()",group:default/team-a,a@acme.io,bff,component:default/bff,service,production,1,1,checkout-api,kafka`,
    );
  });

  test('a program gets what the page says', () => {
    const said = JSON.parse(files().get('json') ?? '');
    expect(said).toMatchObject({ version: 1, ref: 'component:default/checkout', total: 3, direct: 2, left: 0 });
    expect(said.things.map(({ ref }: { ref: string }) => ref)).toContain('component:default/web');
  });

  test('a channel gets text that names teams and ways', () => {
    const text = files().get('md') ?? '';
    expect(text).toContain('## If checkout is down');
    expect(text).toContain('- bff (service, tier-1), through checkout-api');
  });

  test.each([
    ['=1+1', `"'=1+1"`],
    [' =1', `"' =1"`],
    ['+a', `"'+a"`],
    ['-a', `"'-a"`],
    ['@a', `"'@a"`],
    ['a,"b"', '"a,""b"""'],
    ['a\r\n=b', 'a =b'],
    ['plain', 'plain'],
  ])('the cell %j is written as %j', (text, cell) => {
    expect(formatCell(text)).toBe(cell);
  });

  test.each([
    ['[x](javascript:a)', '\\[x\\]\\(javascript\\:a\\)'],
    ['<!channel> @here', '\\<\\!channel\\> \\@here'],
    ['a\n# b', 'a \\# b'],
  ])('the name %j is written as %j', (text, written) => {
    expect(escapeMarkdown(text)).toBe(written);
  });
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
