import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type ProxyCatalogFile, proxyCatalogPath } from '#model/live/catalog.ts';
import { people } from './people.ts';

/** What stands in every file of the site: whoever reads it got in. */
export const inside = 'only-for-those-who-are-let-in';

const catalog: ProxyCatalogFile = {
  version: 1,
  entities: [],
  people: people.map(({ name, title, email, login, groups }) => ({
    ...{ ref: `user:default/${name}`, title, email, login },
    groups: groups.map((group) => `group:default/${group}`),
  })),
};

const page = (title: string) =>
  `<!doctype html><html lang="en"><title>${title}</title><h1>${title}</h1><p>${inside}</p></html>`;
const json = JSON.stringify({ told: inside });

/** A small site with a file of every kind that a build writes, or that people expect to be open. */
export const siteFiles: Readonly<Record<string, string>> = {
  'index.html': page('Home'),
  '404.html': page('Nothing here'),
  'catalog/index.html': page('Catalog'),
  'catalog/components/index.html': page('Components'),
  'catalog/default/component/checkout/index.html': page('Checkout'),
  'docs/default/component/checkout/index.html': page('Docs of Checkout'),
  'handbook/index.html': page('Handbook'),
  'search/index.html': page('Search'),
  'search/names.json': json,
  // Pages whose addresses look like those that are open.
  'auth/index.html': page('A page named auth'),
  'auth/callback/index.html': page('A page named callback'),
  'authors/index.html': page('Authors'),
  'healthz/index.html': page('A page named healthz'),
  'readyz.html': page('A page named readyz'),
  'api/graph.json': json,
  'api/entities.json': json,
  'api/ownership.json': json,
  'api/build.json': json,
  [proxyCatalogPath.slice(1)]: JSON.stringify(catalog),
  'pagefind/pagefind.js': `/* ${inside} */`,
  'pagefind/pagefind-entry.json': json,
  'pagefind/fragment/en_1a2b3c4.pf_fragment': inside,
  'pagefind/index/en_9f8e7d6.pf_index': inside,
  '_astro/page.Ab12Cd34.css': `/* ${inside} */`,
  '_astro/list.Ef56Gh78.js': `// ${inside}`,
  'docs-files/0a/architecture.svg': `<svg xmlns="http://www.w3.org/2000/svg"><title>${inside}</title></svg>`,
  'docs-files/0a/manual.pdf': `%PDF-1.7 ${inside}`,
  'favicon.ico': inside,
  'icons.svg': `<svg xmlns="http://www.w3.org/2000/svg"><title>${inside}</title></svg>`,
  'robots.txt': `# ${inside}`,
  'sitemap.xml': `<urlset><!-- ${inside} --></urlset>`,
  'feed.xml': `<feed><title>${inside}</title></feed>`,
  'announcements/feed.atom': `<feed><title>${inside}</title></feed>`,
  'manifest.webmanifest': json,
  '.well-known/security.txt': inside,
};

/** Writes the site into a folder, as a finished build does. */
export function writeSite(folder: string, base: string): void {
  const mark = { 'portolan.json': JSON.stringify({ base }) };
  for (const [path, text] of Object.entries({ ...siteFiles, ...mark })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
