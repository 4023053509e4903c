import { expect, test } from 'vitest';
import { listDocsTexts, planDocsTrees } from './docs-organisation.ts';

test.each([2000, 20_000])('%i pages lie in one large tree and many small ones', (total) => {
  const [first, ...others] = planDocsTrees(total).map(({ pages }) => pages);
  expect([first, ...others].reduce<number>((sum, pages = 0) => sum + pages, 0)).toBe(total);
  expect(first).toBe(total * 0.15);
  expect(Math.max(...others)).toBeLessThanOrEqual(300);
});

const order = { folder: 'repositories/shop', pages: 60 };

test('pages are like those of real docs, and the same each time', () => {
  const texts = [...listDocsTexts(order)];
  expect([...listDocsTexts(order)]).toEqual(texts);
  const pages = texts.filter(([path]) => path.endsWith('.md')).map(([, text]) => text);
  const mean = (count: (text: string) => number) => pages.reduce((sum, text) => sum + count(text), 0) / pages.length;
  expect(pages).toHaveLength(60);
  expect(mean((text) => text.length)).toBeGreaterThan(5000);
  expect(mean((text) => text.length)).toBeLessThan(9000);
  expect(mean((text) => text.split('\n```').length / 2)).toBeGreaterThan(3);
});

test('links between pages lead to pages that are there', () => {
  const paths = new Set([...listDocsTexts(order)].map(([path]) => path));
  const links = [...listDocsTexts(order)].flatMap(([path, text]) =>
    [...text.matchAll(/\]\(([^)]+\.md)\)/g)].map(([, target = '']) => new URL(target, `file:///${path}`).pathname),
  );
  expect(links.length).toBeGreaterThan(100);
  expect(links.filter((link) => !paths.has(link.slice(1)))).toEqual([]);
});
