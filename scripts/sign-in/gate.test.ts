import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ada, createSampleGate, navigation } from './gate.sample.ts';
import type { Verdict } from './ports.ts';

const targets = [
  '/',
  '/catalog/',
  '/nowhere',
  '/api/graph.json',
  '/favicon.ico',
  '/404.html',
  '/authors/',
  '/%61uth/sign-in',
];
const more = ['http://portal.example/healthz', '//', '*', '/healthz/', '/../auth/sign-in', '/auth', '/AUTH/sign-in'];

test('without a session everything is refused in the same bytes, whatever is asked for and how', async () => {
  const { answer } = createSampleGate();
  const answers = await Promise.all([...targets, ...more].map((target) => answer(target)));
  for (const method of ['HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', ''])
    answers.push(await answer('/', {}, method));
  expect(new Set(answers.map((each) => JSON.stringify(each))).size).toBe(1);
  expect(answers[0]).toMatchObject({ status: 401, cookies: [], headers: { 'cache-control': 'private, no-store' } });
  expect(JSON.parse(answers[0]?.body ?? '')).toMatchObject({ error: { code: 'sign-in' } });
});

test('without a session a page leads to where one signs in, and back', async () => {
  const { answer } = createSampleGate();
  const { status, headers, body } = await answer('/catalog/?q=a&b#c', navigation);
  expect([status, body, headers.location]).toEqual([302, '', '/auth/sign-in?return=%2Fcatalog%2F%3Fq%3Da%26b%23c']);
});

test('probes are let through without anything, and nothing else is', async () => {
  const { ask } = createSampleGate();
  for (const target of ['/healthz', '/readyz'])
    expect(await ask(target, { host: '10.0.0.1' })).toEqual({ kind: 'probe' });
});

const parts = fc.constantFrom(
  ...[
    '/',
    '//',
    'auth',
    'auth/',
    'healthz',
    '..',
    '.',
    '%2e',
    '%2f',
    '?',
    '#',
    ';',
    'api/me',
    'index.html',
    '\\',
    'http://',
    '\u0000',
  ],
);
const words = fc.oneof(fc.string({ unit: 'binary' }), parts);
const headers = fc.dictionary(
  fc.constantFrom('cookie', 'accept', 'authorization', 'x-forwarded-user', 'sec-fetch-mode'),
  words,
);

test('whatever a stranger sends, nobody is let in', async () => {
  const targets = fc.array(parts).map((each) => `/${each.join('')}`);
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(targets, words),
      headers,
      fc.constantFrom('GET', 'HEAD', 'POST'),
      async (target, all, method) => {
        const { ask } = createSampleGate();
        const admission = await ask(target, all, method);
        expect(admission.kind).toBe(['/healthz', '/readyz'].includes(target) ? 'probe' : 'answer');
        if (admission.kind === 'answer')
          expect(admission.answer.status).toBeGreaterThanOrEqual(target.startsWith('/auth/') ? 200 : 302);
      },
    ),
    { numRuns: 1_000 },
  );
});

test('a host that is not ours is answered nothing, with a session too', async () => {
  const { ask, answer, begin } = createSampleGate();
  await ask(await begin());
  for (const target of ['/', '/auth/sign-in', '/auth/callback?state=x'])
    expect((await answer(target, { host: 'evil.example', ...navigation })).status).toBe(421);
});

test('whoever signs in gets a session that is over after its hours, whatever happens in it', async () => {
  const { answer, ask, begin, cookies, advance, events } = createSampleGate();
  const { status, headers, cookies: set } = await answer(await begin());
  expect([status, headers.location]).toEqual([302, '/catalog/']);
  expect(set.at(-1)).toMatch(/^__Host-portolan-session=[^;]+; Path=\/; Max-Age=28800; HttpOnly; SameSite=Lax; Secure$/);
  expect([...cookies.keys()]).toEqual(['__Host-portolan-session']);
  expect(events).toEqual([{ event: 'signed-in', subject: 'ada', email: 'ada@acme.example', login: 'ada' }]);
  for (let hour = 0; hour < 8; hour += 1) {
    expect(await ask('/')).toMatchObject({ kind: 'session', session: { subject: 'ada', groups: ['devs'] } });
    advance(3_600_000);
  }
  expect((await answer('/')).status).toBe(401);
});

test('a session whose rules are tightened is none from then on', async () => {
  const before = createSampleGate();
  await before.ask(await before.begin());
  const after = createSampleGate({ rules: { groups: ['admins'] } });
  for (const [name, value] of before.cookies) after.cookies.set(name, value);
  expect((await after.answer('/')).status).toBe(401);
  const shorter = createSampleGate({ hours: 1 });
  for (const [name, value] of before.cookies) shorter.cookies.set(name, value);
  shorter.advance(3_600_000);
  expect((await shorter.answer('/')).status).toBe(401);
});

test('a state is used once, by the browser that has its cookie, within ten minutes', async () => {
  const { answer, begin, cookies, advance } = createSampleGate();
  const callback = await begin();
  const kept = [...cookies];
  expect((await answer(callback)).status).toBe(302);
  expect((await answer(callback)).status).toBe(400);
  for (const [name, value] of kept) cookies.set(name, value);
  expect((await answer(callback)).status).toBe(400);
  const late = await begin();
  advance(600_000);
  expect((await answer(late)).status).toBe(400);
  const other = createSampleGate();
  expect((await other.answer(await begin())).status).toBe(400);
});

test.each([
  '/auth/callback',
  '/auth/callback?code=c',
  '/auth/callback?code=c&state=',
  '/auth/callback?code=c&state=made-up',
  '/auth/callback?code=c&state=__proto__',
  '/auth/callback?error=access_denied',
])('%s is the same page as any that was not begun here', async (target) => {
  const { answer } = createSampleGate();
  const [one, other] = [await answer(target), await answer('/auth/callback?code=x&state=y')];
  expect([one.status, one.body, one.cookies]).toEqual([400, other.body, []]);
});

test('a state that stands twice, or in the cookie of another one, is none', async () => {
  const { answer, begin, cookies } = createSampleGate();
  const first = await begin();
  expect((await answer(`${first}&state=x`)).status).toBe(400);
  const second = await begin();
  const [[name, value] = ['', '']] = [...cookies];
  const third = await begin();
  cookies.set([...cookies.keys()].find((each) => each !== name) ?? '', value);
  expect((await answer(third)).status).toBe(400);
  expect((await answer(second)).status).toBe(302);
  expect(name).toMatch(/^__Host-portolan-flow-/);
});

test('tabs that begin at once all arrive, and a browser keeps five ways at most', async () => {
  const { answer, begin, cookies, advance } = createSampleGate();
  const callbacks: string[] = [];
  for (let tab = 0; tab < 8; tab += 1) {
    callbacks.push(await begin());
    advance(1_000);
  }
  expect(cookies.size).toBe(5);
  const statuses = [];
  for (const callback of callbacks) statuses.push((await answer(callback)).status);
  expect(statuses).toEqual([400, 400, 400, 302, 302, 302, 302, 302]);
});

test('signing in again makes another session, and a cookie that was put there before is worth nothing', async () => {
  const { answer, ask, begin, cookies, advance } = createSampleGate();
  cookies.set('__Host-portolan-session', 'planted');
  expect((await answer('/')).status).toBe(401);
  await ask(await begin());
  const first = cookies.get('__Host-portolan-session');
  advance(1_000);
  await ask(await begin());
  expect(cookies.get('__Host-portolan-session')).not.toBe(first);
  cookies.set('portolan-session', first ?? '');
  cookies.delete('__Host-portolan-session');
  expect((await answer('/')).status).toBe(401);
});

test('whoever is not let in sees one page whatever the reason, and has no session any more', async () => {
  const { answer, begin, say, cookies, events } = createSampleGate();
  await answer(await begin());
  const bodies = [];
  const verdicts: Verdict[] = [
    { kind: 'known', profile: { ...ada, groups: [] } },
    { kind: 'known', profile: { subject: 'x', groups: ['nobody'] } },
    { kind: 'refused', reason: 'the issuer answers access_denied' },
  ];
  for (const verdict of verdicts) {
    say(verdict);
    const { status, body } = await answer(await begin());
    bodies.push(`${status} ${body}`);
  }
  expect(new Set(bodies).size).toBe(1);
  expect(bodies[0]).toMatch(/^403 /);
  expect(bodies[0]).not.toMatch(/devs|group|ada/);
  expect([...cookies.keys()]).toEqual([]);
  expect(events.at(-2)).toEqual({ event: 'denied', reason: 'is in none of the groups', subject: 'x' });
});

test.each([
  ['wrong', 400],
  ['broken', 502],
  ['unavailable', 503],
] as const)('a verdict that is %s is answered with %i, without a session', async (kind, status) => {
  const { answer, begin, say, cookies, events } = createSampleGate();
  say({ kind, reason: 'why' });
  const found = await answer(await begin());
  expect([found.status, [...cookies.keys()], found.body.includes('why')]).toEqual([status, [], false]);
  expect(events.at(-1)?.reason).toBe('why');
});

test('an issuer that cannot be asked is told of, and nothing is begun', async () => {
  const issuer = {
    findStart: async () => ({ kind: 'unavailable', reason: 'down' }) as const,
    fetchProfile: async () => ({ kind: 'unavailable', reason: 'down' }) as const,
    findSignOut: async () => undefined,
  };
  const { answer, cookies } = createSampleGate({ issuer });
  const { status, headers } = await answer('/auth/sign-in');
  expect([status, headers['retry-after'], cookies.size]).toEqual([503, '30', 0]);
});

test('signing out takes the session, for a page of ours alone', async () => {
  const { answer, ask, begin } = createSampleGate();
  await ask(await begin());
  const foreign: Record<string, string>[] = [
    {},
    { origin: 'https://evil.example' },
    { 'sec-fetch-site': 'cross-site' },
  ];
  for (const headers of foreign) expect((await answer('/auth/sign-out', headers, 'POST')).status).toBe(403);
  expect((await answer('/auth/sign-out')).body).toContain('<form method="post" action="/auth/sign-out">');
  expect((await ask('/')).kind).toBe('session');
  const { status, headers } = await answer('/auth/sign-out', { origin: 'https://portal.example' }, 'POST');
  expect([status, headers.location]).toEqual([303, '/auth/signed-out']);
  expect((await answer('/')).status).toBe(401);
});

test('the form of signing out may lead to where the issuer signs people out', async () => {
  const signOut = 'https://id.example/end?client_id=a';
  const issuer = {
    findStart: async () => ({ kind: 'unavailable', reason: '' }) as const,
    fetchProfile: async () => ({ kind: 'unavailable', reason: '' }) as const,
    findSignOut: async () => signOut,
  };
  const { answer } = createSampleGate({ issuer });
  expect((await answer('/auth/sign-out')).headers['content-security-policy']).toContain(
    "form-action 'self' https://id.example;",
  );
  const { headers } = await answer('/auth/sign-out', { origin: 'https://portal.example' }, 'POST');
  expect(headers.location).toBe(signOut);
});

test('somebody who is not let in may sign in as somebody else', async () => {
  const { answer, begin, say } = createSampleGate();
  say({ kind: 'refused', reason: '' });
  const [, again = ''] = /href="([^"]+)"/.exec((await answer(await begin())).body) ?? [];
  expect((await answer(again)).headers.location).toContain('&anew');
});

test('an address that tries too often waits, at every address of signing in', async () => {
  const { answer } = createSampleGate({ take: async () => ({ isAllowed: false, retryAfter: 7 }) });
  for (const target of ['/auth/sign-in', '/auth/callback?state=x', '/auth/made-up'])
    expect(await answer(target)).toMatchObject({ status: 429, headers: { 'retry-after': '7' } });
});

test.each([
  ['/auth/', 'GET', 404],
  ['/auth/made-up', 'GET', 404],
  ['/auth/__proto__', 'GET', 404],
  ['/auth/sign-in/', 'GET', 404],
  ['/auth/sign-in', 'POST', 405],
  ['/auth/callback', 'POST', 405],
  ['/auth/sign-in', 'constructor', 405],
])('%s with %s is %i and never a page of the site', async (target, method, status) => {
  const { answer } = createSampleGate();
  const found = await answer(target, {}, method);
  expect([found.status, found.headers['content-security-policy']]).toEqual([
    status,
    expect.stringContaining("default-src 'none'"),
  ]);
});

test('below a base, only what is below it is open', async () => {
  const { answer } = createSampleGate({
    top: '/portal/',
    redirectUris: ['https://portal.example/portal/auth/callback'],
  });
  expect((await answer('/portal/auth/sign-in')).status).toBe(302);
  expect((await answer('/auth/sign-in')).status).toBe(401);
  expect((await answer('/portal', navigation)).headers.location).toBe('/portal/auth/sign-in?return=%2Fportal');
});

test('on this machine, in plain http, cookies are such as a browser keeps, and only there', async () => {
  const uris = ['http://localhost:4321/auth/callback', 'https://portal.example/auth/callback'];
  const { answer } = createSampleGate({ redirectUris: uris });
  const local = await answer('/auth/sign-in', { host: 'localhost:4321' });
  expect(local.cookies[0]).toMatch(/^portolan-flow-[^;]+; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax$/);
  expect(local.headers['strict-transport-security']).toBeUndefined();
  const real = await answer('/auth/sign-in');
  expect(real.cookies[0]).toMatch(/^__Host-portolan-flow-.*; Secure$/);
  expect(real.headers['strict-transport-security']).toBe('max-age=31536000');
});
