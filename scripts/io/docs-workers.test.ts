import { expect, test } from 'vitest';
import { listDocsTexts } from '../bench/docs-organisation.ts';
import { createPreparer, type PreparedPage, type TreeFrame } from '../docs/prepare-pages.ts';
import type { PageWorkers } from '../ports.ts';
import { createPageWorkers } from './docs-workers.ts';
import { createHost } from './host.ts';

const texts = [...listDocsTexts({ folder: 'shop', pages: 24 })].map(([path, text]) => [path.slice(5), text] as const);
const pages = texts.flatMap(([path]) => (path.startsWith('docs/') ? path.slice(5) : []));
const extra = ['--8<-- "mkdocs.yml"', ':smile: [x](https://acme.io) [y](gone.md)'].join('\n\n');
const textOf = (page: string) => `${texts.find(([path]) => path === `docs/${page}`)?.[1]}\n\n${extra}`;

function toFrame(id: string): TreeFrame {
  const files = texts.map(([path]) => path);
  return {
    id,
    name: 'Shop',
    config: 'mkdocs.yml',
    base: '/',
    frameHosts: [],
    schemes: [],
    repository: 'shop',
    files,
    texts: texts.slice(1, 2),
  };
}

const slices = Array.from({ length: pages.length / 4 }, (_, at) => pages.slice(at * 4, at * 4 + 4));

async function render(workers: PageWorkers): Promise<PreparedPage[]> {
  for (const id of ['one', 'two']) workers.open(toFrame(id));
  const prepare = (id: string) =>
    slices.map((slice) =>
      workers.prepare(id, { pages: slice, texts: slice.map((page) => [`docs/${page}`, textOf(page)]) }),
    );
  const done = await Promise.all(['one', 'two'].flatMap(prepare));
  for (const id of ['one', 'two']) workers.close(id);
  await workers.end();
  return done.flat();
}

const create = (threads: number, patience: number) =>
  createPageWorkers({ preparer: createPreparer(createHost(import.meta.url)), threads, patience });

test.each([
  ['two threads', 2, 0],
  ['three threads that start late', 3, 10],
])('%s render the same as one', { timeout: 60_000 }, async (_name, threads, patience) => {
  const one = await render(create(1, 0));
  expect(one).toHaveLength(pages.length * 2);
  expect(one[0]?.html).toContain('site_name: shop');
  expect(await render(create(threads, patience))).toEqual(one);
});
