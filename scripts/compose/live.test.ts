import { expect, test } from 'vitest';
import { noDocs } from '#model/docs.ts';
import { proxyCatalogPath, proxyCatalogSchema, toSecretKey } from '#model/live/catalog.ts';
import { compose } from './compose.ts';
import { toCatalog, toYaml } from './fixture.ts';

const yaml = [
  toYaml(
    'Component',
    'checkout',
    ['type: service', 'lifecycle: production', 'owner: pay', 'system: shop'],
    [
      'title: Checkout',
      'annotations:',
      '  argocd/app-name: checkout-prod',
      '  pagerduty.com/integration-key: ${PD_KEY}',
      '  portolan.io/kubernetes-logs: "true"',
      '  example.org/note: nobody asks by this',
    ],
  ),
  toYaml('Component', 'plain', ['type: library', 'lifecycle: production', 'owner: pay']),
  toYaml('System', 'shop', ['owner: pay']),
  toYaml('Group', 'pay', ['type: team', 'parent: money', 'children: []']),
  toYaml('Group', 'money', ['type: department', 'children: []']),
  toYaml(
    'User',
    'ada',
    ['memberOf: [pay]', 'profile: {email: Ada@Example.org}'],
    ['annotations:', '  github.com/user-login: AdaL'],
  ),
].join('---\n');

const docs = { docs: noDocs, findText: () => [], staleAfter: 365 };
const composeWith = (live: { argocd?: string } | undefined) =>
  compose(toCatalog(yaml), { home: '', base: '/', live }, docs as never);
const find = (live: { argocd?: string } | undefined, path: string) =>
  [...composeWith(live).files].find((file) => file.path === path)?.text;
const findPage = (live: { argocd?: string } | undefined, path: string) =>
  [...composeWith(live).pages.entity].find((page) => page.path === path)?.view;

test('the proxy is told what it asks by, and whom it may meet', () => {
  const file = proxyCatalogSchema.parse(JSON.parse(find({}, proxyCatalogPath) ?? ''));
  expect(file.entities).toEqual([
    {
      ref: 'component:default/checkout',
      title: 'Checkout',
      annotations: {
        'argocd/app-name': 'checkout-prod',
        'pagerduty.com/integration-key': toSecretKey('PD_KEY'),
        'portolan.io/kubernetes-logs': 'true',
      },
      owners: ['group:default/money', 'group:default/pay'],
      system: 'system:default/shop',
    },
  ]);
  expect(file.people).toEqual([
    {
      ref: 'user:default/ada',
      title: 'ada',
      email: 'ada@example.org',
      login: 'adal',
      groups: ['group:default/money', 'group:default/pay'],
    },
  ]);
});

test('no file of a site says the name of a secret', () => {
  for (const { path, text } of composeWith({}).files) expect(text, path).not.toContain('PD_KEY');
});

test('a page has room for the widgets of its entity, with ways to the systems that own them', () => {
  const view = findPage({ argocd: 'https://argocd.example.org' }, '/catalog/default/component/checkout/');
  expect(view?.live.map(({ id, links }) => [id, links.map(({ url }) => url)])).toEqual([
    ['argocd', ['https://argocd.example.org/applications/checkout-prod']],
    ['pagerduty', ['https://app.pagerduty.com/service-directory']],
  ]);
});

test('without a proxy there is nothing live, and no catalog for it', () => {
  expect(find(undefined, proxyCatalogPath)).toBeUndefined();
  const view = findPage(undefined, '/catalog/default/component/checkout/');
  expect(view?.live).toEqual([]);
  expect(JSON.stringify(view)).not.toContain('"widgets"');
});

test('where readers sign in and nothing is live, the catalog for the proxy holds people alone', () => {
  const { files } = compose(toCatalog(yaml), { home: '', base: '/', hasSignIn: true }, docs as never);
  const text = [...files].find(({ path }) => path === proxyCatalogPath)?.text;
  const { entities, people } = proxyCatalogSchema.parse(JSON.parse(text ?? ''));
  expect([entities, people.map(({ ref }) => ref)]).toEqual([[], ['user:default/ada']]);
});

test('a group has on call what it and its sub-groups own', () => {
  const money = findPage({}, '/catalog/default/group/money/');
  expect(money?.onCall.map(({ ref }) => ref)).toEqual(['component:default/checkout']);
});

test('keys of secrets differ and are always the same', () => {
  expect(toSecretKey('PD_KEY')).toMatch(/^secret:[0-9a-f]{16}$/);
  expect(toSecretKey('PD_KEY')).toBe(toSecretKey('PD_KEY'));
  expect(toSecretKey('PD_KEY')).not.toBe(toSecretKey('PD_KEX'));
});
