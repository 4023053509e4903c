import { expect, test } from 'vitest';
import { toEntityPage } from './entity-page.ts';
import { toCatalog, toYaml } from './fixture.ts';
import { toHomePage } from './home-page.ts';
import { toSurroundings } from './surroundings.ts';

const service = (name: string, ...more: string[]) =>
  toYaml('Component', name, ['type: service', 'lifecycle: production', 'owner: team-a', ...more]);

const shop = [
  service(
    'checkout',
    'system: payments',
    'providesApis: [checkout-api]',
    'dependsOn: [component:stock, component:gone]',
  ),
  service('stock', 'subcomponentOf: checkout'),
  service('web', 'consumesApis: [checkout-api]'),
  service('till', 'dependsOn: [component:checkout]'),
  toYaml('API', 'checkout-api', ['type: openapi', 'lifecycle: production', 'owner: team-b', 'definition: "a\\nb"']),
  toYaml('System', 'payments', ['owner: team-a']),
  toYaml('Group', 'root', ['type: root', 'children: [team-a, team-b]']),
  toYaml('Group', 'team-a', ['type: team', 'children: []', 'profile: {displayName: Team A, email: a@acme.io}']),
  toYaml('Group', 'team-b', ['type: team', 'children: []']),
  toYaml('User', 'ann', ['memberOf: [team-a]']),
  toYaml('User', 'bob', ['memberOf: [team-b]']),
];

const pageOf = (ref: string, yaml = shop.join('---\n')) => {
  const around = toSurroundings(toCatalog(yaml));
  const entry = around.catalog.entities.get(ref);
  if (!entry) throw new Error(`${ref} is not in the fixture`);
  return toEntityPage(entry, around);
};

const refs = (lines: { ref: string }[]) => lines.map(({ ref }) => ref);

test('a page answers whose it is, with the people and how to reach them', () => {
  const [owner] = pageOf('component:default/checkout').owners;
  expect(owner).toMatchObject({ link: { label: 'Team A' }, people: 1, contacts: [{ url: 'mailto:a@acme.io' }] });
});

test('what is hit holds dependents, subcomponents apart, and consumers of the APIs it provides', () => {
  const rows = pageOf('component:default/checkout').blast?.byTeam.flatMap((team) => team.rows);
  expect(rows?.map(({ line, through, firstPath }) => [line.ref, through, firstPath])).toEqual([
    ['component:default/till', [], undefined],
    ['component:default/web', ['checkout-api'], '/catalog/default/api/checkout-api/'],
  ]);
});

test('a missing target is shown as missing, without an address', () => {
  const gone = pageOf('component:default/checkout').needs.find(({ ref }) => ref === 'component:default/gone');
  expect(gone).toMatchObject({ absent: 'missing', label: 'gone' });
  expect(gone).not.toHaveProperty('path');
});

test.each([
  ['component:default/checkout', ['provides', 'subcomponents']],
  ['system:default/payments', ['components']],
  ['api:default/checkout-api', ['provided-by']],
  ['group:default/root', ['sub-groups']],
  ['user:default/ann', ['teams']],
])('%s has the tables of its kind', (ref, ids) => {
  expect(pageOf(ref).sections.map(({ id }) => id)).toEqual(ids);
});

test('a group owns what its sub-groups own, each thing counted once', () => {
  const { ownership, members } = pageOf('group:default/root');
  expect(ownership?.counts).toEqual([
    { kind: 'API', plural: 'apis', type: 'openapi', direct: 0, indirect: 1 },
    { kind: 'Component', plural: 'components', type: 'service', direct: 0, indirect: 4 },
    { kind: 'System', plural: 'systems', type: '', direct: 0, indirect: 1 },
  ]);
  expect(members.map(({ link, through }) => [link.ref, through?.ref])).toEqual([
    ['user:default/ann', 'group:default/team-a'],
    ['user:default/bob', 'group:default/team-b'],
  ]);
});

test('a user owns through the teams they are in', () => {
  expect(refs(pageOf('user:default/bob').ownership?.through[0]?.lines ?? [])).toEqual(['api:default/checkout-api']);
});

test('groups that are each their own ancestor come to an end', () => {
  const circle = [
    toYaml('Group', 'x', ['type: team', 'children: [y]']),
    toYaml('Group', 'y', ['type: team', 'children: [x]']),
    toYaml('System', 's', ['owner: y']),
  ];
  expect(pageOf('group:default/x', circle.join('---\n')).ownership?.counts).toEqual([
    { kind: 'System', plural: 'systems', type: '', direct: 0, indirect: 1 },
  ]);
});

test('where it is written leads to the line on the forge, and an edit link to the branch', () => {
  expect(pageOf('component:default/web').source).toMatchObject({
    url: 'https://github.com/acme/shop/blob/main/file-2.yaml#L1',
    editUrl: 'https://github.com/acme/shop/edit/main/file-2.yaml',
  });
});

test.each([
  ['Hello <script>alert(1)</script>', '<p>Hello &lt;script&gt;alert(1)&lt;/script&gt;</p>\n'],
  ['[x](javascript:alert(1))', '<p>[x](javascript:alert(1))</p>\n'],
  ['![x](https://evil.example/pixel.png)', '<p><a href="https://evil.example/pixel.png" rel="noopener">x</a></p>\n'],
  ['**bold**', '<p><strong>bold</strong></p>\n'],
  ['plain', '<p>plain</p>'],
])('a description %j becomes safe HTML', (description, html) => {
  const yaml = toYaml('System', 's', ['owner: team-a'], [`description: ${JSON.stringify(description)}`]);
  expect(pageOf('system:default/s', yaml).descriptionHtml).toBe(html);
});

test('a credential in clear text is nowhere on the page', () => {
  const yaml = toYaml(
    'Component',
    'c',
    ['type: service', 'lifecycle: production', 'owner: a'],
    ['annotations: {pagerduty.com/integration-key: 0123456789abcdef0123456789abcdef}'],
  );
  const page = pageOf('component:default/c', yaml);
  expect(JSON.stringify(page)).not.toContain('0123456789abcdef');
  expect(page.problems.map(({ code }) => code)).toContain('secret-in-clear');
});

test('a page says since when its repository could not be read', () => {
  const around = toSurroundings(toCatalog(shop.join('---\n'), { staleSince: '2026-11-12T03:00:00Z' }));
  const [entry] = around.catalog.entities.values();
  expect(entry && toEntityPage(entry, around).source.staleSince).toBe('2026-11-12T03:00:00Z');
  expect(toHomePage(around, '').stale).toEqual({ count: 1, total: 1 });
  expect(toHomePage(toSurroundings(toCatalog(shop.join('---\n'))), '').stale).toBeUndefined();
});
