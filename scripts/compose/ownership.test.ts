import { expect, test } from 'vitest';
import { toCatalog, toYaml } from './fixture.ts';
import { listOwnershipFiles, listOwnershipPages } from './ownership.ts';
import { toShownCatalog } from './shown.ts';
import { toSurroundings } from './surroundings.ts';

const toService = (name: string, metadata: string[] = [], owner = 'owner: team') =>
  toYaml('Component', name, ['type: service', 'lifecycle: production', owner], metadata);

const team = [
  toYaml('Group', 'team', ['type: team', 'children: []', 'profile: {displayName: The team, email: team@acme.io}']),
  toYaml('User', 'ann', ['memberOf: [team]', 'profile: {email: ann@acme.io}']),
];

function open(...yaml: string[]) {
  const around = toSurroundings(toShownCatalog(toCatalog([...yaml, ...team].join('---\n'))));
  const files = new Map([...listOwnershipFiles(around)].map(({ path, text }) => [path, text]));
  const text = files.get('/api/ownership.json') ?? '';
  return {
    text,
    file: JSON.parse(text),
    rows: files.get('/ownership/rows.json') ?? '',
    pages: [...listOwnershipPages(around)],
  };
}

const cart = 'component:default/cart';

test.each([
  ['the repository it was read from', [], 'repository', ['acme/shop']],
  ['the address of that', [], 'repositoryUrl', ['https://github.com/acme/shop']],
  [
    'the repository it names',
    ['annotations: {github.com/project-slug: Acme/Cart}'],
    'repository',
    ['acme/cart', 'acme/shop'],
  ],
  [
    'the place of its source',
    ['annotations: {backstage.io/source-location: "url:https://git.acme.io/a/b/c/-/tree/main/x/"}'],
    'repositoryUrl',
    ['https://git.acme.io/a/b/c'],
  ],
  ['a Kubernetes id', ['annotations: {backstage.io/kubernetes-id: cart}'], 'kubernetesId', ['cart']],
  [
    'a label selector, in order',
    ['annotations: {backstage.io/kubernetes-label-selector: "b=2, a=1"}'],
    'kubernetesLabelSelector',
    ['a=1,b=2'],
  ],
  ['an application', ['annotations: {argocd/app-name: cart-prod}'], 'argocdApplication', ['cart-prod']],
  ['a service of PagerDuty', ['annotations: {pagerduty.com/service-id: PABC123}'], 'pagerdutyService', ['PABC123']],
  ['rules', ['annotations: {prometheus.io/rule: "a:b, c|d"}'], 'prometheusRule', ['a:b', 'c']],
  ['no expressions', ['annotations: {prometheus.io/rule: "sum(rate(a[5m]))"}'], 'prometheusRule', []],
  ['alerts', ['annotations: {prometheus.io/alert: "Down, Slow"}'], 'prometheusAlert', ['Down', 'Slow']],
  ['all alerts are no name', ['annotations: {prometheus.io/alert: all}'], 'prometheusAlert', []],
  [
    'hosts of links',
    ['links: [{url: "https://Shop.acme.io:8443/x"}, {url: "mailto:a@acme.io"}, {url: "slack://x"}]'],
    'domain',
    ['shop.acme.io'],
  ],
])('%s', (_name, metadata, kind, keys) => {
  const { file } = open(toService('cart', metadata));
  expect(Object.entries(file.keys[kind])).toEqual(keys.map((key) => [key, [cart]]));
});

test('a key leads to entities, these to owners, and these to people and ways to reach them', () => {
  const { file } = open(toService('cart', ['annotations: {backstage.io/kubernetes-id: cart}']));
  expect(file.version).toBe(1);
  expect(file.entities[cart]).toEqual({
    title: 'cart',
    page: '/catalog/default/component/cart/',
    owners: ['group:default/team'],
    state: 'owned',
    systems: [],
  });
  expect(file.owners['group:default/team']).toEqual({
    title: 'The team',
    page: '/catalog/default/group/team/',
    contacts: [{ url: 'mailto:team@acme.io', title: 'team@acme.io' }],
    people: 1,
    members: [{ ref: 'user:default/ann', title: 'ann', email: 'ann@acme.io' }],
  });
});

test('who answers instead of nobody is told too', () => {
  const system = toYaml('System', 'shop', ['owner: team']);
  const { file } = open(toService('cart', [], 'owner: gone\n  system: shop'), system);
  expect(file.entities[cart]).toMatchObject({
    state: 'undefined',
    instead: { ref: 'system:default/shop', owners: ['group:default/team'] },
  });
  expect(file.owners['group:default/gone']).toMatchObject({ absent: 'missing', people: 0, members: [] });
});

test('a secret is no key, in whatever annotation it stands', () => {
  const secrets = [
    'annotations:',
    '  pagerduty.com/integration-key: ${PD_KEY}',
    '  pagerduty.com/service-id: ${PD_ID}',
    '  backstage.io/kubernetes-id: ${K8S}',
  ];
  const { text, rows, file } = open(toService('cart', secrets));
  for (const each of [text, rows]) expect(each).not.toMatch(/PD_KEY|PD_ID|K8S|secret of the proxy/);
  expect(file.keys.pagerdutyService).toEqual({});
});

test('names that mean something to programs are names like any other', () => {
  const { file } = open(toService('cart', ['annotations: {backstage.io/kubernetes-id: __proto__}']));
  expect(Object.keys(file.keys.kubernetesId)).toEqual(['__proto__']);
});

test('many keys take several pages, and each kind says on which it begins', () => {
  const services = Array.from({ length: 120 }, (_, at) =>
    toService(`s${at}`, [`annotations: {backstage.io/kubernetes-id: s${at}, pagerduty.com/service-id: P${1000 + at}}`]),
  );
  const { pages } = open(...services);
  expect(pages.map(({ path, view }) => [path, view.rows.length])).toEqual([
    ['/ownership/', 100],
    ['/ownership/2/', 100],
    ['/ownership/3/', 41],
  ]);
  expect(pages[0]?.view.kinds.map(({ path, count }) => [path, count])).toEqual([
    ['/ownership/#repository', 1],
    ['/ownership/#kubernetesId', 120],
    ['/ownership/2/#pagerdutyService', 120],
  ]);
  expect(pages[0]?.view.rows[0]).toMatchObject({ key: 'acme/shop', more: 116 });
});
