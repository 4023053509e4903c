import { expect, test } from 'vitest';
import type { Repository } from '#model/catalog.ts';
import { createInMemoryForge } from '../tests/in-memory-forge.ts';
import { toCatalog, toYaml } from './compose/fixture.ts';
import { judgeOwners } from './owners.ts';

const groups = [
  toYaml('Group', 'acme', ['type: root', 'children: [shop-team, other-team]']),
  toYaml('Group', 'shop-team', ['type: team', 'children: []'], ['annotations: {github.com/team-slug: acme/shop}']),
  toYaml('Group', 'other-team', ['type: team', 'children: []']),
  toYaml('User', 'ada', ['memberOf: [shop-team]', 'profile: {email: ada@acme.io}']),
];

const toComponent = (owner: string, metadata: string[] = []) =>
  toYaml('Component', 'shop', ['type: service', 'lifecycle: production', ...(owner === '' ? [] : [owner])], metadata);

async function judge(owner: string, files: Record<string, string>, metadata: string[] = []) {
  const repository: Partial<Repository> = { url: 'https://github.com/acme/shop', branch: 'main' };
  const catalog = toCatalog([toComponent(owner, metadata), ...groups].join('---\n'), repository);
  const problems = await judgeOwners(catalog, createInMemoryForge({ shop: files }));
  return problems.map(({ code, place, entity }) => `${code} ${place?.path}:${place?.line} ${entity}`);
}

const drift = (path: string, line = 1) => [`owner-drift ${path}:${line} component:default/shop`];

test.each([
  ['the same team, by its slug', 'owner: shop-team', { CODEOWNERS: '* @acme/shop' }, []],
  ['another team, by its name', 'owner: shop-team', { CODEOWNERS: '# us\n* @Acme/Other-Team' }, drift('CODEOWNERS', 2)],
  ['a group that has another slug is not meant by its name', 'owner: acme', { CODEOWNERS: '* @acme/shop-team' }, []],
  ['a member of the team', 'owner: shop-team', { CODEOWNERS: '* @ada' }, []],
  [
    'the e-mail address of one of another team',
    'owner: other-team',
    { CODEOWNERS: '* Ada@acme.io' },
    drift('CODEOWNERS'),
  ],
  ['the group above', 'owner: acme', { CODEOWNERS: '* @acme/other-team' }, []],
  ['one of several', 'owner: shop-team', { CODEOWNERS: '* @acme/other-team @acme/shop' }, []],
  ['one of several owners', 'owners: [other-team, shop-team]', { CODEOWNERS: '* @acme/shop' }, []],
  ['nobody that is known', 'owner: shop-team', { CODEOWNERS: '* @acme/strangers' }, []],
  ['no rule', 'owner: shop-team', { CODEOWNERS: '/docs/ @acme/other-team' }, []],
  ['no owner in the catalog', 'owner: unknown', { CODEOWNERS: '* @acme/other-team' }, []],
  [
    'GitHub looks into .github first',
    'owner: shop-team',
    { CODEOWNERS: '* @acme/shop', '.github/CODEOWNERS': '* @acme/other-team' },
    drift('.github/CODEOWNERS'),
  ],
  ['docs/ comes last', 'owner: shop-team', { 'docs/CODEOWNERS': '* @acme/other-team' }, drift('docs/CODEOWNERS')],
  ['no file', 'owner: shop-team', {}, []],
])('%s', async (_name, owner, files, problems) => {
  expect(await judge(owner, files)).toEqual(problems);
});

const codeowners = { CODEOWNERS: '* @acme/shop\n/apps/web/ @acme/other-team' };

test.each([
  ['source at the top', 'backstage.io/source-location: url:https://github.com/acme/shop/', []],
  [
    'source in a folder',
    'backstage.io/source-location: url:https://github.com/acme/shop/tree/main/apps/web/',
    drift('CODEOWNERS', 2),
  ],
  ['source in another repository', 'backstage.io/source-location: url:https://github.com/acme/web', []],
  [
    'source in another repository of a like name',
    'backstage.io/source-location: url:https://github.com/acme/shop-2',
    [],
  ],
])('%s', async (_name, annotation, problems) => {
  expect(await judge('owner: shop-team', codeowners, [`annotations: {${annotation}}`])).toEqual(problems);
});

test('a component of another repository is not judged', async () => {
  const slug = ['annotations: {github.com/project-slug: acme/web}'];
  expect(await judge('owner: other-team', codeowners, slug)).toEqual([]);
});
