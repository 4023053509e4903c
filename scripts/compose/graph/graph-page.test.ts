import { expect, test } from 'vitest';
import type { GraphFile } from '#model/graph.ts';
import type { GraphRow } from '#model/pages/graph-page.ts';
import { toYaml } from '../fixture.ts';
import { api, service, toSources } from './fixture.ts';
import { findGraphPath, findNeighbourhood, listGraphFiles, listGraphPages } from './graph-page.ts';
import { toLandscapePage } from './landscape.ts';

const system = (name: string, domain?: string) =>
  toYaml('System', name, ['owner: team-a', ...(domain === undefined ? [] : [`domain: ${domain}`])]);
const shop = [
  service('checkout', ['system: pay', 'providesApis: [pay-api]', 'dependsOn: [component:stock, component:gone]']),
  service('ledger', ['system: pay', 'dependsOn: [component:checkout]']),
  service('stock', ['system: supply']),
  service('web', ['consumesApis: [pay-api]', 'system: front']),
  service('alone'),
  api('pay-api'),
  system('pay', 'money'),
  system('supply'),
  system('front'),
  toYaml('Domain', 'money', ['owner: team-a']),
];

const pages = (documents = shop) =>
  new Map([...listGraphPages(toSources(documents))].map(({ path, view }) => [path, view]));
type Drawn = { label: string; name?: string; state?: string };
const nameOf = ({ label, name = label }: Drawn) => name;
const drawnOf = (node: Drawn) => (node.state ? `${nameOf(node)} (${node.state})` : nameOf(node));

test('everything that depends or is needed has a page, and nothing else', () => {
  const sources = toSources(shop);
  expect([...pages().keys()].map((path) => path.split('/').slice(3, 5).join(' '))).toEqual([
    ...['api pay-api', 'component checkout', 'component ledger', 'component stock', 'component web'],
    ...['domain money', 'system front', 'system pay', 'system supply'],
  ]);
  expect(findGraphPath(sources, 'component:default/alone')).toBeUndefined();
  expect(findGraphPath(sources, 'component:default/stock')).toBe('/catalog/default/component/stock/graph/');
});

test('a page draws the thing, both sides of it and what is missing, and says the same in rows', () => {
  const view = pages().get('/catalog/default/component/checkout/graph/');
  expect(view?.picture.nodes.map(drawnOf)).toEqual([
    'checkout (self)',
    'pay-api',
    'ledger',
    'gone (absent)',
    'stock',
    'web',
  ]);
  expect(view?.picture.nodes.find(({ state }) => state === 'absent')).toMatchObject({
    label: 'gone',
    note: 'not in the catalog',
  });
  expect(view?.picture.nodes.find(({ state }) => state === 'absent')).not.toHaveProperty('path');
  const format = ({ label, distance, type, through, absent }: GraphRow) =>
    [distance, label, type, ...through, absent].filter(Boolean).join(' ');
  expect(view?.rows.dependents.map(format)).toEqual([
    '1 pay-api providesApi',
    '1 ledger dependsOn',
    '2 web consumesApi pay-api',
  ]);
  expect(view?.rows.needs.map(format)).toEqual(['1 gone dependsOn missing', '1 stock dependsOn']);
});

test('a system draws its parts in a frame and what crosses it outside', () => {
  const { picture } = pages().get('/catalog/default/system/pay/graph/') ?? {};
  const [box] = picture?.boxes ?? [];
  const isInside = ({ x, y }: { x: number; y: number }) =>
    box !== undefined && x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height;
  expect(picture?.nodes.filter(isInside).map(nameOf).toSorted()).toEqual(['checkout', 'ledger']);
  expect(
    picture?.nodes
      .filter((node) => !isInside(node))
      .map(nameOf)
      .toSorted(),
  ).toEqual(['gone', 'pay-api', 'stock']);
});

test('a domain draws its systems, and how much runs out of it and into it', () => {
  const { flows } = pages().get('/catalog/default/domain/money/graph/') ?? {};
  expect(flows?.map(({ from, to, count }) => `${from.label} ${to.label} ${count}`)).toEqual([
    'pay-api pay 1',
    'pay gone 1',
    'pay supply 1',
  ]);
});

test('the landscape draws systems in their domains with what runs between them', () => {
  const { picture, flows } = toLandscapePage(
    toSources(shop.map((text) => text.replace('definition: x', 'definition: x\n  system: pay'))),
  );
  expect(picture?.boxes.map(({ label }) => label)).toEqual(['money', 'In no domain']);
  expect(flows.map(({ from, to, count }) => `${from.label} ${to.label} ${count}`)).toEqual([
    'front pay 1',
    'pay supply 1',
  ]);
});

test('of many systems the landscape draws the domains', () => {
  const many = Array.from({ length: 60 }, (_, at) => [
    system(`s${at}`, `d${at % 3}`),
    service(`c${at}`, [`system: s${at}`, `dependsOn: [component:c${(at + 1) % 60}]`]),
  ]).flat();
  const domains = ['d0', 'd1', 'd2'].map((name) => toYaml('Domain', name, ['owner: team-a']));
  const { picture } = toLandscapePage(toSources([...many, ...domains]));
  expect(picture?.nodes.map((node) => `${nameOf(node)} ${node.note}`)).toEqual([
    'd0 20 systems',
    'd1 20 systems',
    'd2 20 systems',
  ]);
  expect(picture?.edges.map(({ label }) => label?.text)).toEqual(['20', '20', '20']);
});

test('an entity draws its surroundings where there is more to see than one line', () => {
  const sources = toSources(shop);
  expect(findNeighbourhood(sources, 'component:default/stock')).toBeUndefined();
  expect(findNeighbourhood(sources, 'component:default/alone')).toBeUndefined();
  expect(findNeighbourhood(sources, 'component:default/checkout')?.picture.nodes.map(nameOf).toSorted()).toEqual([
    ...['checkout', 'gone', 'ledger', 'pay-api', 'stock', 'web'],
  ]);
});

test('a page names the nearest where there is too much to name, and counts the rest', () => {
  const users = Array.from({ length: 60 }, (_, at) => service(`user-${at}`, ['dependsOn: [component:hub]']));
  const view = pages([service('hub'), ...users]).get('/catalog/default/component/hub/graph/');
  expect(view).toMatchObject({ rows: { dependents: { length: 20 } }, left: { dependents: 40, needs: 0 } });
  expect(view?.summary).toContain('60 things depend on it');
});

test('beside each page is the same for Mermaid and nothing else, and a program finds everything in one file', () => {
  const files = new Map([...listGraphFiles(toSources(shop))].map(({ path, text }) => [path, text]));
  expect([...files.keys()].filter((path) => path.startsWith('/catalog/'))).toEqual(
    [...pages().keys()].map((path) => `${path}graph.mmd`),
  );
  const whole: GraphFile = JSON.parse(files.get('/api/graph.json') ?? '');
  expect(whole.nodes.length).toBe(6);
  expect(whole.nodes.find(({ label }) => label === 'checkout')).toMatchObject({ partOf: 'system:default/pay' });
  expect(whole.nodes.find(({ label }) => label === 'gone')).toMatchObject({ absent: 'missing' });
  const written = whole.edges.map(([from, to, type]) =>
    [whole.nodes[from]?.label, whole.types[type], whole.nodes[to]?.label].join(' '),
  );
  expect(written.length).toBe(5);
  expect(written).toContain('web consumesApi pay-api');
  expect(written).toContain('pay-api providesApi checkout');
  expect(whole.others?.map(({ ref }) => ref)).toContain('domain:default/money');
  expect(whole.others?.find(({ ref }) => ref === 'group:default/team-a')?.label).toBe('team-a');
});

test('the same catalog gives the same pages and files, whatever the order of its files', () => {
  expect([...pages(shop.toReversed())]).toEqual([...pages()]);
  const files = (documents: readonly string[]) => [...listGraphFiles(toSources(documents))];
  expect(files(shop.toReversed())).toEqual(files(shop));
});
