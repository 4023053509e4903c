import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { proxyCatalogPath } from '#model/live/catalog.ts';
import { PortalError } from '../portal-error.ts';
import { startSite } from './serve.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'portolan-serve-'));
  mkdirSync(join(root, 'dist/api'), { recursive: true });
  writeFileSync(join(root, 'dist/portolan.json'), JSON.stringify({ base: '/' }));
  writeFileSync(join(root, 'dist/index.html'), 'home');
  writeFileSync(join(root, 'dist', proxyCatalogPath), JSON.stringify({ version: 1, entities: [], people: [] }));
});
const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  rmSync(root, { recursive: true });
});

const signIn = {
  ...{ provider: 'oidc', issuer: 'https://id.example.invalid', clientId: 'portal', allow: { groups: ['devs'] } },
  redirectUris: ['https://portal.example/auth/callback'],
};
const configure = (portal: unknown, name = 'app-config.yaml') =>
  writeFileSync(join(root, name), typeof portal === 'string' ? portal : stringify({ portal }));

async function start(options: Record<string, string | boolean | string[]> = {}) {
  let written = '';
  const output = { write: (text: string) => (written += text) };
  const context = { workingFolder: root, environment: {}, packageFolder: new URL('../..', import.meta.url).pathname };
  const { url, stop } = await startSite({ port: '0', ...options }, { ...context, out: output, error: output });
  stops.push(stop);
  const port = Number(new URL(url).port);
  const ask = (path: string, headers: Record<string, string> = {}) =>
    new Promise<{ status: number | undefined; headers: Record<string, unknown>; text: string }>((done, fail) => {
      const question = request({ host: '127.0.0.1', port, path, headers, agent: false }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        });
        answer.on('end', () => done({ status: answer.statusCode, headers: answer.headers, text }));
      });
      question.on('error', fail).end();
    });
  return { ask, written: () => written };
}

const refusal = (options: Record<string, string | boolean | string[]> = {}) =>
  start(options).then(
    () => 'it started',
    (error: unknown) => (error instanceof PortalError ? `${error.message} ${error.hint ?? ''}` : String(error)),
  );

test('without sign-in, this machine alone is answered, with or without a configuration', async () => {
  for (const portal of [undefined, {}, { signIn: false }]) {
    if (portal) configure(portal);
    const { ask } = await start();
    expect((await ask('/')).text).toBe('home');
    expect([(await ask('/healthz')).status, (await ask('/readyz')).status]).toEqual([200, 200]);
  }
});

test('without sign-in, no other name than those of this machine is answered for', async () => {
  const { ask } = await start();
  for (const host of ['localhost', 'LOCALHOST:4321', '127.0.0.1:80', '[::1]:4321'])
    expect([host, (await ask('/', { host })).status]).toEqual([host, 200]);
  for (const host of [
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'evil.example:4321',
    '192.0.2.1',
  ])
    for (const path of ['/', '/portolan.json', '/healthz', '/nothing']) {
      const { status, text } = await ask(path, { host });
      expect([host, status, text.includes('home')]).toEqual([host, 421, false]);
    }
  const open = await start({ 'without-sign-in': true });
  expect((await open.ask('/', { host: 'portal.example' })).status).toBe(200);
});

test.each(['0.0.0.0', '::', '192.0.2.1', 'portal.example', ''])(
  'without sign-in, --host %s is refused',
  async (host) => {
    expect(await refusal({ host })).toMatch(/nobody has to sign in.*--without-sign-in/s);
  },
);

test('it is open beyond this machine where that is said, and then only', async () => {
  configure({ signIn: { provider: 'nonsense' } });
  const { ask } = await start({ host: '0.0.0.0', 'without-sign-in': true });
  expect((await ask('/')).status).toBe(200);
});

test.each([
  ['a mistake in it', { signIn: { ...signIn, allow: {} } }],
  ['a name that is misspelt', { signin: signIn }],
  ['a file that is not YAML', 'portal: {signIn: ['],
])('with %s the portal stays closed, on this machine too', async (_, portal) => {
  configure(portal);
  expect(await refusal()).toMatch(/stays closed/);
});

test('a configuration that is named and is not there keeps the portal closed', async () => {
  configure({});
  expect(await refusal({ config: ['app-config.yaml', 'sign-in.yaml'] })).toMatch(/stays closed.*sign-in\.yaml/s);
});

test('with sign-in nothing is told to strangers but the way in, and probes', async () => {
  configure({ signIn });
  const { ask, written } = await start({ host: '0.0.0.0' });
  const host = 'portal.example';
  const [page, file] = [await ask('/', { host, accept: 'text/html' }), await ask('/', { host })];
  expect([page.status, page.headers.location, file.status]).toEqual([302, '/auth/sign-in?return=%2F', 401]);
  expect(file.headers).toMatchObject({ 'strict-transport-security': 'max-age=31536000', 'x-frame-options': 'DENY' });
  expect([(await ask('/healthz')).status, (await ask('/', { host: 'evil.example' })).status]).toEqual([200, 421]);
  expect((await ask('/api/me', { host })).text).toBe(file.text);
  expect(written()).toMatch(
    /id\.example\.invalid.*everybody signs in again|everybody signs in again.*id\.example\.invalid/s,
  );
});

test('with sign-in a port that is taken is not another one', async () => {
  configure({ signIn });
  const first = await start();
  const port = /:(\d+)\//.exec(first.written().slice(first.written().indexOf('portal is at')))?.[1] ?? '';
  expect(await refusal({ port })).toMatch(/taken/);
});

test('a site that was built before anybody signed in says that it has to be built again', async () => {
  configure({ signIn });
  expect((await start()).written()).not.toContain('Build it again');
  rmSync(join(root, 'dist', proxyCatalogPath));
  expect((await start()).written()).toContain('Build it again with this configuration.');
});
