import { describe, expect, test } from 'vitest';
import { renderFiles, toFiles } from '../fixture.ts';
import type { NavEntry } from './entries.ts';

/** A navigation as lines: a section with what is in it, a page, or an address elsewhere. */
function toOutline(nav: readonly NavEntry[]): string[] {
  return nav.map(({ title, path, href, children }) => {
    const label = [title, path ?? href].filter((part) => part !== undefined).join('=');
    return children ? `${label}(${toOutline(children).join(' ')})` : label;
  });
}

const outline = (config: string, files: Record<string, string>, pages: string) => {
  const docs = Object.fromEntries(
    Object.entries({ ...toFiles(pages), ...files }).map(([path, text]) => [`docs/${path}`, text]),
  );
  return toOutline(renderFiles({ 'mkdocs.yml': `site_name: Shop\n${config}`, ...docs }).nav).join(' ');
};

const cases = (rows: readonly [string, string, Record<string, string>, string, string][]) =>
  test.each(rows)('%s', (_name, config, files, pages, expected) => {
    expect(outline(config, files, pages)).toBe(expected);
  });

describe('what MkDocs itself makes of it', () => {
  cases([
    [
      'folders after files, indexes first',
      '',
      {},
      'b.md index.md z/a.md a/index.md a/b.md',
      'index.md b.md A(a/index.md a/b.md) Z(z/a.md)',
    ],
    ['names as titles', '', {}, 'my-folder_x/a.md API/b.md', 'API(API/b.md) My folder x(my-folder_x/a.md)'],
    [
      'leaves with and without titles',
      'nav: [a.md, {B: b.md}, {C: [./c.md]}, {D: "https://d.io"}]',
      {},
      'a.md b.md c.md',
      'a.md B=b.md C(c.md) D=https://d.io',
    ],
    ['pages that are left out on purpose', 'not_in_nav: |\n  b.md\n  /x/\n', {}, 'a.md b.md x/c.md', 'a.md'],
    ['drafts and what is excluded', 'exclude_docs: "*.tmp.md"\ndraft_docs: d/', {}, 'a.md a.tmp.md d/x.md', 'a.md'],
    ['a folder where a page should be', 'nav: [{A: a/}]', {}, 'a/b.md', 'A=a/'],
  ]);
});

const pages = 'index.md a.md b.md c.md sub/x.md sub/y.md';

describe('awesome-pages', () => {
  const on = 'plugins: [awesome-pages]';
  cases([
    ['nothing said', on, {}, pages, 'index.md a.md b.md c.md Sub(sub/x.md sub/y.md)'],
    [
      'rows, a title and a link',
      on,
      { '.pages': 'nav: [sub, {First: b.md}, {Go: "https://x.io"}]' },
      pages,
      'Sub(sub/x.md sub/y.md) First=b.md Go=https://x.io',
    ],
    ['the rest', on, { '.pages': 'nav: [c.md, ..., a.md]' }, pages, 'c.md index.md b.md Sub(sub/x.md sub/y.md) a.md'],
    [
      'a rest by glob before the rest of all',
      on,
      { '.pages': 'nav:\n  - ...\n  - Some: ["... | [ab].md"]\n' },
      pages,
      'index.md c.md Sub(sub/x.md sub/y.md) Some(a.md b.md)',
    ],
    [
      'a rest by regular expression',
      on,
      { '.pages': 'nav: ["... | regex=(a|c)\\\\.md$", sub]' },
      pages,
      'a.md c.md Sub(sub/x.md sub/y.md)',
    ],
    [
      'a flat rest',
      on,
      { '.pages': 'nav: [index.md, "... | flat"]' },
      pages,
      'index.md a.md b.md c.md sub/x.md sub/y.md',
    ],
    ['a flat rest by glob', on, { '.pages': 'nav: ["...|flat|sub*"]' }, pages, 'sub/x.md sub/y.md'],
    ['sections of its own', on, { '.pages': 'nav: [{More: [a.md, sub]}]' }, pages, 'More(a.md Sub(sub/x.md sub/y.md))'],
    [
      'arrange, the rest after it',
      on,
      { '.pages': 'arrange: [c.md, sub]' },
      pages,
      'c.md Sub(sub/x.md sub/y.md) index.md a.md b.md',
    ],
    [
      'arrange with a rest',
      on,
      { '.pages': 'arrange: [..., index.md]' },
      pages,
      'a.md b.md c.md Sub(sub/x.md sub/y.md) index.md',
    ],
    [
      'a title, which wins over the one above',
      on,
      { 'sub/.pages': 'title: Own', '.pages': 'nav: [{Other: sub}]' },
      pages,
      'Own(sub/x.md sub/y.md)',
    ],
    ['a title from above', on, { '.pages': 'nav: [{Other: sub}]' }, pages, 'Other(sub/x.md sub/y.md)'],
    ['a hidden folder', on, { 'sub/.pages': 'hide: true' }, pages, 'index.md a.md b.md c.md'],
    ['backwards', on, { '.pages': 'order: desc' }, pages, 'Sub(sub/x.md sub/y.md) index.md c.md b.md a.md'],
    ['numbers by size', on, { '.pages': 'sort_type: natural' }, '10.md 9.md 1a/x.md', '1a(1a/x.md) 9.md 10.md'],
    ['numbers letter by letter', on, { '.pages': 'order: asc' }, '10.md 9.md', '10.md 9.md'],
    [
      'by title',
      on,
      { '.pages': 'order_by: title', 'a.md': '# Zebra', 'b.md': '---\ntitle: Ant\n---\n' },
      '',
      'b.md a.md',
    ],
    [
      'without regard to case, for all folders',
      'plugins: [{awesome-pages: {order: asc, ignore_case: true}}]',
      {},
      'B.md a.md',
      'a.md B.md',
    ],
    ['a folder of one page', on, { 'sub/.pages': 'collapse: true' }, 'a.md sub/x.md', 'a.md sub/x.md'],
    [
      'folders of one page, deep',
      'plugins: [{awesome-pages: {collapse_single_pages: true}}]',
      {},
      'a.md s/t/x.md u/1.md u/2.md',
      'a.md s/t/x.md U(u/1.md u/2.md)',
    ],
    [
      'folders of one page but for one',
      'plugins: [{awesome-pages: {collapse_single_pages: true}}]',
      { 's/.pages': 'collapse: false' },
      's/x.md t/y.md',
      'S(s/x.md) t/y.md',
    ],
    ['another file name', 'plugins: [{awesome-pages: {filename: .index}}]', { '.index': 'nav: [b.md]' }, pages, 'b.md'],
    [
      'a row that names nothing',
      on,
      { 'sub/.pages': 'nav: [x.md, gone.md]' },
      pages,
      'index.md a.md b.md c.md Sub(sub/x.md sub/gone.md)',
    ],
    ['a file that cannot be read', on, { '.pages': 'nav: [' }, 'a.md b.md', 'a.md b.md'],
    ['a written navigation without a rest', `${on}\nnav: [b.md]`, { '.pages': 'nav: [a.md]' }, pages, 'b.md'],
    [
      'a written navigation with a rest',
      `${on}\nnav: [{One: [b.md, sub/x.md]}, ...]`,
      { 'sub/.pages': 'title: Own' },
      pages,
      'One(b.md sub/x.md) index.md a.md c.md Own(sub/y.md)',
    ],
    [
      'a written navigation with rests by glob',
      `${on}\nnav: [..., {X: ["... | **/x.md"]}]`,
      {},
      'a.md s/x.md s/y.md x.md',
      'a.md S(s/y.md) X(x.md S(s/x.md))',
    ],
    [
      'the plugin off',
      'plugins: [{awesome-pages: {enabled: false}}]',
      { '.pages': 'nav: [b.md]' },
      'a.md b.md',
      'a.md b.md',
    ],
  ]);
});

describe('awesome-nav', () => {
  const on = 'plugins: [awesome-nav]';
  cases([
    ['nothing said', on, {}, 'index.md 10.md 9.md sub/x.md', 'index.md 9.md 10.md Sub(sub/x.md)'],
    [
      'pages, folders, sections and links',
      on,
      { '.nav.yml': 'nav: [b.md, {Help: a.md}, sub, {More: ["*", {Web: "https://x.io"}]}]' },
      pages,
      'b.md Help=a.md Sub(sub/x.md sub/y.md) More(index.md c.md Web=https://x.io)',
    ],
    [
      'a folder with a title',
      on,
      { '.nav.yml': 'nav: [{Deep: sub/}]', 'sub/.nav.yml': 'title: Own' },
      pages,
      'Deep(sub/x.md sub/y.md)',
    ],
    ['a title of its own', on, { 'sub/.nav.yml': 'title: Own' }, 'a.md sub/x.md', 'a.md Own(sub/x.md)'],
    ['folders alone', on, { '.nav.yml': 'nav: ["*/"]' }, pages, 'Sub(sub/x.md sub/y.md)'],
    ['files alone', on, { '.nav.yml': 'nav: ["*.md"]' }, pages, 'index.md a.md b.md c.md'],
    [
      'everything flat',
      on,
      { '.nav.yml': 'nav: ["**"]' },
      'foo.md bar/foo.md bar/bar/foo.md',
      'bar/bar/foo.md bar/foo.md foo.md',
    ],
    [
      'deep',
      on,
      { '.nav.yml': 'nav: ["bar/**/foo.md"]' },
      'foo.md bar/foo.md bar/bar/foo.md',
      'bar/bar/foo.md bar/foo.md',
    ],
    ['either of two', on, { '.nav.yml': 'nav: ["@(a|c).md", "{b,x}.md"]' }, pages, 'a.md c.md b.md'],
    [
      'a pattern brings nothing twice',
      on,
      { '.nav.yml': 'nav: [{A: ["*"]}, {B: ["*b*.md"]}, c.md]' },
      'a.md b.md c.md',
      'A(a.md b.md) B() c.md',
    ],
    [
      'what matched nothing, at the end',
      on,
      { '.nav.yml': 'nav: [b.md]\nappend_unmatched: true' },
      pages,
      'b.md index.md a.md c.md Sub(sub/x.md sub/y.md)',
    ],
    ['a hidden folder', on, { 'sub/.nav.yml': 'hide: true' }, 'a.md sub/x.md', 'a.md'],
    [
      'patterns to ignore, handed down',
      on,
      { '.nav.yml': 'ignore: ["*.hidden.md"]' },
      'a.md b.hidden.md s/c.hidden.md s/d.md',
      'a.md S(s/d.md)',
    ],
    [
      'patterns to ignore, replaced below',
      on,
      { '.nav.yml': 'ignore: x.md', 's/.nav.yml': 'ignore: y.md' },
      's/x.md s/y.md',
      'S(s/x.md)',
    ],
    [
      'patterns to ignore, added to below',
      on,
      { '.nav.yml': 'ignore: x.md', 's/.nav.yml': 'ignore: [$inherit, y.md]' },
      's/x.md s/y.md s/z.md',
      'S(s/z.md)',
    ],
    [
      'sections of one thing',
      on,
      { '.nav.yml': 'flatten_single_child_sections: true', 't/.nav.yml': 'flatten_single_child_sections: false' },
      's/x.md t/y.md',
      's/x.md T(t/y.md)',
    ],
    [
      'backwards, pages first',
      on,
      { '.nav.yml': 'sort: {direction: desc}' },
      'a.md b.md s/x.md s/y.md',
      'b.md a.md S(s/y.md s/x.md)',
    ],
    ['sections first', on, { '.nav.yml': 'sort: {sections: first}' }, 'a.md s/x.md', 'S(s/x.md) a.md'],
    ['sections among pages', on, { '.nav.yml': 'sort: {sections: mixed}' }, 'a.md z.md s/x.md', 'a.md S(s/x.md) z.md'],
    ['letter by letter', on, { '.nav.yml': 'sort: {type: alphabetical}' }, '10.md 9.md', '10.md 9.md'],
    ['by title', on, { '.nav.yml': 'sort: {by: title}', 'a.md': '# Z', 'b.md': '# A' }, '', 'b.md a.md'],
    [
      'a pattern with an order of its own',
      on,
      { '.nav.yml': 'nav: [{glob: "*", sort: {direction: desc}}]' },
      'a.md b.md',
      'b.md a.md',
    ],
    ['names as they are', on, { '.nav.yml': 'preserve_directory_names: true' }, 'my-app/x.md', 'my-app(my-app/x.md)'],
    [
      'titles of indexes',
      on,
      { '.nav.yml': 'use_index_title: true', 's/index.md': '---\ntitle: Guide\n---\n' },
      '',
      'Guide(s/index.md)',
    ],
    ['mkdocs.yml is not heard', `${on}\nnav: [b.md]`, {}, 'a.md b.md', 'a.md b.md'],
  ]);
});

describe('literate-nav', () => {
  const on = 'plugins: [literate-nav]';
  const all = 'index.md baz.md borgs/index.md borgs/bar.md borgs/foo.md';
  cases([
    [
      'a list',
      on,
      { 'SUMMARY.md': '* [Frob](index.md)\n* [Web](https://x.io)\n* Borgs\n    * [Bar](borgs/bar.md)\n' },
      all,
      'Frob=index.md Web=https://x.io Borgs(Bar=borgs/bar.md)',
    ],
    [
      'a section with a page',
      on,
      { 'SUMMARY.md': '1. [Borgs](borgs/index.md)\n    1. [Bar](borgs/bar.md)\n' },
      all,
      'Borgs(borgs/index.md Bar=borgs/bar.md)',
    ],
    ['the last list', on, { 'SUMMARY.md': '# Nav\n\n- [A](baz.md)\n\nText.\n\n- [B](index.md)\n' }, all, 'B=index.md'],
    [
      'the list after the mark',
      on,
      { 'SUMMARY.md': '<!--nav-->\n\n- [A](baz.md)\n\nText.\n\n- [B](index.md)\n' },
      all,
      'A=baz.md',
    ],
    [
      'a folder with a list of its own',
      on,
      { 'SUMMARY.md': '- [Borgs](borgs/)', 'borgs/SUMMARY.md': '- [Foo](foo.md)\n- [Up](../baz.md)' },
      all,
      'Borgs(Foo=borgs/foo.md Up=baz.md)',
    ],
    [
      'a folder without one',
      on,
      { 'SUMMARY.md': '- [Borgs](borgs/)' },
      all,
      'Borgs(borgs/index.md borgs/bar.md borgs/foo.md)',
    ],
    [
      'folders that lead to each other',
      on,
      { 'SUMMARY.md': '- [Borgs](borgs/)', 'borgs/SUMMARY.md': '- [Top](../)\n- [Me](../borgs/)' },
      all,
      'Borgs(Top() Me())',
    ],
    [
      'wildcards',
      on,
      { 'SUMMARY.md': '- [Home](index.md)\n- Use\n    - [Foo](borgs/foo.md)\n    - borgs/*.md\n- */\n- *.md\n' },
      `${all} tips/a.md`,
      'Home=index.md Use(Foo=borgs/foo.md borgs/index.md borgs/bar.md) Tips(tips/a.md) baz.md',
    ],
    ['wildcards over folders', on, { 'SUMMARY.md': '- **/foo.md\n' }, all, 'borgs/foo.md'],
    [
      'an implicit index',
      'plugins: [{literate-nav: {implicit_index: true}}]',
      { 'SUMMARY.md': '- [Borgs](borgs/)', 'borgs/SUMMARY.md': '- [Foo](foo.md)' },
      all,
      'index.md Borgs(borgs/index.md Foo=borgs/foo.md)',
    ],
    [
      'another file name',
      'plugins: [{literate-nav: {nav_file: README.md}}]',
      { 'README.md': 'Text\n\n- [Baz](baz.md)' },
      'baz.md',
      'Baz=baz.md',
    ],
    [
      'a written navigation with folders and wildcards',
      `${on}\nnav: [index.md, {Borgs: borgs/}, "*.md"]`,
      {},
      all,
      'index.md Borgs(borgs/index.md borgs/bar.md borgs/foo.md) baz.md',
    ],
    [
      'a written navigation with everything of a folder',
      `${on}\nnav: ["borgs/*"]`,
      {},
      all,
      'borgs/index.md borgs/bar.md borgs/foo.md',
    ],
    ['neither', on, {}, all, 'index.md baz.md Borgs(borgs/index.md borgs/bar.md borgs/foo.md)'],
    ['a page that is not there', on, { 'SUMMARY.md': '- [Gone](gone.md)' }, '', 'Gone=gone.md'],
    [
      'titles in other dress',
      on,
      { 'SUMMARY.md': '- **[A `b`](<a b.md> "x")**\n- [C](c%20d.md)\n- *Some* section\n    - [E](e.md)' },
      '',
      'A b=a C=c d.md Some section(E=e.md)',
    ],
  ]);
});

describe('sections that are pages', () => {
  const nav = 'nav: [index.md, {Borgs: [borgs/index.md, {Bar: borgs/bar.md}]}, {Own: [{T: own/index.md}, own/a.md]}]';
  const all = 'index.md borgs/index.md borgs/bar.md own/index.md own/a.md';
  cases([
    [
      'section-index: the first page without a title',
      `plugins: [section-index]\n${nav}`,
      {},
      all,
      'index.md Borgs=borgs/index.md(Bar=borgs/bar.md) Own(T=own/index.md own/a.md)',
    ],
    [
      'navigation.indexes: the index page',
      `theme: {name: material, features: [navigation.indexes]}\n${nav}`,
      {},
      all,
      'index.md Borgs=borgs/index.md(Bar=borgs/bar.md) Own=own/index.md(own/a.md)',
    ],
    [
      'with literate-nav',
      'plugins: [section-index, literate-nav]',
      { 'SUMMARY.md': '- [Borgs](borgs/index.md)\n    - [Bar](borgs/bar.md)' },
      all,
      'Borgs=borgs/index.md(Bar=borgs/bar.md)',
    ],
  ]);
});

describe('mkdocs-nav-weight', () => {
  const on = 'plugins: [mkdocs-nav-weight]';
  const weighs = (weight: string) => `---\n${weight}\n---\n`;
  cases([
    [
      'lightest first',
      on,
      { 'a.md': weighs('weight: 2'), 'b.md': weighs('weight: -1.5'), 'c.md': '' },
      'index.md',
      'index.md b.md c.md a.md',
    ],
    [
      'an index weighs for its section',
      on,
      { 'a.md': weighs('weight: 5'), 's/index.md': weighs('weight: 1') },
      's/x.md',
      'S(s/index.md s/x.md) a.md',
    ],
    [
      'heaviest first',
      'plugins: [{mkdocs-nav-weight: {reverse: true}}]',
      { 'a.md': weighs('weight: 1'), 'b.md': '' },
      '',
      'a.md b.md',
    ],
    [
      'hidden pages and sections',
      on,
      { 'a.md': weighs('headless: true'), 's/index.md': weighs('headless: true') },
      'b.md s/x.md',
      'b.md',
    ],
    [
      'a section named by its index',
      on,
      { 's/index.md': weighs('retitled: true\ntitle: Guide\nempty: true') },
      's/x.md',
      'Guide(s/x.md)',
    ],
    [
      'all sections named by their index',
      'plugins: [{mkdocs-nav-weight: {section_renamed: true}}]',
      { 's/index.md': '# Guide' },
      '',
      'Guide(s/index.md)',
    ],
    ['a written navigation', `${on}\nnav: [a.md, b.md]`, { 'a.md': weighs('weight: 1'), 'b.md': '' }, '', 'b.md a.md'],
  ]);
});
