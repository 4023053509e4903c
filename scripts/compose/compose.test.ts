import { expect, test } from 'vitest';
import { noDocs } from '#model/docs.ts';
import { compose } from './compose.ts';
import { toCatalog, toYaml } from './fixture.ts';
import { secretWords } from './shown.ts';

const docs = { docs: noDocs, findText: () => '', staleAfter: 365 };

const secret = '0123456789abcdef0123456789abcdef';

test('neither a credential nor the name of a secret is in anything that is composed', () => {
  const service = (name: string, key: string) =>
    toYaml(
      'Component',
      name,
      ['type: service', 'lifecycle: production', 'owner: a'],
      [`annotations: {pagerduty.com/integration-key: "${key}"}`],
    );
  const yaml = [service('clear', secret), service('named', '$' + '{PD_CHECKOUT_KEY}')].join('---\n');
  const { pages, files, records } = compose(toCatalog(yaml), { home: '', base: '/' }, docs);
  const all = JSON.stringify([...Object.values(pages).map((family) => [...family]), [...files], [...records.catalog]]);
  const found = [secret, 'PD_CHECKOUT_KEY', secretWords].filter((text) => all.includes(text));
  expect(found).toEqual([secretWords]);
});

test('the same catalog gives the same pages, whatever the order of its files', () => {
  const documents = ['a', 'b', 'c'].map((name) => toYaml('System', name, [`owner: ${name}`]));
  const pagesOf = (yaml: string[]) =>
    [...compose(toCatalog(yaml.join('---\n')), { home: '', base: '/' }, docs).pages.entity].map(({ path, view }) => [
      path,
      view.owners,
    ]);
  expect(pagesOf(documents.toReversed())).toEqual(pagesOf(documents));
});
