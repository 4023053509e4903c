import { globSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const top = new URL('../../', import.meta.url);
const page = readFileSync(new URL('src/content/handbook/architecture.md', top), 'utf8');
/** The snapshot is a folder of its own: nothing of it lies in the tree. */
const map = page.replace(/## The snapshot.*?(?=\n## )/s, '');
const named = new Set([...map.matchAll(/`([\w.@-]+(?:\/[\w.@-]+)*\/?)`/g)].map(([, name = '']) => name));
const files = globSync('{src,scripts,tests}/**/*', { cwd: top }).map((file) => `/${file}`);

test.each([...named].filter((name) => /\.(?:ts|mjs|astro)$/.test(name)))(
  '%s, which is on the map, is there',
  (name) => {
    expect(files.some((file) => file.endsWith(`/${name}`))).toBe(true);
  },
);

test.each(
  ['scripts', 'src'].flatMap((folder) =>
    readdirSync(new URL(folder, top), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => `${folder}/${name}/`),
  ),
)('%s is on the map', (folder) => {
  expect([...named]).toContain(folder);
});
