import { expect, test } from 'vitest';
import { collectDocs } from './collect.ts';
import { findEdit, listEdits } from './edit-url.ts';
import { toTree } from './fixture.ts';
import { readSite, toEditSettings } from './mkdocs.ts';

const github = 'https://github.com/acme/shop';

test.each([
  [{}, undefined],
  [{ repo_url: 'https://git.acme.io/shop' }, undefined],
  [{ repo_url: github }, `${github}/edit/master/docs/a/b%20c.md`],
  [{ repo_url: 'https://gitlab.com/acme/shop/' }, 'https://gitlab.com/acme/shop/edit/master/docs/a/b%20c.md'],
  [{ repo_url: 'https://bitbucket.org/acme/shop' }, 'https://bitbucket.org/acme/shop/src/default/docs/a/b%20c.md'],
  [{ repo_url: github, edit_uri: 'blob/main/d' }, `${github}/blob/main/d/a/b%20c.md`],
  [{ edit_uri: 'https://ed.io/x/' }, 'https://ed.io/x/a/b%20c.md'],
  [{ edit_uri: 'blob/main' }, undefined],
  [{ repo_url: 'https://ed.io/wiki', edit_uri: '?page=' }, 'https://ed.io/wiki?page=a/b%20c.md'],
  [{ repo_url: github, edit_uri: '' }, ''],
  [{ repo_url: github, edit_uri_template: 'e/{path}' }, `${github}/e/a/b%20c.md`],
  [{ repo_url: github, edit_uri_template: 'e?p={path_noext!q}' }, `${github}/e?p=a%2Fb%20c`],
  [{ edit_uri_template: 'https://ed.io/{path_noext}', edit_uri: 'x' }, 'https://ed.io/a/b%20c'],
])('%j edits at %s', (config, url) => {
  expect(findEdit('a/b c.md', toEditSettings(config))?.url).toBe(url);
});

test('a site that is included has its own', () => {
  const tree = toTree({
    'mkdocs.yml': `site_name: Shop\nrepo_url: ${github}\nplugins: [monorepo]\nnav: [{Home: index.md}, {Api: "!include api/mkdocs.yml"}]`,
    'docs/index.md': '',
    'api/mkdocs.yml':
      'site_name: api\nrepo_url: https://gitlab.com/acme/api\nedit_uri: edit/main/docs\nnav: [{X: x.md}]',
    'api/docs/x.md': '',
  });
  const edits = listEdits(collectDocs(tree, readSite(tree, 'mkdocs.yml', '')));
  expect([...edits]).toEqual([
    ['docs/index.md', { url: `${github}/edit/master/docs/index.md`, isSure: false }],
    ['api/docs/x.md', { url: 'https://gitlab.com/acme/api/edit/main/docs/x.md', isSure: false }],
  ]);
});
