import { expect, test } from 'vitest';
import type { Repository } from '#model/catalog.ts';
import { noDocs } from '#model/docs.ts';
import { listAboutFiles, listAboutPages, type Origin } from './about.ts';
import { toCatalog, toYaml } from './fixture.ts';
import { toSurroundings } from './surroundings.ts';

const began = '2026-03-02T02:00:00Z';
const commit = 'c'.repeat(40);
const yaml = toYaml('Component', 'shuttle', ['type: service', 'lifecycle: production', 'owner: nowhere']);
const shop: Repository = { id: 'shop', url: 'https://github.com/acme/shop', branch: 'main', commit };
const origin: Origin = {
  version: '1.2.3',
  began,
  staleAfter: 3600,
  sources: [
    { name: 'github.com/acme', type: 'github', readAt: '2026-03-01T02:00:00Z', repositories: ['shop', 'hidden'] },
    { name: 'github.com/gone', type: 'github', readAt: '2026-01-01T02:00:00Z', repositories: ['hidden'] },
    { name: 'clones', type: 'folder', repositories: ['loom'] },
  ],
};

const compose = (repositories: Repository[], told = origin) => {
  const around = toSurroundings({ ...toCatalog(yaml), repositories });
  const [rows, build] = [...listAboutFiles(around, told)];
  const pages = [...listAboutPages(around, told, { docs: noDocs, apis: new Map() })];
  return { pages, view: pages[0]?.view, rows, build: { ...build, value: JSON.parse(build?.text ?? '') } };
};

test('what is shown is as old as its oldest source; what nobody sees is counted nowhere', () => {
  const { build } = compose([shop, { id: 'loom', staleSince: '2026-02-20T02:00:00Z' }]);
  expect(build.isTimed).toBe(true);
  expect(build.value).toMatchObject({
    version: 1,
    portolan: '1.2.3',
    began,
    readAt: '2026-03-01T02:00:00Z',
    staleAfter: 3600,
    repositories: 2,
    stale: 1,
    entities: 1,
    problems: { error: 0, warning: 1, hint: 0 },
    sources: [
      { name: 'github.com/acme', repositories: 1, stale: 0, readAt: '2026-03-01T02:00:00Z' },
      { name: 'clones', repositories: 1, stale: 1, readAt: began },
    ],
  });
});

test('pages are the same whenever they are made, and the digest changes with a commit alone', () => {
  const later = { ...origin, began: '2027-01-01T00:00:00Z' };
  const [one, other] = [compose([shop]), compose([shop], later)];
  expect(JSON.stringify([other.pages, other.rows])).toBe(JSON.stringify([one.pages, one.rows]));
  expect(other.build.value.commits).toBe(one.build.value.commits);
  expect(compose([{ ...shop, commit: 'd'.repeat(40) }]).build.value.commits).not.toBe(one.build.value.commits);
  expect(JSON.stringify(one.pages)).not.toContain(began);
});

test('a repository stands with its commit, and one that only a Location leads to says so', () => {
  const { view } = compose([shop, { id: 'visited', url: 'javascript:alert(1)', hasPages: false }]);
  expect(view?.rows).toEqual([
    {
      ...{ id: 'shop', url: 'https://github.com/acme/shop', source: 'github.com/acme', branch: 'main', commit },
      ...{ commitUrl: `https://github.com/acme/shop/commit/${commit}`, entities: 1, problems: 1 },
    },
    { id: 'visited', entities: 0, problems: 0 },
  ]);
});

test.each([
  ['folders without git', [{ id: 'loom' }], []],
  ['one source', [shop], ['branch', 'commit']],
  ['two of them', [{ ...shop, changedAt: began }, { id: 'loom' }], ['source', 'branch', 'commit', 'changed']],
])('%s: a column stands where it tells repositories apart', (_case, repositories, columns) => {
  expect(compose(repositories).view?.columns).toEqual(columns);
});

test('thousands of repositories are cut into pages, and people are no repositories', () => {
  const many = Array.from({ length: 2500 }, (_, at) => ({ id: `r${at}` }));
  const { pages } = compose([...many, { id: 'people', hasPages: true }]);
  expect(pages.map(({ path }) => path).slice(0, 2)).toEqual(['/about/', '/about/2/']);
  expect([pages.length, pages[0]?.view.total, pages[0]?.view.rows.length]).toEqual([25, 2500, 100]);
});
