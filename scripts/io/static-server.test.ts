import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
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
  'site/find.bin': '0123456789',
  'site/packed.js': 'export 1;',
  'site/packed.js.br': 'as br',
  'site/packed.js.gz': 'as gz',
  'site/_astro/page.abc.css': 'a {}',
  'site/api/proxy-catalog.json': 'people',
  'site/api/proxy-catalog.json.br': 'people',
  'site/_portolan/manifest.json': 'manifest',
  'site/_portolan/packs/one.json': 'pack',
  'site/previews/pr-1/index.html': 'preview',
  'site/previews/pr-1/api/proxy-catalog.json': 'people',
  'site/previews/pr-1/_portolan/packs/one.json': 'pack',
  'site/.portolan-writing/lock': 'being written',
  'secret.txt': 'secret',
  'site-secret/index.html': 'secret',
};

const top = mkdtempSync(join(tmpdir(), 'portolan-site-'));
const folder = join(top, 'site');
const servers = [
  createStaticServer({ folder }),
  createStaticServer({ folder, base: '/portal' }),
  createStaticServer({ folder, isSignedIn: true }),
];
let [plain, based, guarded] = [0, 0, 0];

beforeAll(async () => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(top, path)), { recursive: true });
    writeFileSync(join(top, path), text);
  }
  symlinkSync(join(top, 'secret.txt'), join(folder, 'link.txt'));
  symlinkSync(join(top, 'site-secret'), join(folder, 'linked'));
  symlinkSync(join(folder, 'api/proxy-catalog.json'), join(folder, 'alias.json'));
  [plain = 0, based = 0, guarded = 0] = await Promise.all(servers.map((server) => listen(server, 0)));
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

const bytes = '0123456789';

test.each([
  ['bytes=0-3', 206, '0123', 'bytes 0-3/10'],
  ['bytes=4-', 206, '456789', 'bytes 4-9/10'],
  ['bytes=-3', 206, '789', 'bytes 7-9/10'],
  ['bytes=8-100', 206, '89', 'bytes 8-9/10'],
  ['bytes=-100', 206, bytes, 'bytes 0-9/10'],
  ['bytes=10-', 416, '', 'bytes */10'],
  ['bytes=-0', 416, '', 'bytes */10'],
  ['bytes=0-1,3-4', 200, bytes, undefined],
  ['bytes=3-1', 200, bytes, undefined],
  ['bytes=-', 200, bytes, undefined],
  ['bytes=a-b', 200, bytes, undefined],
  ['lines=0-1', 200, bytes, undefined],
])('answers %s of ten bytes with %i', async (range, status, body, told) => {
  const answer = await ask(plain, '/find.bin', { headers: { range, 'accept-encoding': 'br' } });
  expect([answer.status, answer.body.toString(), answer.headers['content-range']]).toEqual([status, body, told]);
  expect(answer.headers['content-length']).toBe(String(body.length));
  expect(answer.headers['accept-ranges']).toBe('bytes');
});

test('a part is of the bytes that a tag names, or it is the whole', async () => {
  const { headers } = await ask(plain, '/find.bin');
  expect(headers.etag).toMatch(/^"[\w-]+"$/);
  const range = 'bytes=0-3';
  const askIf = async (tag: string) => (await ask(plain, '/find.bin', { headers: { range, 'if-range': tag } })).status;
  expect(await askIf(`${headers.etag}`)).toBe(206);
  for (const tag of ['"other"', `W/${headers.etag}`, 'Fri, 20 Nov 2026 12:00:00 GMT'])
    expect(await askIf(tag)).toBe(200);
  const head = await ask(plain, '/find.bin', { method: 'HEAD', headers: { range } });
  expect([head.status, head.headers['content-length'], head.body.length]).toEqual([206, '4', 0]);
});

test('what is sent compressed has a tag of its own, and no parts', async () => {
  const [plainly, packed] = await Promise.all([
    ask(plain, '/docs/'),
    ask(plain, '/docs/', { headers: { 'accept-encoding': 'br' } }),
  ]);
  expect([packed.headers['accept-ranges'], packed.headers.etag === plainly.headers.etag]).toEqual([undefined, false]);
  const again = { 'accept-encoding': 'br', 'if-none-match': `W/${packed.headers.etag}` };
  expect((await ask(plain, '/docs/', { headers: again })).status).toBe(304);
  const part = await ask(plain, '/docs/', { headers: { 'accept-encoding': 'br', range: 'bytes=0-2' } });
  expect([part.status, part.body.toString(), part.headers['content-encoding']]).toEqual([206, '<p>', undefined]);
});

test('a tag tells of bytes and of nothing else', async () => {
  const before = (await ask(plain, '/app.js')).headers.etag;
  utimesSync(join(folder, 'app.js'), new Date(), new Date(Date.now() - 60_000));
  expect((await ask(plain, '/app.js')).headers.etag).toBe(before);
});

test('sends what was compressed at build, unless the file was changed since', async () => {
  const askPacked = (encoding: string) => ask(plain, '/packed.js', { headers: { 'accept-encoding': encoding } });
  const file = join(folder, 'packed.js');
  for (const path of [file, `${file}.br`, `${file}.gz`]) utimesSync(path, 1_000, 1_000);
  expect([(await askPacked('br')).body.toString(), (await askPacked('gzip')).body.toString()]).toEqual([
    'as br',
    'as gz',
  ]);
  expect((await askPacked('br')).headers).toMatchObject({
    'content-encoding': 'br',
    'content-type': 'text/javascript; charset=utf-8',
  });
  expect((await askPacked('identity')).body.toString()).toBe('export 1;');
  utimesSync(file, 2_000, 2_000);
  expect((await askPacked('br')).body.toString()).toBe('export 1;');
});

test.each([
  '/api/proxy-catalog.json',
  '/api/proxy-catalog.json?x',
  '/api/%70roxy-catalog.json',
  '/api/proxy-catalog.json.br',
  '/_portolan/manifest.json',
  '/_portolan/packs/one.json',
  '/previews/pr-1/api/proxy-catalog.json',
  '/previews/pr-1/_portolan/packs/one.json',
  '/.portolan-writing/lock',
  '/alias.json',
])('%s is for no reader', async (path) => {
  const [there, nowhere] = await Promise.all([ask(plain, path), ask(plain, '/nowhere')]);
  expect([there.status, there.body.toString()]).toEqual([404, nowhere.body.toString()]);
});

test('where people sign in, nothing is kept where others could read it', async () => {
  const caching = async (path: string) => (await ask(guarded, path)).headers['cache-control'];
  expect([await caching('/'), await caching('/_astro/page.abc.css'), await caching('/nowhere')]).toEqual([
    'private, no-cache',
    'private, max-age=31536000, immutable',
    'private, no-cache',
  ]);
  expect([await caching('/docs'), await caching('/_astro/nowhere.css')]).toEqual([
    'private, no-cache',
    'private, no-cache',
  ]);
});

test('takes the next free port when one is taken', async () => {
  const second = createStaticServer({ folder });
  const port = await listen(second, plain);
  second.close();
  expect(port).toBeGreaterThan(plain);
});

test('a reader who is gone before the answer ends nothing but that answer', async () => {
  const [server = createStaticServer({ folder })] = servers;
  const leave = (_: unknown, response: { destroy: () => void }) => response.destroy();
  server.prependListener('request', leave);
  for (const path of ['/find.bin', '/docs/', '/nowhere', '/docs'])
    await expect(fetch(`http://127.0.0.1:${plain}${path}`)).rejects.toThrow();
  server.off('request', leave);
  // An answer that fails on its own would end the process; vitest tells of it.
  expect(await (await fetch(`http://127.0.0.1:${plain}/find.bin`)).text()).toBe('0123456789');
});
