import { expect, test } from 'vitest';
import { renderFiles } from '../fixture.ts';

const config = (plugin: string) => `site_name: Shop\nplugins: [${plugin}]\n`;

test.each([
  ['awesome-pages', '.pages', 'docs-config-invalid', 'title: a\nnav: [a, b', 2],
  ['awesome-nav', '.nav.yml', 'docs-config-invalid', '\n\nnav: *x\n', 3],
  ['awesome-pages', '.pages', 'docs-nav-missing', 'nav:\n  - a.md\n  - gone.md\n', 3],
  ['awesome-nav', '.nav.yml', 'docs-nav-missing', 'nav:\n  - Gone: ../s/gone.md\n', 2],
  ['literate-nav', 'SUMMARY.md', 'docs-nav-missing', '- [A](a.md)\n- [Gone](gone.md)\n', 2],
])('%s: what is wrong with %s is a problem (%s) at its line', (plugin, name, code, text, line) => {
  const files: Record<string, string> = {
    'mkdocs.yml': config(plugin),
    'docs/s/a.md': '# A',
    [`docs/s/${name}`]: text,
  };
  if (plugin === 'literate-nav') files['docs/SUMMARY.md'] = '- [S](s/)';
  const place = { repository: 'shop', path: `docs/s/${name}`, line };
  const found = renderFiles(files).problems.filter((problem) => problem.code !== 'docs-broken-link');
  expect(found).toMatchObject([{ code, place }]);
});
