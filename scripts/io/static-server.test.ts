import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listen } from './listen.ts';
import { createStaticServer } from './static-server.ts';

const long = '<p>portolan</p>'.repeat(200);
const files: Record<string, string> = {
  'site/index.html': 'home',
  'site/404.html': 'nothing here',
  'site/docs/index.html': long,
  'site/docs/a b/index.html': 'spaced',
  'site/ö/index.html': 'umlaut',
  'site/app.js': 'export {};',
  'site/find.wasm': 'bytes',
  'site/records.pf_meta': 'bytes',
  'site/empty/only.txt': 'text',
  'secret.txt': 'secret',
  'site-secret/index.html': 'secret',
};

const top = mkdtempSync(join(tmpdir(), 'portolan-site-'));
const folder = join(top, 'site');
const servers = [createStaticServer({ folder }), createStaticServer({ folder, base: '/portal' })];
let [plain, based] = [0, 0];

beforeAll(async () => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(top, path)), { recursive: true });
    writeFileSync(join(top, path), text);
  }
  symlinkSync(join(top, 'secret.txt'), join(folder, 'link.txt'));
  symlinkSync(join(top, 'site-secret'), join(folder, 'linked'));
  [plain = 0, based = 0] = await Promise.all(servers.map((server) => listen(server, 0)));
});

afterAll(() => {
  for (const server of servers) server.close();
  rmSync(top, { recursive: true });
});

type Asked = { method?: string; headers?: Record<string, string> };

/** Asks with the address exactly as it is written: no client that tidies `..` away. */
async function ask(port: number, path: string, { method = 'GET', headers = {} }: Asked = {}) {
  const question = request({ host: '127.0.0.1', port, path, method, headers, agent: false }).end();
  const [answer] = await once(question, 'response');
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk);
  const answered: { status: number; headers: IncomingHttpHeaders } = {
    status: answer.statusCode,
    headers: answer.headers,
  };
  return { ...answered, body: Buffer.concat(chunks) };
}

test.each([
  ['/', 200, 'text/html; charset=utf-8', 'home'],
  ['/?q=1', 200, 'text/html; charset=utf-8', 'home'],
  ['/docs/', 200, 'text/html; charset=utf-8', long],
  ['/docs/index.html', 200, 'text/html; charset=utf-8', long],
  ['/docs/a%20b/', 200, 'text/html; charset=utf-8', 'spaced'],
  ['/%C3%B6/', 200, 'text/html; charset=utf-8', 'umlaut'],
  ['/app.js', 200, 'text/javascript; charset=utf-8', 'export {};'],
  ['/find.wasm', 200, 'application/wasm', 'bytes'],
  ['/records.pf_meta', 200, 'application/octet-stream', 'bytes'],
  ['/nowhere', 404, 'text/html; charset=utf-8', 'nothing here'],
  ['/empty', 404, 'text/html; charset=utf-8', 'nothing here'],
  ['/empty/', 404, 'text/html; charset=utf-8', 'nothing here'],
  ['/app.js/', 404, 'text/html; charset=utf-8', 'nothing here'],
])('answers %s with %i %s', async (path, status, type, body) => {
  const answer = await ask(plain, path);
  expect([answer.status, answer.headers['content-type'], answer.body.toString()]).toEqual([status, type, body]);
});

test.each([
  ['/docs', '/docs/'],
  ['/docs?q=a/b', '/docs/?q=a/b'],
  ['/docs/a%20b', '/docs/a%20b/'],
])('sends %s on to %s', async (path, location) => {
  const answer = await ask(plain, path);
  expect([answer.status, answer.headers.location]).toEqual([301, location]);
});

test.each([
  ['/../secret.txt', 400],
  ['/..%2fsecret.txt', 400],
  ['/..%2Fsecret.txt', 400],
  ['/%2e%2e/secret.txt', 400],
  ['/%2e%2e%2fsecret.txt', 400],
  ['/docs/../../secret.txt', 400],
  ['/..%5csecret.txt', 400],
  ['/..\\secret.txt', 400],
  ['/docs%2findex.html', 400],
  ['/index.html%00.txt', 400],
  ['/%00', 400],
  ['/%', 400],
  ['/%c0%ae%c0%ae/secret.txt', 400],
  ['//evil.example/', 400],
  ['//docs', 400],
  ['/docs//', 400],
  ['/C:/secret.txt', 400],
  ['/.', 400],
  ['http://evil.example/', 400],
  ['/%252e%252e/secret.txt', 404],
  ['/link.txt', 404],
  ['/linked/', 404],
  ['/linked', 404],
])('refuses %s with %i', async (path, status) => {
  const answer = await ask(plain, path);
  expect(answer.status).toBe(status);
  expect(answer.body.toString()).not.toContain('secret');
  expect(answer.headers.location).toBeUndefined();
});

test.each([
  [300, 404],
  [3000, 414],
])('answers an address of %i letters with %i', async (length, status) => {
  expect((await ask(plain, `/${'a'.repeat(length)}`)).status).toBe(status);
});

test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('only reads: %s is refused', async (method) => {
  const answer = await ask(plain, '/', { method });
  expect([answer.status, answer.headers.allow]).toEqual([405, 'GET, HEAD']);
});

test('HEAD answers as GET does, without the body', async () => {
  const [head, whole] = await Promise.all([ask(plain, '/docs/', { method: 'HEAD' }), ask(plain, '/docs/')]);
  expect(head.body.length).toBe(0);
  expect({ ...head.headers, date: '' }).toEqual({ ...whole.headers, date: '' });
});

test.each([
  ['br', (body: Buffer) => brotliDecompressSync(body)],
  ['gzip', (body: Buffer) => gunzipSync(body)],
])('compresses text with %s, the second time from memory', async (encoding, decompress) => {
  const headers = { 'accept-encoding': encoding };
  for (const round of [1, 2]) {
    const answer = await ask(plain, '/docs/', { headers });
    expect([round, answer.headers['content-encoding'], answer.headers.vary]).toEqual([
      round,
      encoding,
      'accept-encoding',
    ]);
    expect(decompress(answer.body).toString()).toBe(long);
  }
});

test.each([
  ['/docs/', 'gzip;q=0, br;q=0.0'],
  ['/docs/', 'identity'],
  ['/', 'br'],
  ['/find.wasm', 'br'],
])('leaves %s alone for a browser that accepts %s', async (path, accepted) => {
  const answer = await ask(plain, path, { headers: { 'accept-encoding': accepted } });
  expect(answer.headers['content-encoding']).toBeUndefined();
});

test('does not send again what the browser has', async () => {
  const { headers } = await ask(plain, '/docs/');
  const again = await ask(plain, '/docs/', { headers: { 'if-none-match': `"other", ${headers.etag}` } });
  expect([again.status, again.body.length, again.headers.etag]).toEqual([304, 0, headers.etag]);
  writeFileSync(join(folder, 'docs/index.html'), `${long} `);
  expect((await ask(plain, '/docs/', { headers: { 'if-none-match': `${headers.etag}` } })).status).toBe(200);
  writeFileSync(join(folder, 'docs/index.html'), long);
});

test.each([
  ['/portal/', 200, undefined],
  ['/portal/docs/', 200, undefined],
  ['/portal/docs', 301, '/portal/docs/'],
  ['/portal', 301, '/portal/'],
  ['/portal?q=1', 301, '/portal/?q=1'],
  ['/portals/', 404, undefined],
  ['/docs/', 404, undefined],
  ['/portal/../secret.txt', 400, undefined],
])('below a base %s is %i', async (path, status, location) => {
  const answer = await ask(based, path);
  expect([answer.status, answer.headers.location]).toEqual([status, location]);
});

test('takes the next free port when one is taken', async () => {
  const second = createStaticServer({ folder });
  const port = await listen(second, plain);
  second.close();
  expect(port).toBeGreaterThan(plain);
});
