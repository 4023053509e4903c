import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { liveRefusalSchema } from '#model/live/answer.ts';
import type { AuditLine } from '../audit.ts';
import type { OpenLog } from '../log.ts';
import { createFakeWidget, sampleCatalog, sampleSettings, settle } from '../proxy.sample.ts';
import { type OpenProxy, openProxy } from './open.ts';
import { createProxyServer, stopServer } from './serve.ts';

const checkout = '/api/live/kubernetes/component/default/checkout';
const log = '/api/live/log/component/default/checkout?cluster=prod-us&namespace=a&pod=b&container=c&follow=1';
const lines: AuditLine[] = [];
const problems: string[] = [];
let folder = '';
let proxy: OpenProxy;
let server: Server;
let port = 0;

/** A log that says one thing, and goes on until it is ended. */
let signals: AbortSignal[] = [];
const openLog: OpenLog = async (_, __, ___, signal) => {
  signals.push(signal);
  async function* speak() {
    yield 'hello';
    await new Promise<void>((done) => signal.addEventListener('abort', () => done()));
  }
  return { kind: 'lines', lines: speak() };
};

async function listen(one: Server): Promise<number> {
  await new Promise<void>((done) => one.listen(0, '127.0.0.1', done));
  return z.object({ port: z.number() }).parse(one.address()).port;
}

function open(file: string): OpenProxy {
  return openProxy({
    settings: { ...sampleSettings, logReaders: 'everyone', hosts: ['portal.example', '127.0.0.1'] },
    catalog: { file },
    base: '/',
    version: '1.2.3',
    widgets: [createFakeWidget('kubernetes').widget],
    openLog,
    toSources: () => ({
      upstreams: { kubernetes: [], argocd: [], prometheus: [], findGithub: () => undefined },
      pieces: { read: async () => ({ freshUntil: 0 }) },
    }),
    limits: { perMinute: 1_000_000, atOnce: 100 },
    log: { request: (line) => lines.push(line), problem: (what) => problems.push(what) },
  });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portolan-proxy-'));
  await writeFile(join(folder, 'catalog.json'), JSON.stringify(sampleCatalog));
  proxy = open(join(folder, 'catalog.json'));
  await proxy.ready;
  server = createProxyServer(proxy.listener);
  port = await listen(server);
});
afterAll(async () => {
  proxy.stop();
  await stopServer(server, 100);
  await rm(folder, { recursive: true });
});

/** Sends bytes as they are, and gives all that comes back until the connection ends. */
function send(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => socket.write(Buffer.from(text, 'latin1')));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('close', () => resolve(Buffer.concat(chunks).toString('utf8')));
    socket.on('error', reject);
  });
}

const toRequest = (method: string, target: string, more = '') =>
  `${method} ${target} HTTP/1.1\r\nhost: portal.example\r\nconnection: close\r\n${more}\r\n`;

function readRaw(text: string) {
  const [head = '', body = ''] = text.split(/\r\n\r\n(.*)/s);
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1]), head, body };
}

test('answers over a socket, and tells the numbers elsewhere', async () => {
  const response = await fetch(`http://127.0.0.1:${port}${checkout}`);
  expect([response.status, await response.json()]).toMatchObject([200, { state: 'ok' }]);
  expect((await fetch(`http://127.0.0.1:${port}/metrics`)).status).toBe(404);
  const metrics = createServer(proxy.metricsListener);
  const text = await (await fetch(`http://127.0.0.1:${await listen(metrics)}/metrics`)).text();
  expect(text).toContain('portolan_proxy_views_total{widget="kubernetes",state="ok"} 1');
  metrics.closeAllConnections();
  metrics.close();
});

test.each([
  [405, toRequest('POST', checkout, 'content-length: 3\r\n\r\nabc')],
  [405, toRequest('DELETE', checkout)],
  [405, toRequest('TRACE', checkout)],
  [405, toRequest('OPTIONS', checkout)],
  [400, toRequest('OPTIONS', '*')],
  [400, toRequest('GET', checkout, 'content-length: 3\r\n\r\nabc')],
  [400, toRequest('GET', checkout, 'transfer-encoding: chunked\r\n\r\n0\r\n')],
  [414, toRequest('GET', `/${'x'.repeat(2_048)}`)],
  [431, toRequest('GET', checkout, `x: ${'x'.repeat(20_000)}\r\n`)],
  [400, toRequest('GET', 'http://evil.example/api/me')],
  [400, toRequest('GET', '//evil.example/api/me')],
  [400, toRequest('GET', '/api/live/kubernetes/component/default/../default/checkout')],
  [400, toRequest('GET', '/api/live/kubernetes/component/default/%2e%2e/default/checkout')],
  [400, toRequest('GET', '/api/live/kubernetes/component/default\\checkout')],
  [400, toRequest('GET', '/api/live/./kubernetes/component/default/checkout')],
  [400, toRequest('GET', `${checkout}#x`)],
  [421, toRequest('GET', checkout, 'host: evil.example\r\n')],
  [421, `GET ${checkout} HTTP/1.0\r\nhost: evil.example\r\n\r\n`],
  [403, toRequest('GET', checkout, 'sec-fetch-site: same-origin\r\nsec-fetch-site: cross-site\r\n')],
  [400, toRequest('GET', checkout, 'content-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n')],
  [400, toRequest('GET', checkout, 'content-length: 0\r\ncontent-length: 3\r\n\r\nabc')],
  [400, toRequest('GET', checkout, 'x : y\r\n')],
  [400, toRequest('GET', '/\u00e4')],
  [400, `GET ${checkout} HTTP/1.1\r\nconnection: close\r\n\r\n`],
  [400, 'GET\r\n\r\n'],
  [400, '\u0016\u0003\u0001\u0000\r\n\r\n'],
])('refuses with %i in JSON: %s', async (status, text) => {
  const raw = readRaw(await send(text));
  expect(raw.status).toBe(status);
  expect(liveRefusalSchema.safeParse(JSON.parse(raw.body)).success).toBe(true);
});

test('whatever bytes come as a target, nothing breaks', async () => {
  const bytes = fc.array(fc.integer({ min: 0x21, max: 0xff }), { maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(bytes, async (codes) => {
      const target = `/api/live/${String.fromCharCode(...codes)}`;
      const { status, body } = readRaw(await send(toRequest('GET', target)));
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
      expect(liveRefusalSchema.safeParse(JSON.parse(body)).success).toBe(true);
    }),
    { numRuns: 150 },
  );
  expect(problems).toEqual([]);
});

test('a log that is followed ends upstream when its reader leaves', async () => {
  signals = [];
  const leaving = new AbortController();
  const response = await fetch(`http://127.0.0.1:${port}${log}`, { signal: leaving.signal });
  const reader = response.body?.getReader();
  const { value } = (await reader?.read()) ?? {};
  expect(new TextDecoder().decode(value)).toBe('event: lines\ndata: {"lines":["hello"]}\n\n');
  expect((await fetch(`http://127.0.0.1:${port}${log}`)).status).toBe(429);
  const ended = new Promise<void>((done) => signals[0]?.addEventListener('abort', () => done()));
  leaving.abort();
  await ended;
  expect(signals).toHaveLength(1);
});

test('mounted in the server of another, it answers the same', async () => {
  const other = createServer((request, response) =>
    request.url?.startsWith('/api/') ? proxy.listener(request, response) : response.end('page'),
  );
  const address = `http://127.0.0.1:${await listen(other)}`;
  expect((await fetch(address + checkout)).status).toBe(200);
  expect(await (await fetch(address)).text()).toBe('page');
  other.closeAllConnections();
  other.close();
});

test('a client that sends its headers for ever is left', async () => {
  const limits = { headers: 20, request: 20, idle: 1_000, keepAlive: 1_000, headerBytes: 16_384 };
  const impatient = createProxyServer(proxy.listener, limits);
  const at = await listen(impatient);
  const text = await new Promise<string>((resolve) => {
    let all = '';
    const socket = connect(at, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nx:'));
    socket.on('data', (chunk) => {
      all += chunk.toString();
    });
    socket.on('close', () => resolve(all));
    socket.on('error', () => resolve(all));
  });
  expect(readRaw(text).status).toBe(408);
  await stopServer(impatient, 10);
});

test('stops after what is answered now, and does not wait for ever', async () => {
  let answer = () => {};
  const slow = createProxyServer((_, response) => {
    response.write('a');
    answer = () => response.end('b');
  });
  const at = await listen(slow);
  const response = await fetch(`http://127.0.0.1:${at}/`);
  const stopping = stopServer(slow, 60_000);
  await settle();
  answer();
  expect(await response.text()).toBe('ab');
  await stopping;
  const stuck = createProxyServer((_, response) => {
    response.write('a');
  });
  const reading = (await fetch(`http://127.0.0.1:${await listen(stuck)}/`)).text().catch(() => 'cut');
  await stopServer(stuck, 10);
  expect(await reading).toBe('cut');
});
