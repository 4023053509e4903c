import { describe, expect, test } from 'vitest';
import { renderFiles } from './fixture.ts';

const config = `site_name: Shop
repo_url: https://github.com/acme/shop
extra: {version: 1.4, open: true, day: 2024-02-19, deep: {name: "<b>x</b>", list: [1]}}
`;

const render = (page: string, plugins: string) =>
  renderFiles({ 'mkdocs.yml': `${config}plugins: ${plugins}\n`, 'docs/index.md': page });

describe('the plugin macros', () => {
  test.each([
    ['{{ version }} {{open}} {{ day }}', '1.4 True 2024-02-19'],
    ['{{ deep.name }}', '<b>x</b>'],
    ['{{ config.site_name }} at {{ config.repo_url }}', 'Shop at https://github.com/acme/shop'],
    ['{{ config.extra.version }} {{- version -}}', '1.4 1.4'],
    ['`{{ version }}`', '<code>1.4</code>'],
    [
      '{{ gone }} {{ deep }} {{ deep.list }} {{ version | upper }} {{ f() }}',
      '{{ gone }} {{ deep }} {{ deep.list }} {{ version | upper }} {{ f() }}',
    ],
    ['{{ constructor.name }} {{ __proto__ }}', '{{ constructor.name }} {{ <strong>proto</strong> }}'],
    ['{% raw %}{{ version }}{% endraw %} {{ version }}', '{{ version }} 1.4'],
    ['{% raw %}{{ version }}', '{% raw %}1.4'],
    ['{% if version %}x{% endif %}', '{% if version %}x{% endif %}'],
    ['---\nversion: 2\nwho: me\n---\n{{ version }} {{ who }} {{ page.meta.who }}', '2 me me'],
    ['---\nrender_macros: false\n---\n{{ version }}', '{{ version }}'],
    ['---\nignore_macros: true\n---\n{{ version }}', '{{ version }}'],
  ])('makes %j', (page, expected) => {
    expect(render(page, '[macros]').pages[0]?.html).toBe(`<p>${expected}</p>\n`);
  });

  test('may have other marks, and wait to be asked', () => {
    const plugins =
      '[{macros: {j2_variable_start_string: "[[", j2_variable_end_string: "]]", render_by_default: false}}]';
    const html = (page: string) => render(page, plugins).pages[0]?.html;
    expect(html('---\nrender_macros: true\n---\n[[ version ]] {{ version }}')).toBe('<p>1.4 {{ version }}</p>\n');
    expect(html('[[ version ]]')).toBe('<p>[[ version ]]</p>\n');
  });

  test('is nothing where it is off', () => {
    expect(render('{{ version }}', '[]').pages[0]?.html).toBe('<p>{{ version }}</p>\n');
  });
});

const remarks = (page: string, plugins: string) =>
  render(page, plugins).problems.map(
    ({ code, what, mend, place }) => `${code} ${place?.line}:${place?.column} ${what} ${mend}`,
  );

test.each([
  [
    'a call',
    '---\ntitle: x\n---\n\nOne\n{{ table(1) }} {{ other() }}',
    '[macros]',
    ['docs-jinja 6:1 `{{ table(1) }}`'],
  ],
  ['a block', '{% include "a.md" %}', '[]', ['docs-jinja 1:1 `{% include "a.md" %}`']],
  ['a variable without the plugin', 'a {{ version }}', '[]', ['docs-jinja 1:3 `{{ version }}`']],
  ['a variable with it', 'a {{ version }}', '[macros]', []],
  ['what is meant to be shown', '{% raw %}{{ x }}{% endraw %}', '[macros]', []],
  ['code', '```yaml\n{{ x }}\n```\n`{{ x }}`\n\n    {{ x }}\n', '[]', []],
  ['a comment', '<!-- {{ x }}\n{% y %} -->', '[]', []],
  ['braces of other kinds', '{{ .Values.x }} {{{x}}} ${{ a b }}', '[]', []],
  ['Docusaurus', 'a\n\n:::tip Title\ntext\n:::\n', '[]', ['docs-foreign-syntax 3:1 `:::tip Title`']],
  ['VitePress', '::: Warning\ntext\n:::\n', '[]', ['docs-foreign-syntax 1:1 `::: Warning`']],
  ['mkdocstrings', '::: my.module', '[]', []],
  ['MDX', "import Tabs from '@theme/Tabs';\n\n# A", '[]', ["docs-foreign-syntax 1:1 `import Tabs from '@theme/Tabs'`"]],
  ['MDX in code', "```js\nimport Tabs from 'x';\n:::note\n```", '[]', []],
])('of %s it says what is right', (_name, page, plugins, expected) => {
  const found = remarks(page, plugins);
  expect(found.map((text, at) => text.slice(0, expected[at]?.length))).toEqual(expected);
});

test('a mark without end takes no time', () => {
  const page = `${'{% raw %}{{'.repeat(20_000)}${'`'.repeat(9)}${'<!--'.repeat(5_000)}`;
  expect(render(page, '[macros]').pages).toHaveLength(1);
});
