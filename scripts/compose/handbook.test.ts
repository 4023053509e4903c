import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { noDocs } from '#model/docs.ts';
import { createMemoryTools, toDocsCatalog } from '../docs/fixture.ts';
import { renderDocs } from '../docs.ts';
import { openDocsTree } from '../io/docs-tree.ts';
import { createHost } from '../io/host.ts';
import { createHandbookForge } from '../io/own-docs.ts';
import { renderTree } from '../render/render.ts';
import { listHandbookPages } from './handbook.ts';

const top = fileURLToPath(new URL('../../', import.meta.url));
const nothing = { ...createHandbookForge(top), listRepositories: async () => ({ repositories: [], problems: [] }) };

test('the handbook of the package is pages of the portal, whatever the catalog holds', async () => {
  const tools = createMemoryTools();
  const { docs, problems } = await renderDocs(toDocsCatalog({}, []), nothing, tools, [], createHandbookForge(top));
  const pages = [...listHandbookPages(docs)];
  expect([docs.trees, problems]).toEqual([[], []]);
  expect(pages.map(({ path }) => path)).toEqual(expect.arrayContaining(['/handbook/', '/handbook/configuration/']));
  const start = pages.find(({ path }) => path === '/handbook/');
  expect(start?.view.tree).toEqual({ title: 'Handbook', path: '/handbook/' });
  expect(start?.view.navigation.at(-1)).toEqual({ title: 'All problems', path: '/handbook/problems/' });
  expect(start?.view.next?.path).toMatch(/^\/handbook\/.+\/$/);
  expect(tools.kept.get(start?.view.body ?? '')).toContain('href="/portal/problems/"');
});

test('a portal without a handbook has no page of it', async () => {
  const { docs } = await renderDocs(toDocsCatalog({}, []), nothing, createMemoryTools());
  expect([...listHandbookPages(docs), ...listHandbookPages(noDocs)]).toEqual([]);
});

test('nothing is wrong with the handbook: every link leads somewhere, every page stands in its navigation', async () => {
  const tree = await openDocsTree(`${top}src/content`);
  const { problems } = renderTree(tree, { name: 'Handbook', host: createHost(import.meta.url), config: undefined });
  expect(problems.map(({ what, place }) => `${place?.path}:${place?.line} ${what}`)).toEqual([]);
});
