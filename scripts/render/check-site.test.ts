import { describe, expect, test } from 'vitest';
import { renderFiles, toFiles } from './fixture.ts';

const docs = (paths: string) =>
  Object.fromEntries(Object.entries(toFiles(paths)).map(([path, text]) => [`docs/${path}`, text]));
const render = (config: string, files: Record<string, string> = docs('index.md')) =>
  renderFiles({ 'mkdocs.yml': `site_name: Shop\n${config}`, ...files });
const say = (config: string, files?: Record<string, string>) =>
  render(config, files).problems.map(({ code, what, place }) => `${code} ${place?.line} ${what}`);

test.each([
  [
    'plugins:\n  - search\n  - mkdocstrings',
    [
      'docs-unknown-plugin 4 The plugin `mkdocstrings`, which makes API pages out of Python docstrings, has no effect here.',
    ],
  ],
  ['plugins: {our-own: {}}', ['docs-unknown-plugin 2 The plugin `our-own` has no effect here.']],
  ['plugins: [constructor]', ['docs-unknown-plugin 2 The plugin `constructor` has no effect here.']],
  ['plugins: [{mkdocstrings: {enabled: false}}]', []],
  ['plugins: [techdocs-core, glightbox, git-revision-date-localized, awesome-pages, minify, social, exclude]', []],
  [
    'markdown_extensions:\n  - callouts\n',
    [
      'docs-unknown-extension 3 The Markdown extension `callouts`, which turns quotes with a keyword into callouts, has no effect here.',
    ],
  ],
  ['markdown_extensions: [our.own]', ['docs-unknown-extension 2 The Markdown extension `our.own` has no effect here.']],
  [
    'theme:\n  name: material\n  custom_dir: x\nextra_css: [a.css]\nhooks: [h.py]\nextra_javascript: []',
    [
      'docs-unused-setting 6 `hooks`, `custom_dir`, `extra_css` of mkdocs.yml are not used here: programs of a repository are not run, and pages have the look of the portal.',
    ],
  ],
  [
    'nav:\n  - index.md\n  - More: more/\n',
    ['docs-nav-missing 4 The navigation names the folder `more/`, and only pages can stand there.'],
  ],
])('of %j it says what is not to be had', (config, expected) => {
  expect(say(config)).toEqual(expected);
});

describe('pages in no navigation', () => {
  const paths = docs('index.md a.md b.md c/d.md e.md');
  test.each([
    ['nav: [index.md, a.md, b.md, c/d.md, e.md]', []],
    ['nav: [index.md, b.md, c/d.md, e.md]', ['docs-orphan 2 The page `a.md` is not in the navigation.']],
    [
      'repo_url: ""\nnav:\n  - X: [index.md]',
      ['docs-orphan 3 4 pages are not in the navigation: `a.md`, `b.md`, `e.md`, ….'],
    ],
    ['nav: [b.md]\nnot_in_nav: |\n  /a.md\n  c/\n  e*\n', []],
    ['nav: [b.md]\nexclude_docs: "[ae].md"\ndraft_docs: c/', []],
    ['', []],
    ['nav: [b.md]\nplugins: [awesome-nav]', []],
    ['nav: [b.md, ...]\nplugins: [awesome-pages]', []],
  ])('with %j', (config, expected) => {
    expect(say(config, paths)).toEqual(expected);
  });
});

test.each([
  ['exclude_docs', 'exclude_docs: |\n  *.tmp.md\n  /x/\n  !/x/keep.md', 'index.md x/keep.md y/x/a.md'],
  ['drafts', 'draft_docs: "/x/"', 'a.tmp.md index.md y/x/a.md'],
  ['the plugin exclude by glob', 'plugins: [{exclude: {glob: ["x/*", "*.tmp.md"]}}]', 'index.md y/x/a.md'],
  ['the plugin exclude by expression', "plugins: [{exclude: {regex: ['.*x/', 'a\\.']}}]", 'index.md'],
  ['what MkDocs leaves out', '', 'a.tmp.md index.md x/b.md x/keep.md y/x/a.md'],
])('%s', (_name, config, expected) => {
  const { pages } = render(config, docs('index.md a.tmp.md x/b.md x/keep.md y/x/a.md .hidden/a.md templates/t.md'));
  expect(pages.map(({ path }) => path).toSorted()).toEqual(expected.split(' '));
});

test.each([
  ['a folder style', '', 'a.md s/README.md s/b.md', 'a/index.html s/index.html s/b/index.html'],
  ['files', 'use_directory_urls: false', 'a.md s/README.md s/b.md', 'a.html s/index.html s/b.html'],
  ['index.md before README.md', '', 'README.md index.md', 'index.html'],
])('addresses in %s', (_name, config, paths, outputs) => {
  expect(render(config, docs(paths)).pages.map(({ output }) => output)).toEqual(outputs.split(' '));
});

test.each([
  ['docs_dir: .', { 'index.md': '', 'src/a.md': '' }, ['index.md', 'src/a.md']],
  ['docs_dir: src', { 'index.md': '', 'src/a.md': '' }, ['a.md']],
])('the folder that %j names', (config, files, paths) => {
  expect(render(config, files).pages.map(({ path }) => path)).toEqual(paths);
});

test.each([
  ['the folder docs', { 'docs/a.md': '', 'README.md': '' }, [['a.md', 'docs/a.md']]],
  ['the README alone', { 'Readme.md': '# Shop' }, [['index.md', 'Readme.md']]],
  ['nothing', { 'main.go': '' }, []],
])('without a configuration it is %s', (_name, files, expected) => {
  expect(renderFiles(files).pages.map(({ path, source }) => [path, source])).toEqual(expected);
});

test.each([
  ['old.md: new/a.md', 'old/index.html', '../new/a/'],
  ['old.md: "new/a.md#part"', 'old/index.html', '../new/a/#part'],
  ['x/old.md: index.md', 'x/old/index.html', '../../'],
  ['x/index.md: new/a.md', 'x/index.html', '../new/a/'],
  ['old.md: "https://acme.io/a#b"', 'old/index.html', 'https://acme.io/a#b'],
  ['old.md: gone.md', undefined, undefined],
  ['old.md: "javascript:x"', undefined, undefined],
  ['../old.md: index.md', undefined, undefined],
  ['new/a.md: index.md', undefined, undefined],
])('the redirect %s', (row, output, href) => {
  const { redirects } = render(`plugins: [{redirects: {redirect_maps: {${row}}}}]`, docs('index.md new/a.md'));
  expect(redirects).toEqual(output === undefined ? [] : [{ output, href }]);
});
