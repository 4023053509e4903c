import { expect, test } from 'vitest';
import { measures } from '#model/catalog-health.ts';
import { noDocs } from '#model/docs.ts';
import { kinds } from '#model/kinds/index.ts';
import { isOwnable } from '#model/ownership.ts';
import { toCatalog, toYaml } from './fixture.ts';
import { listHealthFiles, listHealthPages } from './health.ts';
import { toSurroundings } from './surroundings.ts';

const shop = [
  toYaml('Group', 'team', ['type: team', 'children: [empty]']),
  toYaml('Group', 'empty', ['type: team', 'children: []']),
  toYaml('Group', 'unknown', ['type: team', 'children: []']),
  toYaml('User', 'ann', ['memberOf: [team]']),
  toYaml('System', 'shop', ['owner: team']),
  toYaml('Component', 'a', ['type: service', 'lifecycle: production', 'owner: team', 'system: shop']),
  toYaml('Component', 'b', ['type: service', 'lifecycle: production', 'owner: team']),
  toYaml('Component', 'c', ['type: service', 'lifecycle: production', 'owner: gone']),
  toYaml('Component', 'd', ['type: service', 'lifecycle: production', 'owner: gone', 'owners: [team]']),
  toYaml('Resource', 'e', ['type: database', 'owner: Unknown']),
];

function open(yaml = shop) {
  const around = toSurroundings(toCatalog(yaml.join('---\n')));
  const [first] = [...listHealthPages(around, noDocs)];
  if (!first) throw new Error('There is no page.');
  return { view: first.view, rows: JSON.parse([...listHealthFiles(around, noDocs)][0]?.text ?? '') };
}

test('what has nobody to ask stands at the top, counted by sort', () => {
  const { view } = open();
  expect(view.unowned).toEqual({ unknown: 1, undefined: 1, none: 0 });
  expect(view.nowhere.map(({ link, entities }) => [link.label, entities])).toEqual([
    ['gone', 2],
    ['unknown', 1],
  ]);
});

test('shares are counted of what each thing can be asked of', () => {
  const { all } = open().view;
  expect(Object.entries(all).map(([key, { all: of, missing }]) => [key, of, missing])).toEqual([
    ['owner', 6, 2],
    ['members', 3, 2],
    ['docs', 5, 5],
    ['lifecycle', 4, 0],
    ['system', 5, 4],
  ]);
});

test('each number leads to the list behind it', () => {
  const { view } = open();
  const component = view.kinds.find(({ label }) => label === 'Component');
  expect(component?.shares.system?.path).toBe('/catalog/components/?system=');
  expect(view.rows.find(({ owner }) => owner?.label === 'team')?.shares.system).toEqual({
    all: 3,
    missing: 2,
    path: '/catalog/?kind=component&kind=api&kind=resource&system=&owner=group:default/team',
  });
});

test('owners who are nobody come first, then those whose things lack most', () => {
  const { view, rows } = open();
  expect(view.rows.map(({ owner, isNobody, people }) => [owner?.label, isNobody, people])).toEqual([
    ['gone', true, undefined],
    ['unknown', true, undefined],
    ['team', undefined, 1],
  ]);
  expect(rows.count).toBe(3);
});

test('an empty catalog has nothing to tell', () => {
  const { view } = open([toYaml('User', 'ann', ['memberOf: []'])]);
  expect(view).toMatchObject({ kinds: [], rows: [], nowhere: [], unowned: { unknown: 0, undefined: 0, none: 0 } });
});

test('owners are asked for of all kinds that can have one', () => {
  const ownable = kinds.map(({ kind }) => kind).filter(isOwnable);
  expect(measures[0]?.kinds.toSorted()).toEqual(ownable.map((kind) => kind.toLowerCase()).toSorted());
});
