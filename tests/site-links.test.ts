import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { listBrokenLinks } from './built-links.ts';
import { baseOfDemo, demoSite, demoSiteBelow } from './suite/steps.ts';

const top = fileURLToPath(new URL('..', import.meta.url));

test.each([
  ['at the top of its host', demoSite, '/'],
  ['below a path', demoSiteBelow, baseOfDemo],
])('every link, picture, icon and style of the demo %s leads somewhere', (_case, folder, base) => {
  const { pages, faults } = listBrokenLinks({ folder: join(top, folder), base });
  expect(pages).toBeGreaterThan(100);
  expect(faults).toEqual([]);
});
