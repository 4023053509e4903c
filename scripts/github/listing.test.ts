import { expect, test } from 'vitest';
import { listDated, listWanted, parseTreeListing, toListing } from './listing.ts';

const oid = (letter: string) => letter.repeat(40);

test('what git lists becomes files and links; submodules and what nobody reads are left out', () => {
  const output = [
    `100644 blob ${oid('a')}\tb.md`,
    `100755 blob ${oid('b')}\ta\nstrange name.sh`,
    `120000 blob ${oid('c')}\tlink`,
    `160000 commit ${oid('d')}\tmodule`,
    `100644 blob ${oid('e')}\tnode_modules/x/catalog-info.yaml`,
    '',
  ].join('\0');
  expect(toListing(parseTreeListing(output))).toEqual({
    files: [
      ['a\nstrange name.sh', oid('b')],
      ['b.md', oid('a')],
    ],
    links: ['link'],
  });
});

test.each(['../x', 'a/../../x', '/etc/passwd', './a', 'a//b', '.git/config', '.GIT/hooks/x', 'a/.git', '..', 'a/'])(
  'a tree with %s in it is read without it',
  (path) => {
    const entries = [path, 'a/b..c/.github/x'].map((each) => ({ path: each, oid: oid('a'), mode: '100644' }));
    expect(toListing(entries).files.map(([own]) => own)).toEqual(['a/b..c/.github/x']);
  },
);

test.each([
  [['catalog-info.yaml', 'src/a.ts'], ['catalog-info.yaml']],
  [['a/b/catalog-info.yml', 'a/skeleton/catalog-info.yaml'], ['a/b/catalog-info.yml']],
  [
    ['templates/x/template.yaml', 'all.yaml', 'asked/x.yaml'],
    ['all.yaml', 'asked/x.yaml', 'templates/x/template.yaml'],
  ],
  [['docs/a.md', 'README.md'], []],
  [
    ['mkdocs.yml', 'docs/a.md', 'docs/img/b.png', 'docs/film.mp4', 'src/c.md'],
    ['docs/a.md', 'docs/img/b.png', 'mkdocs.yml'],
  ],
  [
    ['mkdocs.yml', 'pages/a.md', 'pages/b.svg', 'docs/film.mp4'],
    ['mkdocs.yml', 'pages/a.md', 'pages/b.svg'],
  ],
  [
    ['x/mkdocs.yaml', 'x/docs/a.md', 'docs/b.md'],
    ['x/docs/a.md', 'x/mkdocs.yaml'],
  ],
  [
    ['catalog-info.yaml', 'CODEOWNERS', '.github/CODEOWNERS', 'x/CODEOWNERS'],
    ['.github/CODEOWNERS', 'CODEOWNERS', 'catalog-info.yaml'],
  ],
  [['CODEOWNERS', 'README.md'], []],
])('of %j come along %j', (paths, wanted) => {
  const files = paths.toSorted().map((path, at): [string, string] => [path, `${at}`]);
  const found = listWanted({ files, links: [] }, (path) => path.startsWith('asked/'));
  expect(found.paths.toSorted()).toEqual(wanted);
});

test('a tree with more files than are looked through says so', () => {
  const entries = Array.from({ length: 100_001 }, (_each, at) => ({ path: `${at}`, oid: oid('a'), mode: '100644' }));
  expect(toListing(entries)).toMatchObject({ files: { length: 100_000 }, isCut: true });
});

test('whatever may be read as YAML or as a page is dated too', () => {
  const files = ['a.png', 'b.ts', 'c/d.yaml', 'e.md'].map((path): [string, string] => [path, path]);
  expect(listDated({ files, links: [] }, ['a.png'])).toEqual(['a.png', 'c/d.yaml', 'e.md']);
});
