import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderFiles, toTree } from './fixture.ts';
import { findConfig, readSite } from './mkdocs.ts';
import { readNav } from './nav/entries.ts';
import { parseYaml } from './yaml.ts';

const read = (text: string, files: Record<string, string> = {}, path = 'mkdocs.yml') =>
  readSite(toTree({ [path]: text, ...files }), path, 'orders');

test.each([
  ['a: !ENV HOME', { a: null }],
  ['a: !ENV [HOME, USER]', { a: 'USER' }],
  ['a: !ENV [HOME, false]', { a: false }],
  ['a: !ENV [HOME]', { a: null }],
  ['a: !!python/name:material.extensions.emoji.twemoji', { a: 'material.extensions.emoji.twemoji' }],
  ['a: !!python/object/apply:os.system ["rm"]', { a: 'os.system' }],
  [
    'a: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}',
    { a: 'pymdownx.slugs.slugify {"kwds":{"case":"lower"}}' },
  ],
  ['a: .\nb: y\nc: yes', { a: '.', b: 'y', c: true }],
  ['a: !relative $docs_dir', { a: '$docs_dir' }],
])('%j is %j, whatever the environment', (text, value) => {
  expect(parseYaml(text)).toEqual({ value, errors: [] });
});

describe('configurations that inherit', () => {
  test.each([
    ['a file beside', 'INHERIT: base.yml\nplugins: {b: {}}', 'base.yml', [], ['a', 'b']],
    ['a file above', 'INHERIT: ../base.yml', 'base.yml', [], ['a']],
    [
      'a file that is not there',
      'site_name: x\nINHERIT: gone.yml',
      'base.yml',
      ['`INHERIT` names a file that is not there'],
      [],
    ],
    [
      'a file outside',
      'INHERIT: ../../../etc/passwd',
      'base.yml',
      ['`INHERIT` leads out of the folder that was read for these docs'],
      [],
    ],
    ['themselves', 'INHERIT: mkdocs.yml', 'base.yml', ['`INHERIT` goes round in a circle'], []],
  ])('from %s', (_name, text, base, faults, plugins) => {
    const folder = text.includes('../base') ? 'sub/' : '';
    const site = read(text, { [base]: 'plugins: {a: {}}' }, `${folder}mkdocs.yml`);
    expect([site.faults.map(({ message }) => message), site.plugins.map(({ name }) => name)]).toEqual([
      faults,
      plugins,
    ]);
  });
});

const bomb = ['a0: &a0 [x, x]', ...Array.from({ length: 40 }, (_, at) => `a${at + 1}: &a${at + 1} [*a${at}, *a${at}]`)];

test.each([
  ['an open bracket', 'site_name: x\nnav: [a, b\nplugins: 1', 3],
  ['a tab', 'site_name: x\n\tnav: 1', 2],
  ['a list', '- a\n- b', 1],
  ['an anchor that is not there', 'site_name: x\nnav:\n  - *.md\n', 3],
  ['a bomb of anchors', bomb.join('\n'), 1],
  ['an anchor in itself', 'a: &a [*a]', 1],
  ['brackets without end', '['.repeat(20_000), 1],
  ['a deep nest', `a: ${'['.repeat(100)}${']'.repeat(100)}`, 1],
  ['too much', `a: "${'x'.repeat(1_100_000)}"`, 1],
])('with %s the tree is shown as TechDocs shows one without a configuration', (_name, text, line) => {
  const { site, problems, pages } = renderFiles({ 'mkdocs.yml': text, 'docs/index.md': '# Hello' });
  expect([site.profile, site.title, pages.map(({ title }) => title)]).toEqual(['techdocs', 'orders', ['Hello']]);
  expect(problems).toMatchObject([
    { code: 'docs-config-invalid', level: 'error', place: { repository: 'shop', path: 'mkdocs.yml', line } },
  ]);
});

test.each([
  ['docs_dir: .', 'mkdocs.yml', '', 0],
  ['docs_dir: src/', 'mkdocs.yml', 'src', 0],
  ['docs_dir: ../../docs', 'a/b/mkdocs.yml', 'docs', 0],
  ['docs_dir: ../../docs', 'a/mkdocs.yml', 'a/docs', 1],
  ['{}', 'a/mkdocs.yml', 'a/docs', 0],
])('with %j in %s the pages are in %j', (text, path, docs, faults) => {
  const site = read(text, {}, path);
  expect([site.docs, site.faults.length]).toEqual([docs, faults]);
});

test.each([
  [undefined, 'mkdocs.yml', 'mkdocs.yml'],
  [undefined, 'mkdocs.yml mkdocs.yaml', 'mkdocs.yaml'],
  ['other.yml', 'mkdocs.yml other.yml', 'other.yml'],
  ['gone.yml', 'mkdocs.yml', 'mkdocs.yml'],
  [undefined, 'docs/mkdocs.yml', undefined],
])('named %s among %s it is %s', (named, paths, expected) => {
  expect(findConfig(toTree(Object.fromEntries(paths.split(' ').map((path) => [path, '']))), named)).toBe(expected);
});

const yaml = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('a.md', 'b/', '*', '**', '...', '... | flat', '!include x.yml', '*include **/x.yml', '../..', ''),
    fc.constantFrom(null, true, 1, -1.5, 'https://x.io', 'javascript:x', '__proto__', '(a*)*$'),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom('a', 'nav', 'glob', 'regex', '__proto__', 'constructor', 'title'), tie('value')),
  ),
}));
const keys =
  'site_name docs_dir nav plugins markdown_extensions theme exclude_docs draft_docs not_in_nav INHERIT edit_uri edit_uri_template repo_url extra hooks use_directory_urls'.split(
    ' ',
  );
const names =
  'awesome-pages awesome-nav literate-nav section-index mkdocs-nav-weight macros exclude redirects monorepo'.split(' ');

test('whatever a configuration says, the tree is rendered', () => {
  const plugins = fc.dictionary(fc.constantFrom(...names), yaml.value);
  const config = fc.record({
    config: fc.dictionary(fc.constantFrom(...keys), yaml.value),
    plugins,
    beside: yaml.value,
  });
  fc.assert(
    fc.property(config, ({ config: values, plugins: on, beside }) => {
      const files = { 'docs/a.md': '# A {{ a }}', 'docs/b/c.md': '# C', 'docs/SUMMARY.md': '- [B](b/)\n- *\n' };
      const besides = {
        'docs/.pages': JSON.stringify({ nav: beside }),
        'docs/.nav.yml': JSON.stringify({ nav: beside }),
      };
      const text = JSON.stringify({ ...values, plugins: on });
      expect(() => renderFiles({ ...files, ...besides, 'mkdocs.yml': text })).not.toThrow();
    }),
  );
});

test('whatever text a configuration is, it is read, and so is a navigation', () => {
  const pieces = fc.array(
    fc.constantFrom(
      'a',
      ':',
      ' ',
      '\n',
      '- ',
      '[',
      ']',
      '{',
      '}',
      '&x',
      '*x',
      '!ENV ',
      '!!python/name:x ',
      '<<: ',
      '"',
      '|',
      '  ',
      '#',
      '\u0000',
    ),
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        pieces.map((parts) => parts.join('')),
      ),
      (text) => {
        const { nav } = read(text);
        expect(Array.isArray(readNav(nav))).toBe(true);
      },
    ),
  );
});
