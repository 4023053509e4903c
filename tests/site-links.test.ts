import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { demoSite } from './suite/steps.ts';

const site = join(fileURLToPath(new URL('..', import.meta.url)), demoSite);
const written = /\s(?:href|src|action)="([^"]*)"/g;

/** Why an address on a page leads nowhere; nothing when it leads somewhere, or out of the site. */
function findFault(address: string, page: string): string | undefined {
  const url = new URL(address.replaceAll(/&amp;|&#38;/g, '&'), `http://site/${page.replace(/index\.html$/, '')}`);
  if (url.host !== 'site' || !/^https?:$/.test(url.protocol)) return undefined;
  const path = decodeURIComponent(url.pathname);
  const file = join(site, path.endsWith('/') ? `${path}index.html` : path);
  if (!existsSync(file)) return 'no such file';
  const id = decodeURIComponent(url.hash.slice(1));
  return id === '' || readFileSync(file, 'utf8').includes(`id="${id}"`) ? undefined : 'no such place on the page';
}

test('every link, picture and icon of the demo leads somewhere', () => {
  const pages = readdirSync(site, { recursive: true })
    .map(String)
    .filter((path) => path.endsWith('.html'));
  expect(pages.length).toBeGreaterThan(100);
  const faults = new Map<string, string>();
  for (const page of pages)
    for (const [, address = ''] of readFileSync(join(site, page), 'utf8').matchAll(written)) {
      const fault = findFault(address, page);
      if (fault) faults.set(`${address}: ${fault}`, page);
    }
  expect([...faults]).toEqual([]);
});
