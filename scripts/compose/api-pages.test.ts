import { expect, test } from 'vitest';
import type { ApiDefinition } from '#model/api-definition.ts';
import { noDocs } from '#model/docs.ts';
import { compose } from './compose.ts';
import { toCatalog, toYaml } from './fixture.ts';

const component = (name: string, relation: string) =>
  toYaml('Component', name, ['type: service', 'lifecycle: production', 'owner: a', `${relation}: [orders]`]);
const yaml = [
  toYaml('API', 'orders', ['type: openapi', 'lifecycle: production', 'owner: a', "definition: 'openapi: 3.0.0'"]),
  component('shop', 'providesApis'),
  component('mobile', 'consumesApis'),
].join('---\n');

const definition: ApiDefinition = {
  ...{ format: 'OpenAPI 3.0.0', version: '2', counts: '1 operation', body: 'b', contents: 'c', ending: 'yaml' },
  servers: Array.from({ length: 9 }, (_, at) => ({ url: `https://${at}.acme.io` })),
  entries: [{ id: 'operation-a', badge: 'GET', name: '/a' }],
};

function composeAll() {
  const apis = {
    definitions: new Map([['api:default/orders', definition]]),
    findText: (key: string) => `text of ${key}`,
  };
  const docs = { docs: noDocs, findText: () => '', staleAfter: 365 };
  const { pages, files, records } = compose(toCatalog(yaml), { home: '', base: '/' }, docs, apis);
  return { pages: [...pages.api], entities: [...pages.entity], files: [...files], records: [...records.apis] };
}

test('the page of a definition stands where Backstage has it, with who provides and consumes the API', () => {
  const [page] = composeAll().pages;
  expect(page?.path).toBe('/catalog/default/api/orders/definition/');
  expect(page?.view).toMatchObject({
    title: 'orders',
    body: 'b',
    providers: [{ ref: 'component:default/shop' }],
    consumers: [{ ref: 'component:default/mobile' }],
    file: { path: '/catalog/default/api/orders/definition.yaml', size: 14 },
    source: { place: 'shop/file-0.yaml' },
  });
  expect(page?.view).not.toHaveProperty('entries');
});

test('the page of the API says it in short, and leads there first', () => {
  const view = composeAll().entities.find(({ path }) => path === '/catalog/default/api/orders/')?.view;
  expect(view?.definition).toMatchObject({ counts: '1 operation', path: '/catalog/default/api/orders/definition/' });
  expect(view?.definition?.servers).toHaveLength(4);
  expect(view?.links[0]).toMatchObject({ url: '/catalog/default/api/orders/definition/', title: 'Definition' });
});

test('the text is a file, byte for byte, and its words are one record', () => {
  const { files, records } = composeAll();
  expect(files.find(({ path }) => path.endsWith('/definition.yaml'))?.text).toBe('openapi: 3.0.0');
  expect(records).toEqual([
    {
      url: '/catalog/default/api/orders/definition/',
      content: 'text of b',
      meta: { title: 'orders', owner: 'a' },
      filters: { kind: ['API definition'], type: ['openapi'], lifecycle: ['production'], owner: ['a'] },
    },
  ]);
});

test('a definition whose API is not shown has no page, no file and no record', () => {
  const apis = { definitions: new Map([['api:default/gone', definition]]), findText: () => '' };
  const docs = { docs: noDocs, findText: () => '', staleAfter: 365 };
  const { pages, files, records } = compose(toCatalog(yaml), { home: '', base: '/' }, docs, apis);
  expect([...pages.api, ...records.apis]).toEqual([]);
  expect([...files].filter(({ path }) => path.includes('/definition.'))).toEqual([]);
});
