import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { proxyCatalogPath } from '#model/live/catalog.ts';
import type { Browser } from './browser.ts';
import { type IdentityProvider, startIdentityProvider } from './identity-provider.ts';
import { createKey, findAddress, type Portal, signIn, startPortal, toOidcSettings } from './portal.ts';
import { askRaw, type RawAnswer, sendBytes } from './raw.ts';
import { inside, siteFiles } from './site-files.ts';

const people = 'amara.okafor@acme.io';

/** The same, once at the top and once below a base. */
describe.each(['/', '/portal'])('a portal at %s', (base) => {
  let portal: Portal;
  let provider: IdentityProvider;
  let reader: Browser;
  beforeAll(async () => {
    const address = await findAddress(base);
    provider = await startIdentityProvider({ redirectUris: [address.callback] });
    portal = await startPortal({
      address,
      signIn: { ...toOidcSettings(provider, address), sessionKeys: [createKey()] },
    });
    reader = (await signIn(portal)).browser;
  });
  afterAll(async () => {
    portal.stop();
    await provider.stop();
  });

  const navigation = { accept: 'text/html', 'sec-fetch-mode': 'navigate', 'sec-fetch-site': 'none' };
  const ask = (target: string, method = 'GET', headers: Record<string, string> = {}) =>
    askRaw(portal.origin, target, { method, headers });
  /** All of an answer but the time, and whether the connection stays. */
  const toBytes = ({ status, headers, cookies, text }: RawAnswer) => {
    const { date: _, connection: __, 'keep-alive': ___, ...kept } = headers;
    return JSON.stringify([status, kept, cookies, text]);
  };
  const listPaths = () => {
    const files = [...Object.keys(siteFiles), 'portolan.json'];
    const pages = files
      .filter((file) => file.endsWith('index.html'))
      .map((file) => file.slice(0, -'index.html'.length));
    const folders = pages.filter((page) => page !== '').map((page) => page.slice(0, -1));
    const missing = ['nothing/', 'catalog/nothing/', 'api/nothing.json', 'pagefind/fragment/en_0.pf_fragment', 'x.ico'];
    const live = [
      'api/me',
      'api/live/status?refs=component:default/checkout',
      'api/live/kubernetes/component/default/a',
    ];
    // Below `auth/` is what is open; a page of the site that lies there is not. Probes are open too.
    return [...files, ...pages, ...folders, ...missing, ...live].filter(
      (path) => !path.startsWith('auth/') && portal.top + path !== '/healthz',
    );
  };

  test('nothing is told to whoever has no session: neither what is there nor that it is', async () => {
    const paths = listPaths();
    expect(paths.length).toBeGreaterThan(50);
    const answers = await Promise.all(paths.map((path) => ask(portal.top + path)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
    expect(new Set(answers.map(toBytes)).size).toBe(1);
    expect(answers[0]?.text).not.toContain(inside);
    expect(answers[0]?.headers['content-type']).toMatch(/^application\/json/);
    expect(answers[0]?.headers).toMatchObject({ 'cache-control': 'private, no-store' });
    expect(answers[0]?.headers).not.toHaveProperty('etag');
  });

  test('whoever looks at a page is led to where one signs in, by nothing but what they asked for', async () => {
    const answers = await Promise.all(
      listPaths().map(async (path) => {
        const target = portal.top + path;
        const answer = await ask(target, 'GET', navigation);
        const back = `${portal.top}auth/sign-in?return=${encodeURIComponent(target)}`;
        return [toBytes(answer).replace(JSON.stringify(back).slice(1, -1), 'BACK'), target] as const;
      }),
    );
    expect(new Set(answers.map(([bytes]) => bytes)).size).toBe(1);
    expect(answers[0]?.[0]).toContain('[302,');
  });

  test.each(['HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND'])(
    '%s tells nothing of what is there either',
    async (method) => {
      const paths = ['', 'catalog/', 'api/graph.json', 'nothing', 'api/me', 'catalog'];
      const answers = await Promise.all(
        paths.flatMap((path) => [ask(portal.top + path, method), ask(portal.top + path, method, navigation)]),
      );
      const plain = answers.filter((_, at) => at % 2 === 0);
      expect(new Set(plain.map(toBytes)).size).toBe(1);
      for (const { status, text } of answers) {
        expect([302, 401, 403, 405]).toContain(status);
        expect(text).not.toContain(inside);
      }
    },
  );

  test.each([
    ['a range', { range: 'bytes=0-10' }],
    ['a range from the end', { range: 'bytes=-5' }],
    ['what it has already', { 'if-none-match': '*' }],
    ['what it has by a guess', { 'if-none-match': 'W/"0-0", W/"1-1"' }],
    ['what changed since', { 'if-modified-since': 'Thu, 01 Jan 1970 00:00:00 GMT' }],
    ['something packed', { 'accept-encoding': 'br, gzip, zstd' }],
    ['with an upgrade', { upgrade: 'websocket', connection: 'Upgrade' }],
    ['as a prefetch', { purpose: 'prefetch', 'sec-purpose': 'prefetch', 'x-moz': 'prefetch' }],
    ['under another method', { 'x-http-method-override': 'GET', 'x-method-override': 'GET' }],
    ['under another address', { 'x-original-url': '/healthz', 'x-rewrite-url': '/auth/sign-in' }],
    ['under another host', { 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' }],
    ['as if from here', { 'x-forwarded-for': '127.0.0.1', 'x-real-ip': '127.0.0.1', 'client-ip': '127.0.0.1' }],
    ['as somebody', { 'x-forwarded-user': people, 'x-forwarded-email': people, 'remote-user': people }],
    ['as somebody of a proxy', { 'x-auth-request-email': people, 'x-auth-request-user': 'amara.okafor' }],
    ['with a token', { authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbWFyYSJ9.' }],
    ['with a password', { authorization: `Basic ${Buffer.from('admin:admin').toString('base64')}` }],
    ['as a page of its own', { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' }],
  ])('who asks for %s gets the same', async (_, headers) => {
    const usual = toBytes(await ask(`${portal.top}catalog/`));
    for (const path of ['catalog/', 'api/graph.json', 'nothing', 'api/me'])
      expect(toBytes(await ask(portal.top + path, 'GET', headers))).toBe(usual);
  });

  const tricks = [
    ...['auth/../catalog/', 'auth/./../catalog/', 'auth/%2e%2e/catalog/', 'auth/%2E%2E/catalog/', 'auth/.%2e/catalog/'],
    ...[
      'auth/..%2fcatalog/',
      'auth/..%5ccatalog/',
      'auth/..\\catalog/',
      'auth%2f..%2fcatalog/',
      'auth/%252e%252e/catalog/',
    ],
    ...['auth/sign-in/../../catalog/', 'auth/sign-in/..;/..;/catalog/', 'auth;/../catalog/', 'auth/;/../catalog/'],
    ...['auth/sign-in%3f/../../catalog/', 'auth/sign-in#/../../catalog/'],
    ...[
      '/auth/../catalog/',
      '/catalog/',
      '//catalog/',
      './catalog/',
      '%2e/catalog/',
      'catalog/%2e/',
      'catalog//',
      'CATALOG/',
    ],
    ...[
      'AUTH/../catalog/',
      'Auth/callback/',
      'auth',
      'auth/',
      'auth/index.html',
      'auth/callback/',
      'auth/callback/index.html',
    ],
    ...['authors/', 'catalog/auth/', 'catalog/?/auth/sign-in', 'catalog/#/auth/sign-in', 'catalog/;auth/sign-in'],
    ...[
      'healthz/',
      'healthz/index.html',
      'healthz/../catalog/',
      'healthz/%2e%2e/catalog/',
      'healthz?x',
      'healthz;/catalog/',
    ],
    ...[
      'healthz%00/../catalog/',
      'catalog/%00',
      'catalog/%0d%0aset-cookie:x=y',
      '%',
      '%ff',
      'readyz.html',
      'readyz/',
      'READYZ',
    ],
    ...[
      'api/me/',
      'api/me;',
      'API/ME',
      'api/live/../graph.json',
      'api/live/%2e%2e/graph.json',
      'api//me',
      'api/live//',
    ],
    ...['.well-known/security.txt', '.well-known/openid-configuration', 'portolan.json', '.git/config', '.env'],
  ];

  test.each(tricks)('the target %s opens nothing', async (trick) => {
    const target = portal.top + trick;
    const answers = [await ask(target), await ask(target, 'GET', navigation), await ask(`${portal.origin}${target}`)];
    if (base !== '/') answers.push(await ask(`/${trick}`), await ask(`/auth/..${portal.top}${trick}`));
    for (const { status, text, headers } of answers) {
      expect(text).not.toContain(inside);
      expect([302, 400, 401, 404, 405, 421]).toContain(status);
      expect(headers.location ?? portal.top).toSatisfy(
        (to: string) => to.startsWith(portal.top) && !to.startsWith('//'),
      );
    }
  });

  test.each(['*', 'http://127.0.0.1/', 'catalog/', 'http:/catalog/', '\\catalog/', ''])(
    'the target "%s" of a request line opens nothing',
    async (target) => {
      const { host } = new URL(portal.origin);
      const said = await sendBytes(
        portal.origin,
        `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
      );
      expect(said).toMatch(/^HTTP\/1\.1 (302|400|401|404)/);
      expect(said).not.toContain(inside);
    },
  );

  test('probes are open and tell nothing', async () => {
    for (const target of ['/healthz', '/readyz']) {
      const { status, text, cookies } = await ask(target);
      expect([status, cookies]).toEqual([200, []]);
      expect(text).not.toMatch(/acme|portal|127|component|amara/i);
      expect(text.length).toBeLessThan(200);
    }
  });

  test.each([
    'evil.example',
    'localhost.evil.example',
    'evil.example:80',
    'localhost@evil.example',
    'evil.example/localhost',
    '127.0.0.1',
    'localhost,evil.example',
  ])('the host "%s" is not answered for, with or without a session', async (host) => {
    const [session] = [...reader.findCookies('localhost').values()].map(({ name, value }) => `${name}=${value}`);
    for (const target of ['', 'auth/sign-in', 'catalog/', 'auth/callback?code=a&state=b'].map(
      (path) => portal.top + path,
    )) {
      const tries: Record<string, string>[] = [{}, { cookie: session ?? '' }, navigation];
      for (const headers of tries) {
        const { status, text, cookies, headers: told } = await ask(target, 'GET', { ...headers, host });
        expect([status, cookies, told.location]).toEqual([expect.toBeOneOf([400, 421]), [], undefined]);
        expect(text).not.toContain(inside);
        expect(text + JSON.stringify(told)).not.toContain(host);
      }
    }
  });

  test.each(['Host:', 'Host: ', 'X-Nothing: x', 'Host: evil.example\r\nHost: localhost'])(
    'a request with the line %j in place of a host is not answered',
    async (line) => {
      for (const path of ['', 'auth/sign-in', 'catalog/']) {
        const head = `GET ${portal.top}${path} HTTP/1.1\r\n${line}\r\nConnection: close\r\n\r\n`;
        const said = await sendBytes(portal.origin, head);
        expect(said).toMatch(/^HTTP\/1\.1 (400|421)/);
        expect(said).not.toMatch(/set-cookie|location:/i);
      }
    },
  );

  test('what a request says of hosts leads nobody anywhere else', async () => {
    const lies = {
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
      forwarded: 'host=evil.example;proto=https',
    };
    const { headers, cookies } = await ask(`${portal.top}auth/sign-in`, 'GET', {
      ...navigation,
      ...lies,
      'x-forwarded-port': '81',
    });
    expect(new URL(headers.location ?? '').searchParams.get('redirect_uri')).toBe(portal.callback);
    expect(JSON.stringify([headers, cookies])).not.toContain('evil');
    expect(cookies.join()).not.toMatch(/secure|domain=/i);
  });

  test('everything is there for those who are let in, and nothing of it is kept by others', async () => {
    const open = listPaths().filter((each) => each in siteFiles && `/${each}` !== proxyCatalogPath);
    for (const path of open) {
      const answer = await reader.ask(portal.origin + portal.top + path, { from: portal.origin });
      expect([path, answer.status]).toEqual([path, 200]);
      expect(answer.text).toContain(inside);
      expect(answer.headers['cache-control']).toMatch(/private|no-store/);
      expect(answer.headers['cache-control']).not.toMatch(/public|s-maxage/);
    }
  });

  test('what only the proxy reads, with the addresses of all people in it, is given to nobody', async () => {
    const path = proxyCatalogPath.slice(1);
    const ways = [path, `${path}?x`, `${path}/`, 'api/%70roxy-catalog.json', 'api/proxy%2dcatalog.json', `/${path}`];
    const odd = [
      'api//proxy-catalog.json',
      'API/proxy-catalog.json',
      'api/./proxy-catalog.json',
      'x/../api/proxy-catalog.json',
    ];
    for (const way of [...ways, ...odd, `${path}.gz`, `${path}.br`, `${path}%00`, 'api/proxy-catalog.json;x']) {
      const answer = await reader.ask(portal.origin + portal.top + way, { from: portal.origin });
      expect([way, answer.text.includes(people)]).toEqual([way, false]);
    }
    expect((await reader.ask(portal.origin + portal.top + path, { from: portal.origin })).status).toBe(404);
  });
});
