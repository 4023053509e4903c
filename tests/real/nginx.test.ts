import { request as ask } from 'node:https';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toContentType } from '#model/content-types.ts';
import { startLocally } from '../../scripts/demo/start.ts';
import { type Nginx, startNginx } from './nginx.ts';

const long = 'x'.repeat(3000);
const endings = ['css', 'csv', 'graphql', 'js', 'json', 'md', 'mmd', 'png', 'proto', 'svg', 'wasm', 'woff2', 'yaml'];
const files = {
  'index.html': '<h1>Home</h1>',
  '404.html': `<h1>Not here</h1>${long}`,
  'catalog/index.html': `<h1>Catalog</h1>${long}`,
  'catalog/default/component/a.b/index.html': '<h1>a.b</h1>',
  '_astro/page.AbCdEf12.js': `//${long}`,
  '_astro/plain.js': '',
  'docs-files/0123456789abcdefghijkl.png': 'png',
  'pagefind/catalog/fragment/en_0123abc.pf_fragment': 'fragment',
  '_portolan/manifest.json': '{"secret": true}',
  '.hidden': 'secret',
  'api/proxy-catalog.json': 'secret',
  'empty/deep/index.html': 'deep',
  ...Object.fromEntries(endings.map((ending) => [`files/file.${ending}`, ending])),
};

type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: Buffer };

const get = (nginx: Nginx, path: string, headers: Record<string, string> = {}): Promise<Answer> =>
  new Promise((done, fail) => {
    const options = { port: nginx.port, path, headers: { host: 'portal.example.org', ...headers } };
    ask({ ...options, host: '127.0.0.1', rejectUnauthorized: false, agent: false }, async (response) => {
      done({ status: response.statusCode ?? 0, headers: response.headers, body: await buffer(response) });
    })
      .on('error', fail)
      .end();
  });

const said: { url: string; headers: Record<string, unknown> }[] = [];
const startUpstream = () =>
  startLocally((request, response) => {
    said.push({ url: request.url ?? '', headers: request.headers });
    response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'private, max-age=5' }).end('{}');
  });
const toPort = (url: string) => Number(new URL(url).port);

describe.each(['', '/portal'])('the server of deploy/serve, with the site below "%s"', (base) => {
  let nginx: Nginx;
  let upstream: Awaited<ReturnType<typeof startUpstream>>;
  beforeAll(async () => {
    upstream = await startUpstream();
    nginx = await startNginx('serve/nginx/portal.conf', files, { base, upstreams: { 7007: toPort(upstream.url) } });
  });
  afterAll(async () => {
    await nginx?.stop();
    await upstream?.stop();
  });
  const find = (path: string, headers?: Record<string, string>) => get(nginx, `${base}${path}`, headers);

  test.each([
    ['/', '<h1>Home</h1>'],
    ['/catalog/', '<h1>Catalog</h1>'],
    ['/catalog/?kind=api', '<h1>Catalog</h1>'],
    ['/catalog/default/component/a.b/', '<h1>a.b</h1>'],
  ])('%s is its page', async (path, text) => {
    const { status, body, headers } = await find(path);
    expect([status, body.toString().startsWith(text), headers['content-type']]).toEqual([
      200,
      true,
      'text/html; charset=utf-8',
    ]);
  });

  test.each([
    ['/catalog', '/catalog/'],
    ['/catalog?kind=api', '/catalog/?kind=api'],
    ['/catalog/default/component/a.b', '/catalog/default/component/a.b/'],
  ])('%s leads to %s, on the host that was asked', async (path, to) => {
    const { status, headers } = await find(path);
    expect([status, headers.location]).toEqual([301, `${base}${to}`]);
  });

  test.each([
    '/nothing/',
    '/nothing',
    '/empty/',
    '/_portolan/manifest.json',
    '/_portolan/',
    '/api/proxy-catalog.json',
    '/.hidden',
  ])('%s is not there, and the page for that says so', async (path) => {
    const { status, body } = await find(path);
    expect(status).toBe(404);
    expect(body.toString()).toContain('<h1>Not here</h1>');
  });

  test.each(['/catalog/..%2f..%2f.hidden', '/../../etc/hostname', '/catalog//../.hidden'])(
    '%s leads nowhere',
    async (path) => {
      const { status, body } = await find(path);
      expect([400, 404]).toContain(status);
      expect(body.toString()).not.toContain('secret');
    },
  );

  test.each(endings)('a file that ends with .%s has its type', async (ending) => {
    expect((await find(`/files/file.${ending}`)).headers['content-type']).toBe(toContentType(`file.${ending}`).type);
  });

  test.each([
    ['/_astro/page.AbCdEf12.js', 'immutable'],
    ['/docs-files/0123456789abcdefghijkl.png', 'immutable'],
    ['/pagefind/catalog/fragment/en_0123abc.pf_fragment', 'immutable'],
    ['/_astro/plain.js', 'max-age=60'],
    ['/catalog/', 'max-age=60'],
    ['/nothing/', 'max-age=60'],
  ])('%s may be kept: %s', async (path, kept) => {
    expect((await find(path)).headers['cache-control']).toContain(kept);
  });

  test.each(['/', '/_astro/page.AbCdEf12.js', '/nothing/'])('%s has the headers that protect it', async (path) => {
    expect((await find(path)).headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'content-security-policy': "frame-ancestors 'none'",
      'strict-transport-security': 'max-age=31536000',
    });
  });

  test('text comes compressed, a picture does not, and what one has is not sent again', async () => {
    const { headers, body } = await find('/catalog/', { 'accept-encoding': 'gzip' });
    expect([headers['content-encoding'], headers.vary]).toEqual(['gzip', 'Accept-Encoding']);
    expect(gunzipSync(body).toString()).toContain(long);
    const plain = await find('/docs-files/0123456789abcdefghijkl.png', { 'accept-encoding': 'gzip' });
    expect(plain.headers['content-encoding']).toBeUndefined();
    const tag = String(plain.headers.etag);
    expect((await find('/docs-files/0123456789abcdefghijkl.png', { 'if-none-match': tag })).status).toBe(304);
  });

  test('what is live is asked of the proxy, and says for itself how long it may be kept', async () => {
    const path = '/api/live/kubernetes/component/default/a.b';
    const { status, headers } = await get(nginx, path);
    expect([status, headers['cache-control']]).toEqual([200, 'private, max-age=5']);
    expect(said.at(-1)).toMatchObject({
      url: path,
      headers: { host: 'portal.example.org', 'x-forwarded-for': '127.0.0.1' },
    });
  });

  test('plain http leads to https', async () => {
    const url = `http://127.0.0.1:${nginx.plainPort}/catalog/?a=b`;
    const { status, headers } = await fetch(url, { redirect: 'manual' });
    expect([status, headers.get('location')]).toEqual([301, 'https://127.0.0.1/catalog/?a=b']);
  });
});

describe('the server of deploy/identity/oauth2-proxy', () => {
  let nginx: Nginx;
  let stops: (() => Promise<void>)[] = [];
  const gates: typeof said = [];
  beforeAll(async () => {
    const upstream = await startUpstream();
    // Answers as oauth2-proxy does: 202 and the ID token to who has a session, 401 to who has none, and the way to the issuer.
    const gate = await startLocally((request, response) => {
      gates.push({ url: request.url ?? '', headers: request.headers });
      if (request.url !== '/oauth2/auth')
        return void response.writeHead(302, { location: 'https://login.example.org/' }).end();
      if (!request.headers.cookie?.includes('__Host-portal=ann')) return void response.writeHead(401).end();
      const cookie = '__Host-portal=ann2; Secure; Path=/';
      response.writeHead(202, { authorization: 'Bearer signed.by.issuer', 'set-cookie': cookie }).end();
    });
    stops = [upstream.stop, gate.stop];
    const upstreams = { 7007: toPort(upstream.url), 4180: toPort(gate.url) };
    nginx = await startNginx('identity/oauth2-proxy/nginx.conf', files, { upstreams });
  });
  afterAll(async () => {
    await nginx?.stop();
    for (const stop of stops) await stop();
  });
  const session = { cookie: '__Host-portal=ann' };

  test.each([
    '/',
    '/catalog/',
    '/catalog/?kind=api&rd=https://evil.example',
    '/catalog',
    '/files/file.json',
    '/_astro/page.AbCdEf12.js',
    '/404.html',
    '/nothing/',
    '/api/me',
  ])('nobody reads %s without a session', async (path) => {
    const { status, headers, body } = await get(nginx, path);
    expect([status, headers.location]).toEqual([302, 'https://login.example.org/']);
    expect(gates.at(-1)).toMatchObject({ url: '/oauth2/start', headers: { 'x-auth-request-redirect': path } });
    expect(body.toString()).not.toMatch(/Home|Catalog|secret|Not here/);
  });

  test('a script that asks is told, and not led away', async () => {
    const { status, headers } = await get(nginx, '/files/file.json', { 'sec-fetch-dest': 'empty' });
    expect([status, headers.location]).toEqual([401, undefined]);
    expect((await get(nginx, '/catalog/', { 'sec-fetch-dest': 'document' })).status).toBe(302);
  });

  test('with a session everything is there, and the cookie that the gate renews is handed on', async () => {
    const { status, headers, body } = await get(nginx, '/catalog/', session);
    expect([status, body.toString().startsWith('<h1>Catalog</h1>')]).toEqual([200, true]);
    expect(headers['set-cookie']).toEqual(['__Host-portal=ann2; Secure; Path=/']);
    expect((await get(nginx, '/_portolan/manifest.json', session)).status).toBe(404);
    expect((await get(nginx, '/nothing/', session)).body.toString()).toContain('Not here');
  });

  test.each(['/api/live/kubernetes/component/default/a', '/api/me'])(
    '%s is handed the signed assertion, and never what a browser wrote',
    async (path) => {
      await get(nginx, path, { ...session, 'x-portal-assertion': 'forged', authorization: 'Bearer forged' });
      expect(said.at(-1)).toMatchObject({ url: path, headers: { 'x-portal-assertion': 'Bearer signed.by.issuer' } });
      expect(said.at(-1)?.headers.cookie).toBeUndefined();
    },
  );

  test('the addresses of the gate are its own, but for the one that only nginx asks', async () => {
    await get(nginx, '/oauth2/callback?code=x');
    expect(gates.at(-1)?.url).toBe('/oauth2/callback?code=x');
    expect((await get(nginx, '/oauth2/auth')).status).toBe(401);
    expect((await get(nginx, '/_portolan/manifest.json')).body.toString()).not.toContain('secret');
  });
});
