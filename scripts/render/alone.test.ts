import { expect, test } from 'vitest';
import { toStandaloneFiles } from './alone.ts';
import { renderFiles } from './fixture.ts';

const write = (files: Record<string, string>) =>
  new Map(toStandaloneFiles(renderFiles(files)).map(({ path, text }) => [path, text]));

test('a page a file, where MkDocs puts it, its content in the article', () => {
  const written = write({ 'docs/index.md': '# Orders', 'docs/guide/start.md': 'Hello *you*.' });
  expect([...written.keys()].toSorted()).toEqual(['guide/start/index.html', 'index.html']);
  expect(written.get('guide/start/index.html')).toMatch(/<article>.*<p>Hello <em>you<\/em>\.<\/p>.*<\/article>/s);
});

test('the navigation leads from each page to every other', () => {
  const written = write({ 'docs/index.md': '# Orders', 'docs/guide/start.md': '# Start' });
  expect(written.get('guide/start/index.html')).toContain('<a href="../../index.html">');
  expect(written.get('guide/start/index.html')).toContain(
    '<a href="../../guide/start/index.html" aria-current="page">',
  );
});

test('a navigation cannot lead to a script, nor break out of its element', () => {
  const config = 'site_name: x\nnav:\n  - "<b>Evil</b>": "javascript:alert(1)"\n  - Home: index.md\n';
  const [page = ''] = [...write({ 'mkdocs.yml': config, 'docs/index.md': '# Orders' }).values()];
  expect(page).not.toContain('javascript:');
  expect(page).toContain('&lt;b&gt;Evil&lt;/b&gt;');
});

test('a section that is a page leads to it', () => {
  const config = 'site_name: x\nplugins: [section-index]';
  const written = write({ 'mkdocs.yml': config, 'docs/index.md': '', 'docs/a/index.md': '# A', 'docs/a/b.md': '# B' });
  expect(written.get('index.html')).toContain('<li><a href="./a/index.html">A</a><ul><li><a href="./a/b/index.html">');
});
