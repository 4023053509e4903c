import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { ProxyCatalogFile } from '#model/live/catalog.ts';
import { type Demo, startDemo } from '../demo/index.ts';
import { sampleTree } from './process-tree.ts';

/** The proxy as a program of its own, before systems that this one plays. */
export type LiveProgram = {
  port: number;
  /** Questions to systems so far, by system. */
  countCalls: () => Promise<Map<string, number>>;
  /** What it uses now: bytes of memory, and processor seconds so far; undefined off Linux. */
  sample: () => { bytes: number; cpuSeconds: number } | undefined;
  stop: () => Promise<void>;
};

export const benchRef = 'component:default/payments-gateway';

const catalog: ProxyCatalogFile = {
  version: 1,
  entities: [
    {
      ref: benchRef,
      title: 'Payments Gateway',
      annotations: {
        'github.com/project-slug': 'acme/payments-gateway',
        'argocd/app-name': 'payments-gateway-prod-us',
        'backstage.io/kubernetes-id': 'payments-gateway',
        'pagerduty.com/service-id': 'PPAY8K2',
        'prometheus.io/rule': 'payments_gateway.SLO',
      },
      owners: [],
    },
  ],
  people: [],
};

/** The configuration of a proxy that asks these systems. */
function toConfiguration({ urls, token }: Demo): object {
  const secret = { token, apiToken: token };
  return {
    kubernetes: {
      clusterLocatorMethods: [
        { type: 'config', clusters: [{ name: 'prod-us', url: urls.kubernetes, serviceAccountToken: token }] },
      ],
      customResources: [{ group: 'argoproj.io', apiVersion: 'v1alpha1', plural: 'rollouts' }],
    },
    argocd: { appLocatorMethods: [{ type: 'config', instances: [{ name: 'prod-us', url: urls.argocd, ...secret }] }] },
    pagerDuty: { apiBaseUrl: urls.pagerduty, ...secret },
    prometheus: { url: urls.prometheus, ...secret },
    integrations: { github: [{ host: 'github.com', apiBaseUrl: urls.github, token }] },
    portal: { proxy: { plainHttp: Object.values(urls).map((url) => new URL(url).host) } },
  };
}

/** Starts it on ports that were free a moment ago, with limits that a load from one address does not meet. */
export async function startLiveProgram(top: string, work: string): Promise<LiveProgram> {
  // What is measured is what is installed: the bundle, not its sources.
  const bundler = [join(top, 'node_modules/rolldown/bin/cli.mjs'), '--config', 'scripts/package/rolldown.config.ts'];
  execFileSync(process.execPath, bundler, { cwd: top, stdio: 'ignore' });
  const demo = await startDemo(Date.now);
  writeFileSync(join(work, 'app-config.yaml'), JSON.stringify(toConfiguration(demo)));
  writeFileSync(join(work, 'catalog.json'), JSON.stringify(catalog));
  const [port, metricsPort] = [await findFreePort(), await findFreePort()];
  const words = ['--root', work, '--catalog', join(work, 'catalog.json'), '--rate', '1000000000'];
  const ports = ['--port', `${port}`, '--metrics-port', `${metricsPort}`];
  const child = spawn(
    process.execPath,
    ['--max-semi-space-size=2', join(top, 'dist/portal.js'), 'proxy', ...words, ...ports],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  await waitFor(`http://127.0.0.1:${port}/readyz`, child);
  return {
    port,
    countCalls: async () => toCalls(await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()),
    sample: () => sampleTree(child.pid ?? 0).get(''),
    stop: async () => {
      child.kill();
      await new Promise((done) => child.once('exit', done));
      await demo.stop();
    },
  };
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return address !== null && typeof address === 'object' ? address.port : 0;
}

async function waitFor(url: string, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 150 && child.exitCode === null; attempt += 1) {
    const isReady = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return;
    await new Promise((later) => setTimeout(later, 100));
  }
  throw new Error('The proxy did not start.');
}

/** Questions that reached a system, from the numbers of the proxy; those that never left it are not among them. */
function toCalls(text: string): Map<string, number> {
  const calls = new Map<string, number>();
  const pattern = /^portolan_proxy_upstream_calls_total\{upstream="([^"]+)",outcome="(answer|same)"\} (\d+)/gm;
  for (const [, upstream = '', , count] of text.matchAll(pattern))
    calls.set(upstream, (calls.get(upstream) ?? 0) + Number(count));
  return calls;
}
