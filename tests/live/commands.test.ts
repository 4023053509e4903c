import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { z } from 'zod';
import { type ProxyCatalogFile, proxyCatalogPath } from '#model/live/catalog.ts';
import { loadProxySettings } from '../../scripts/commands/live.ts';
import { proxy as proxyCommand } from '../../scripts/commands/proxy.ts';
import { type StartedProxy, startProxy } from '../../scripts/commands/proxy-run.ts';
import { startSite } from '../../scripts/commands/serve.ts';
import { type Demo, startDemo } from '../../scripts/demo/index.ts';
import { listen } from '../../scripts/io/listen.ts';
import { collectProxyCatalog } from './acme.ts';

const packageFolder = new URL('../..', import.meta.url).pathname;
let demo: Demo;
let catalog: ProxyCatalogFile;
beforeAll(async () => {
  demo = await startDemo(Date.now);
  catalog = await collectProxyCatalog();
});
afterAll(() => demo.stop());

let root = '';
let catalogFile = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'portolan-proxy-command-'));
  catalogFile = join(root, 'dist', proxyCatalogPath);
  mkdirSync(join(catalogFile, '..'), { recursive: true });
  writeFileSync(catalogFile, JSON.stringify(catalog));
  configure();
});

const stops: (() => unknown)[] = [];
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
  rmSync(root, { recursive: true });
});

/** A configuration whose systems are those of the demonstration, with changes. */
function toConfiguration() {
  const { urls, token } = demo;
  return {
    portal: {
      proxy: {
        plainHttp: Object.values(urls).map((url) => new URL(url).host),
        secrets: ['PD_CHECKOUT_KEY'],
      },
    },
    integrations: { github: [{ host: 'github.com', apiBaseUrl: urls.github, token }] },
    kubernetes: {
      clusterLocatorMethods: [
        { type: 'config', clusters: [{ name: 'prod-us', url: urls.kubernetes, serviceAccountToken: token }] },
      ],
    },
    argocd: {
      appLocatorMethods: [{ type: 'config', instances: [{ name: 'prod-us', url: urls.argocd, token }] }],
    },
    pagerDuty: { apiBaseUrl: urls.pagerduty, apiToken: token },
    prometheus: { url: urls.prometheus, token },
  };
}
type Configuration = ReturnType<typeof toConfiguration>;

function configure(change: (configuration: Configuration) => object = (same) => same): void {
  writeFileSync(join(root, 'app-config.yaml'), stringify(change(toConfiguration())));
}

function createContext() {
  const written: { out: string; error: string } = { out: '', error: '' };
  const toOutput = (name: 'out' | 'error') => ({ write: (text: string) => (written[name] += text) });
  const environment = { PD_CHECKOUT_KEY: demo.secrets.get('PD_CHECKOUT_KEY') };
  const context = { workingFolder: root, environment, packageFolder, out: toOutput('out'), error: toOutput('error') };
  return { context, written };
}

const findings = z.array(
  z.object({ about: z.string(), mark: z.string(), what: z.string(), grant: z.string().optional() }),
);

async function check(options: Record<string, string | boolean> = {}) {
  const { context, written } = createContext();
  const code = await proxyCommand.run({ check: true, json: true, ...options }, [], context);
  return { code, list: findings.parse(JSON.parse(written.out)) };
}

describe('portolan proxy --check', () => {
  test('says what each system lets us read, under the name that people know', async () => {
    const { code, list } = await check();
    expect(list.filter(({ mark }) => mark !== 'fine')).toEqual([]);
    expect([...new Set(list.map(({ about }) => about))]).toEqual([
      'Catalog',
      'Secrets',
      'Kubernetes prod-us',
      'Argo CD prod-us',
      'GitHub github.com',
      'Prometheus',
      'PagerDuty',
    ]);
    expect(code).toBe(0);
  });

  test('is written for people, too', async () => {
    const { context, written } = createContext();
    expect(await proxyCommand.run({ check: true }, [], context)).toBe(0);
    expect(written.out).toMatch(/\nKubernetes prod-us\n {2}✓ fine .*Kubernetes v1/);
    expect(written.out).toContain('Everything is there.');
    expect(written.out).not.toContain(demo.token);
  });

  test('says once of each system that it cannot be reached', async () => {
    const gone = await listenNowhere();
    configure((all) => ({
      ...all,
      portal: { proxy: { ...all.portal.proxy, plainHttp: [gone] } },
      integrations: { github: [{ host: 'github.com', apiBaseUrl: `http://${gone}`, token: 't' }] },
      kubernetes: {
        clusterLocatorMethods: [{ type: 'config', clusters: [{ name: 'prod-us', url: `http://${gone}` }] }],
      },
      argocd: { appLocatorMethods: [{ type: 'config', instances: [{ name: 'prod-us', url: `http://${gone}` }] }] },
      pagerDuty: { apiBaseUrl: `http://${gone}`, apiToken: 't' },
      prometheus: { url: `http://${gone}` },
    }));
    const { code, list } = await check();
    const missing = list.filter(({ mark }) => mark === 'missing').map(({ about, what }) => [about, what]);
    expect(missing).toEqual([
      ['Kubernetes prod-us', 'prod-us cannot be reached'],
      ['Argo CD prod-us', 'prod-us cannot be reached'],
      ['GitHub github.com', 'github.com cannot be reached'],
      ['Prometheus', 'Prometheus cannot be reached'],
      ['PagerDuty', 'PagerDuty cannot be reached'],
    ]);
    expect(code).toBe(1);
  });

  test.each<[string, (all: Configuration) => object, string]>([
    ['a token that is wrong', (all) => ({ ...all, pagerDuty: { ...all.pagerDuty, apiToken: 'x' } }), 'PagerDuty'],
    ['plain http', (all) => ({ ...all, portal: { proxy: { secrets: ['PD_CHECKOUT_KEY'] } } }), 'Configuration'],
    [
      'a secret that is not set',
      (all) => ({ ...all, portal: { proxy: { ...all.portal.proxy, secrets: ['NOPE'] } } }),
      'Secrets',
    ],
    ['a key of another type', (all) => ({ ...all, prometheus: { url: 7 } }), 'Configuration'],
  ])('names what to do about %s', async (_, change, about) => {
    configure(change);
    const { code, list } = await check();
    const missing = list.filter(({ mark }) => mark === 'missing');
    expect(missing.map((one) => one.about)).toContain(about);
    expect(missing.filter(({ grant }) => grant === undefined)).toEqual([]);
    expect(code).toBe(1);
  });

  test('says that there is no catalog', async () => {
    const { code, list } = await check({ catalog: join(root, 'nowhere') });
    expect(list.find(({ about }) => about === 'Catalog')).toMatchObject({ mark: 'missing' });
    expect(code).toBe(1);
  });
});

/** A host on which nobody listens. */
async function listenNowhere(): Promise<string> {
  const server = createServer();
  const port = await listen(server, 0);
  await new Promise((done) => server.close(done));
  return `127.0.0.1:${port}`;
}

describe('portolan proxy', () => {
  async function start(more: { port?: number; metricsPort?: number } = {}) {
    const told: string[] = [];
    const { context } = createContext();
    const load = () => loadProxySettings({}, root, context.environment);
    const started: StartedProxy = await startProxy({
      ...{ load, loaded: load(), catalog: { file: catalogFile }, version: 'test', host: '127.0.0.1', perMinute: 1000 },
      port: 0,
      tell: { write: (text) => told.push(text) },
      ...more,
    });
    stops.push(started.stop);
    await started.ready;
    const ask = async (id: string) => {
      const response = await fetch(`http://127.0.0.1:${started.port}/api/live/${id}/component/default/checkout`);
      return z.object({ state: z.string() }).parse(await response.json()).state;
    };
    return { ...started, ask, told };
  }

  test('answers from the systems of its configuration, and tells its numbers on a port of their own', async () => {
    const { ask, port, metricsPort, told } = await start({ metricsPort: 0 });
    expect([await ask('kubernetes'), await ask('pagerduty'), await ask('github')]).toEqual(['ok', 'ok', 'ok']);
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
    expect(await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()).toContain(
      'portolan_proxy_views_total',
    );
    expect((await fetch(`http://127.0.0.1:${port}/metrics`)).status).toBe(404);
    expect(told.join('')).toContain(`http://127.0.0.1:${port}/api/live/`);
  });

  test('takes no other port than the one that it was told', async () => {
    const { port } = await start();
    await expect(start({ port })).rejects.toThrow(`Port ${port} is taken.`);
    await expect(start({ metricsPort: port })).rejects.toThrow(`Port ${port} is taken.`);
  });

  test('uses its configuration anew when that changes', async () => {
    const { ask, look, told } = await start();
    const before = told.length;
    await look();
    expect([await ask('argocd'), told.length]).toEqual(['ok', before]);
    configure(({ argocd: _, ...rest }) => rest);
    expect(await ask('argocd')).toBe('ok');
    await look();
    expect([await ask('argocd'), await ask('kubernetes')]).toEqual(['not-configured', 'ok']);
    expect(told.join('')).toContain('The configuration has changed');
  });

  test.each<[string, () => void]>([
    ['is not YAML', () => writeFileSync(join(root, 'app-config.yaml'), 'portal: [')],
    ['is gone', () => rmSync(join(root, 'app-config.yaml'))],
    ['has a wrong value', () => configure((all) => ({ ...all, argocd: { appLocatorMethods: 7 } }))],
  ])('keeps its configuration when the new one %s', async (_, spoil) => {
    const { ask, look } = await start();
    spoil();
    await look();
    expect([await ask('argocd'), await ask('kubernetes')]).toEqual(['ok', 'ok']);
    configure(({ argocd: __, ...rest }) => rest);
    await look();
    expect(await ask('argocd')).toBe('not-configured');
  });

  test('keeps its configuration while the new one finds no catalog', async () => {
    const { ask, look } = await start();
    configure(({ argocd: _, ...rest }) => rest);
    rmSync(catalogFile);
    await look();
    expect(await ask('argocd')).toBe('ok');
    writeFileSync(catalogFile, JSON.stringify(catalog));
    await look();
    expect(await ask('argocd')).toBe('not-configured');
  });

  test('an error that was there from the start keeps no later change away', async () => {
    const spoil = (all: Configuration) => ({ ...all, prometheus: { url: 7 } });
    configure(spoil);
    const { ask, look } = await start();
    configure((all) => ({ ...spoil(all), argocd: undefined }));
    await look();
    expect(await ask('argocd')).toBe('not-configured');
  });
});

describe.each([
  ['/', ''],
  ['/portal', '/portal'],
])('portolan serve of a site at %s', (base, top) => {
  const start = async (options: Record<string, boolean>) => {
    writeFileSync(join(root, 'dist/portolan.json'), JSON.stringify({ base }));
    writeFileSync(join(root, 'dist/index.html'), '<p>home</p>');
    const { url, stop } = await startSite({ port: '0', ...options }, createContext().context);
    stops.push(stop);
    const origin = new URL(url).origin.replace('localhost', '127.0.0.1');
    return (path: string) => fetch(origin + path);
  };
  const checkout = `${top}/api/live/kubernetes/component/default/checkout`;

  test.each(['live', 'demo'])('--%s answers what is live beside the pages', async (how) => {
    const ask = await start({ [how]: true });
    expect(await (await ask(`${top}/`)).text()).toBe('<p>home</p>');
    const answer = await (await ask(checkout)).json();
    expect(answer).toMatchObject({ state: 'ok', widget: 'kubernetes' });
    expect(Object.keys(answer).includes('demo')).toBe(how === 'demo');
    expect((await ask(`/elsewhere${checkout}`)).status).toBe(404);
  });

  test('without them has pages alone', async () => {
    const ask = await start({});
    expect((await ask(`${top}/`)).status).toBe(200);
    expect((await ask(checkout)).status).toBe(404);
  });
});
