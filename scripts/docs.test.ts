import { expect, test } from 'vitest';
import { createInMemoryForge } from '../tests/in-memory-forge.ts';
import { createMemoryTools, toDocsCatalog } from './docs/fixture.ts';
import { renderDocs } from './docs.ts';

const ref = 'backstage.io/techdocs-ref';
const borrow = 'backstage.io/techdocs-entity';
const borrowPath = 'backstage.io/techdocs-entity-path';

type Components = Parameters<typeof toDocsCatalog>[0];

async function render(
  files: Record<string, Record<string, string>>,
  components: Components,
  tools = createMemoryTools(),
) {
  const forge = createInMemoryForge(files);
  const { repositories } = await forge.listRepositories();
  const { docs, problems } = await renderDocs(toDocsCatalog(components, repositories), forge, tools);
  const bodyOf = (address: string) =>
    tools.kept.get(docs.trees[0]?.pages.find((page) => page.address === address)?.body ?? '');
  return { docs, problems, tools, bodyOf };
}

const shop = { 'docs/index.md': '# Shop', 'api/docs/index.md': '# API', 'docs/guide.md': '# Guide' };
const announced = (value: string, at = 'shop/catalog-info.yaml') => ({ web: { at, annotations: { [ref]: value } } });

test.each([
  ['dir:.', 'shop/catalog-info.yaml', ['', 'guide/']],
  ['dir:./api', 'shop/catalog-info.yaml', ['']],
  ['dir:..', 'shop/api/catalog-info.yaml', ['', 'guide/']],
  ['dir:../api', 'shop/other/catalog-info.yaml', ['']],
  ['url:https://github.com/acme/shop', 'org/all.yaml', ['', 'guide/']],
  ['url:https://github.com/acme/shop/tree/main/api', 'org/all.yaml', ['']],
  ['url:https://github.com/acme/shop/blob/main/api/', 'org/all.yaml', ['']],
])('%s of %s is a docs tree', async (value, at, addresses) => {
  const { docs, problems } = await render({ shop, org: {} }, announced(value, at));
  expect([docs.trees[0]?.pages.map(({ address }) => address).toSorted(), problems]).toEqual([addresses, []]);
});

test.each([
  ['dir:../../etc', 'leads out of the repository'],
  ['dir:..', 'leads out of the repository'],
  ['dir:a\\..\\..', 'leads out of the repository'],
  ['dir:https://example.com/docs', 'leads out of the repository'],
  ['docs', 'is neither `dir:` nor `url:`'],
  ['url:https://github.com/acme/gone/tree/main', 'belongs to a repository that is not among the sources'],
  ['url:https://example.com/docs', 'is no address of a repository'],
  ['url:https://github.com/acme/shop/tree/next/api', 'asks for `next`, which is no branch or tag'],
  ['url:https://github.com/acme/shop/tree/main/%2e%2e%2f%2e%2e/etc', 'is no address of a folder'],
])('%s cannot be shown: it %s', async (value, reason) => {
  const { docs, problems } = await render({ shop }, announced(value));
  expect(docs.trees).toEqual([]);
  expect(problems).toMatchObject([{ code: 'docs-ref-unusable', entity: 'component:default/web', place: { line: 3 } }]);
  expect(problems[0]?.what).toContain(reason);
});

test('a folder without pages is a problem, and so are docs that nobody announces', async () => {
  const files = { shop: { 'mkdocs.yml': 'site_name: Shop', 'docs/index.md': '' } };
  const at = 'shop/catalog-info.yaml';
  const codes = async (annotations: Record<string, string>) =>
    (await render(files, { web: { at, annotations } })).problems.map(({ code }) => code);
  expect([await codes({ [ref]: 'dir:./gone' }), await codes({}), await codes({ [ref]: 'dir:.' })]).toEqual([
    ['docs-not-announced', 'docs-empty'],
    ['docs-not-announced'],
    [],
  ]);
});

test('a tree that two entities announce is rendered once', async () => {
  const annotations = { [ref]: 'dir:.' };
  const at = 'shop/catalog-info.yaml';
  const { docs } = await render({ shop }, { web: { at, annotations }, app: { at, annotations } });
  expect(docs.trees.map(({ entities }) => entities)).toEqual([['component:default/app', 'component:default/web']]);
});

test('an entity may lead to a page of the docs of another one', async () => {
  const at = 'shop/catalog-info.yaml';
  const { docs, problems } = await render(
    { shop },
    {
      ...announced('dir:.'),
      app: { at, annotations: { [borrow]: 'component:default/web', [borrowPath]: '/guide' } },
      job: { at, annotations: { [borrow]: 'component:default/web', [borrowPath]: '/gone' } },
      lib: { at, annotations: { [borrow]: 'component:default/gone' } },
    },
  );
  const ways = [...docs.ways].map(([entity, { host, address }]) => [entity.slice(18), host.slice(18), address]);
  expect(ways).toEqual([
    ['web', 'web', ''],
    ['app', 'web', 'guide/'],
    ['job', 'web', ''],
  ]);
  expect(problems.map(({ code, entity }) => [code, entity])).toEqual([
    ['docs-elsewhere-missing', 'component:default/job'],
    ['docs-elsewhere-missing', 'component:default/lib'],
  ]);
});

test.each([
  ['a page', '[x](guide.md#top)', 'href="guide/#top"'],
  ['a page by its address', '<a href="guide/">x</a>', 'href="guide/"'],
  ['a page by the path from the top of the repository', '[x](/docs/guide.md)', 'href="guide/"'],
  ['a file', '[x](plan.pdf)', /href="\/portal\/docs-files\/\w{8}\.pdf"/],
  ['a picture', '![x](a.png)', /src="\/portal\/docs-files\/\w{8}\.png" width="640" height="480"/],
  ['a picture with a size', '<img src="a.png" width="10">', /<img src="[^"]+" width="10" loading="lazy">/],
  ['a script of any kind', '[x](run.sh)', /href="\/portal\/docs-files\/\w{8}\.txt"/],
  [
    'another page of the portal',
    '[x](/catalog/default/component/web/)',
    'href="/portal/catalog/default/component/web/"',
  ],
  [
    'a text of other docs',
    '[x](https://github.com/acme/org/blob/main/docs/rules.md#a)',
    'href="/portal/docs/default/component/org/rules/#a"',
  ],
  [
    'a text of other docs on another branch',
    '[x](https://github.com/acme/org/blob/v1/docs/rules.md)',
    'href="https://github.com/acme/org/blob/v1/docs/rules.md"',
  ],
])('a link to %s leads there', async (_name, text, expected) => {
  const files = {
    shop: { ...shop, 'docs/index.md': text, 'docs/plan.pdf': 'p', 'docs/a.png': 'a', 'docs/run.sh': 'r' },
    org: { 'docs/rules.md': '# Rules' },
  };
  const org = { org: { at: 'org/catalog-info.yaml', annotations: { [ref]: 'dir:.' } } };
  const { tools, docs } = await render(files, { ...announced('dir:.'), ...org });
  const page = docs.trees.find(({ repository }) => repository === 'shop')?.pages.find(({ address }) => address === '');
  expect(tools.kept.get(page?.body ?? '')).toMatch(expected);
});

test.each([
  ['a missing page', 'one\n\n[x](gone.md)', 'docs-broken-link', 3],
  ['a missing heading', 'one\n\n[x](guide.md#gone)', 'docs-broken-anchor', 3],
  ['a missing picture', 'one\n\n![x](gone.png)', 'docs-broken-link', 3],
  ['a missing picture in HTML', 'one\n\n<p>two</p>\n<img src="gone.png">', 'docs-broken-link', 4],
])('%s is a problem with its line', async (_name, text, code, line) => {
  const { problems } = await render({ shop: { ...shop, 'docs/index.md': text } }, announced('dir:.'));
  const place = { repository: 'shop', path: 'docs/index.md', line };
  expect(problems).toMatchObject([{ code, entity: 'component:default/web', place }]);
});

test.each([
  ['drawing.svg', '<svg onload="x()"></svg>', 'docs-file-withheld'],
  ['page.html', '<p>', 'docs-file-withheld'],
  ['photo.png', 'version https://git-lfs.github.com/spec/v1\noid sha256:0\n', 'docs-file-lfs'],
])('%s is not served when it is %s', async (name, content, code) => {
  const files = { shop: { 'docs/index.md': `![x](${name})\n[y](${name})`, [`docs/${name}`]: content } };
  const { problems, bodyOf } = await render(files, announced('dir:.'));
  expect(problems).toMatchObject([{ code, place: { path: `docs/${name}` } }]);
  expect(bodyOf('')).not.toMatch(/src=|href="[^#]/);
});

test('redirects lead from where pages were to where they are', async () => {
  const config =
    'site_name: Shop\nplugins:\n  - techdocs-core\n  - redirects:\n      redirect_maps: {old/a.md: guide.md, b.md: "https://acme.io/b", guide.md: index.md}\n';
  const { docs } = await render({ shop: { ...shop, 'mkdocs.yml': config } }, announced('dir:.'));
  expect(docs.trees[0]?.redirects).toEqual([
    { from: 'old/a/', address: 'guide/' },
    { from: 'b/', url: 'https://acme.io/b' },
  ]);
});

test('addresses are folders whatever style mkdocs.yml asks for, and links fit them', async () => {
  const files = {
    shop: {
      ...shop,
      'mkdocs.yml': 'site_name: Shop\nuse_directory_urls: false\n',
      'docs/sub/a b?.md': '[up](../guide.md)',
      'docs/index.md': '[x](<sub/a b?.md>) [y](guide.md)',
    },
  };
  const { docs, bodyOf } = await render(files, announced('dir:.'));
  expect(docs.trees[0]?.pages.map(({ address }) => address)).toEqual(['guide/', '', 'sub/a b-/']);
  expect(bodyOf('sub/a b-/')).toContain('href="../../guide/"');
});

test('the navigation names pages by their titles; a page that is not there is a problem', async () => {
  const config =
    'site_name: Shop\nnav:\n  - Home: index.md\n  - More:\n      - guide.md\n      - gone.md\n  - Acme: https://acme.io\n';
  const { docs, problems } = await render({ shop: { ...shop, 'mkdocs.yml': config } }, announced('dir:.'));
  expect(docs.trees[0]?.navigation).toEqual([
    { title: 'Home', address: '' },
    { title: 'More', entries: [{ title: 'Guide', address: 'guide/' }] },
    { title: 'Acme', url: 'https://acme.io/' },
  ]);
  expect(problems).toMatchObject([{ code: 'docs-nav-missing', place: { path: 'mkdocs.yml', line: 6 } }]);
});

const on = (plugins: string, more = '') => ({ 'mkdocs.yml': `site_name: Shop\nplugins: ${plugins}\n${more}` });
const three = { 'docs/index.md': '# Shop', 'docs/a/index.md': '# A', 'docs/a/b.md': '# B' };
const shopAndA = [
  { title: 'Shop', address: '' },
  { title: 'Part', entries: [{ title: 'B', address: 'a/b/' }] },
];

test.each([
  ['.pages', { ...on('[awesome-pages]'), 'docs/a/.pages': 'title: Part\nnav: [b.md]' }, shopAndA],
  ['.nav.yml', { ...on('[awesome-nav]'), 'docs/a/.nav.yml': 'title: Part\nnav: [b.md]' }, shopAndA],
  [
    'lists that lead to each other',
    {
      ...on('[literate-nav]'),
      'docs/SUMMARY.md': '- [Shop](index.md)\n- [Part](a/)',
      'docs/a/SUMMARY.md': '- [B](b.md)',
    },
    shopAndA,
  ],
  [
    'weights',
    { ...on('[mkdocs-nav-weight]'), 'docs/a/b.md': '---\nweight: -20\n---\n# B' },
    [
      { title: 'Shop', address: '' },
      {
        title: 'A',
        entries: [
          { title: 'B', address: 'a/b/' },
          { title: 'A', address: 'a/' },
        ],
      },
    ],
  ],
  [
    'sections that are pages',
    on('[section-index]'),
    [
      { title: 'Shop', address: '' },
      { title: 'A', address: 'a/', entries: [{ title: 'B', address: 'a/b/' }] },
    ],
  ],
])('the navigation that %s make is fetched and shown', async (_name, files, expected) => {
  const { docs } = await render({ shop: { ...three, ...files } }, announced('dir:.'));
  expect(docs.trees[0]?.navigation).toEqual(expected);
});

test('what mkdocs.yml says of editing reaches the pages, whatever folder it lies in', async () => {
  const config = 'site_name: Api\nrepo_url: https://git.acme.io/api\nedit_uri: edit/main/docs';
  const files = { 'api/mkdocs.yml': config, 'api/docs/a.md': '# A' };
  const { docs } = await render({ shop: files }, announced('dir:./api'));
  expect(docs.trees[0]?.pages.map(({ edit }) => edit)).toEqual([
    { url: 'https://git.acme.io/api/edit/main/docs/a.md', isSure: false },
  ]);
});

const config = 'site_name: Shop\nplugins: [techdocs-core]';
const linked = {
  'mkdocs.yml': config,
  'docs/index.md': '# Home\n\n--8<-- "note.txt"\n\n![x](a.png) [x](guide.md#a) [x](later.md) <a href="late/">x</a>',
  'docs/guide.md': '# Guide\n\n## A',
  'docs/other.md': '# Other\n\n[x](https://github.com/acme/org/blob/main/docs/rules.md)',
  'note.txt': 'one',
  'docs/a.png': 'a',
};
const all = ['guide.md', 'index.md', 'other.md'];

test.each<[string, Record<string, string>, string[]]>([
  ['nothing', {}, []],
  ['a file beside the docs', { 'src/main.ts': 'x' }, []],
  ['a page', { 'docs/guide.md': '# Guide\n\n## Bee' }, ['guide.md']],
  ['an included text', { 'note.txt': 'other' }, ['index.md']],
  ['a picture', { 'docs/a.png': 'other' }, ['index.md']],
  ['the list of pages', { 'docs/b.md': '# B' }, ['b.md']],
  ['a page that a link waits for', { 'docs/later.md': '# Later' }, ['index.md', 'later.md']],
  ['a page that a link in HTML waits for', { 'docs/late.md': '# Late' }, ['index.md', 'late.md']],
  ['a title in the navigation', { 'mkdocs.yml': `${config}\nnav: [Ways: guide.md, index.md, other.md]` }, ['guide.md']],
  ['the configuration', { 'mkdocs.yml': 'site_name: Other\nplugins: [techdocs-core]' }, all],
])('when %s changes, only pages that it shows in are rendered again', async (_name, change, expected) => {
  const tools = createMemoryTools();
  const components = announced('dir:.');
  await render({ shop: linked }, components, tools);
  const rendered = new Set<string>();
  const { prepare } = tools.pages;
  tools.pages.prepare = (tree, slice) => {
    for (const path of slice.pages) rendered.add(path);
    return prepare(tree, slice);
  };
  const after = { shop: { ...linked, ...change } };
  const [again, fresh] = [await render(after, components, tools), await render(after, components)];
  expect([...rendered].toSorted()).toEqual(expected);
  expect([again.docs, again.problems]).toEqual([fresh.docs, fresh.problems]);
  const bodies = ({ docs, tools }: typeof again) => docs.trees[0]?.pages.map(({ body }) => tools.kept.get(body));
  expect(bodies(again)).toEqual(bodies(fresh));
});

test('when other docs come, only pages that lead there are rendered again', async () => {
  const tools = createMemoryTools();
  const files = { shop: linked, org: { 'docs/rules.md': '# Rules' } };
  await render(files, announced('dir:.'), tools);
  const org = { org: { at: 'org/catalog-info.yaml', annotations: { [ref]: 'dir:.' } } };
  const again = await render(files, { ...announced('dir:.'), ...org }, tools);
  const other = again.docs.trees.at(-1)?.pages.find(({ address }) => address === 'other/');
  expect(tools.kept.get(other?.body ?? '')).toContain('href="/portal/docs/default/component/org/rules/"');
});
