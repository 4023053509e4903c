import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ProxyCatalogFile } from '#model/live/catalog.ts';
import { proxyCatalogSchema } from '#model/live/catalog.ts';
import { loadProxySettings, openLive, toDemoSettings } from '../../scripts/commands/live.ts';
import { listProxyFiles } from '../../scripts/compose/live.ts';
import { type Demo, demoSystems, startDemo } from '../../scripts/demo/index.ts';
import { startLocally } from '../../scripts/demo/start.ts';
import { createFolderForge } from '../../scripts/io/folder.ts';
import { loadSettings } from '../../scripts/io/settings.ts';
import type { UpstreamLimits } from '../../src/proxy/io/upstream.ts';
import type { ProxySettings } from '../../src/proxy/settings.ts';
import { collectCatalog } from '../github/collected.ts';
import { createFront, type Front } from './faulty-front.ts';

const root = fileURLToPath(new URL('../../examples/acme', import.meta.url));

/** What the build tells the proxy of the demo organisation. */
export async function collectProxyCatalog(): Promise<ProxyCatalogFile> {
  const { value: settings } = loadSettings(root, [], {});
  const catalog = await collectCatalog(createFolderForge(settings, root), settings);
  const [file] = listProxyFiles(catalog, { isLive: true });
  return proxyCatalogSchema.parse(JSON.parse(file?.text ?? ''));
}

type System = (typeof demoSystems)[number];
export type Answered = { status: number; headers: Headers; text: string; body: Record<string, unknown> };

/** The proxy of the demo organisation, with something that can break in front of each of its systems. */
export type Acme = {
  url: string;
  demo: Demo;
  fronts: Record<System, Front>;
  ask: (path: string) => Promise<Answered>;
  readMetrics: () => Promise<string>;
  stop: () => Promise<void>;
};

type Wanted = {
  catalog: ProxyCatalogFile;
  now?: () => number;
  settings?: Partial<ProxySettings>;
  upstreamLimits?: Partial<UpstreamLimits>;
};

/** A busy machine is no system that hangs. */
const patient = { whole: 30_000, connect: 30_000 };

/** Starts the demo organisation's systems, and a proxy that asks them through their fronts. */
export async function startAcme({
  catalog,
  now = Date.now,
  settings = {},
  upstreamLimits = patient,
}: Wanted): Promise<Acme> {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-acme-'));
  const file = join(folder, 'catalog.json');
  writeFileSync(file, JSON.stringify(catalog));
  const demo = await startDemo(now);
  const opened = await Promise.all(demoSystems.map(async (id) => [id, await createFront(demo.urls[id])] as const));
  const fronts = Object.fromEntries(opened) as Acme['fronts']; // a row each, by construction
  const urls = Object.fromEntries(opened.map(([id, { url }]) => [id, url])) as Demo['urls'];
  const loaded = loadProxySettings({}, root, {}).settings;
  const proxy = openLive({
    settings: { ...toDemoSettings(loaded, { ...demo, urls }), ...settings },
    catalog: { file },
    ...{ base: '/', version: 'test', now, upstreamLimits, perMinute: 1e6, isQuiet: true },
  });
  await proxy.ready;
  const server = await startLocally(proxy.listener);
  const numbers = await startLocally(proxy.metricsListener);
  return {
    url: server.url,
    demo,
    fronts,
    ask: async (path) => {
      const response = await fetch(server.url + path);
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.startsWith('application/json');
      return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : {} };
    },
    readMetrics: async () => (await fetch(`${numbers.url}/metrics`)).text(),
    stop: async () => {
      await Promise.all([server.stop(), numbers.stop()]);
      proxy.stop();
      await Promise.all([demo.stop(), ...opened.map(([, front]) => front.stop())]);
      rmSync(folder, { recursive: true });
    },
  };
}
