import { chromium } from '@playwright/test';
import { chromiumWords, createMachine, findChromium } from '../io/chromium.ts';
import { listen } from '../io/listen.ts';
import { createStaticServer } from '../io/static-server.ts';

/** What opening a page costs a browser that has nothing yet. */
export type PageCost = {
  name: string;
  path: string;
  status: number;
  requests: number;
  /** Bytes transferred, with the headers of the answers, as compressed as they came. */
  bytes: number;
  /** The same by type: `Document`, `Stylesheet`, `Script`, `Font`, … */
  types: Record<string, { requests: number; bytes: number }>;
};

type Address = { name: string; path: string };

/** Opens pages of a built site, each with an empty cache, and counts; undefined where there is no browser. */
export async function measurePages(site: string, pages: readonly Address[]): Promise<PageCost[] | undefined> {
  const executablePath = findChromium(createMachine(chromium.executablePath()));
  if (!executablePath) return undefined;
  const server = createStaticServer({ folder: site });
  const address = `http://127.0.0.1:${await listen(server, 0)}`;
  const browser = await chromium.launch({ executablePath, chromiumSandbox: false, args: chromiumWords });
  try {
    const costs: PageCost[] = [];
    for (const page of pages) costs.push(await measurePage(browser, address, page));
    return costs;
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
}

type Browser = Awaited<ReturnType<typeof chromium.launch>>;

async function measurePage(browser: Browser, address: string, { name, path }: Address): Promise<PageCost> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.setCacheDisabled', { cacheDisabled: true });
  const asked = new Map<string, string>();
  const received = new Map<string, number>();
  devtools.on('Network.requestWillBeSent', ({ requestId, type, request }) => {
    if (request.url.startsWith(address)) asked.set(requestId, type ?? 'Other');
  });
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) =>
    received.set(requestId, encodedDataLength),
  );
  const answer = await page.goto(`${address}${path}`, { waitUntil: 'load' });
  await page.waitForLoadState('networkidle');
  await context.close();
  return { name, path, status: answer?.status() ?? 0, ...toCost(asked, received) };
}

function toCost(asked: ReadonlyMap<string, string>, received: ReadonlyMap<string, number>) {
  const types: PageCost['types'] = {};
  for (const [id, type] of asked) {
    const before = types[type] ?? { requests: 0, bytes: 0 };
    types[type] = { requests: before.requests + 1, bytes: before.bytes + (received.get(id) ?? 0) };
  }
  const bytes = Object.values(types).reduce((sum, type) => sum + type.bytes, 0);
  return { requests: asked.size, bytes, types };
}
