import { expect, test } from 'vitest';
import {
  createFakeWidget,
  createSampleProxy,
  readCode,
  type SampleHeaders,
  sampleIdentity,
  sampleSettings,
  signedIn,
} from '../proxy.sample.ts';
import { toAddress } from './address.ts';
import { isId, isRef, parseQuery } from './question.ts';
import { findBrokenRule } from './rules.ts';

const checkout = '/api/live/kubernetes/component/default/checkout';

/** The rule that a request breaks, asked of the rules themselves: some of these no library would send. */
function judge(change: { method?: string; target?: string; headers?: SampleHeaders; hosts?: string[] }) {
  const { method = 'GET', target = checkout, headers = {}, hosts = [] } = change;
  const findHeader = (name: string) => headers[name];
  return findBrokenRule({ method, target, address: '192.0.2.7', findHeader }, { base: '', hosts });
}

test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT', 'PROPFIND', 'get', ''])(
  'the method "%s" is refused, whatever else is wrong',
  (method) => {
    expect(judge({ method })).toBe('method');
    expect(judge({ method, target: 'http://evil/%00', headers: { 'content-length': '5' } })).toBe('method');
  },
);

test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])(
  '%s is told what is allowed, at every address',
  async (method) => {
    const { ask } = createSampleProxy();
    for (const target of [checkout, '/', '/healthz', '/api/me', '/api/live/status?refs=%00']) {
      const response = await ask(target, {}, method);
      expect([response.status, response.headers.get('allow'), await readCode(response)]).toEqual([
        405,
        'GET, HEAD',
        'method',
      ]);
    }
  },
);

test.each([
  [2048, `/${'x'.repeat(2047)}`, undefined],
  [2049, `/${'x'.repeat(2048)}`, 'target-too-long'],
  [8192, `/api/live/status?refs=${'x'.repeat(8170)}`, undefined],
  [8193, `/api/live/status?refs=${'x'.repeat(8171)}`, 'target-too-long'],
])('a target of %i characters is judged', (length, target, code) => {
  expect(target.length).toBe(length);
  expect(judge({ target })).toBe(code);
});

test.each([
  [{ 'content-length': '1' }, 'body'],
  [{ 'content-length': '00' }, 'body'],
  [{ 'transfer-encoding': 'chunked' }, 'body'],
  [{ 'transfer-encoding': '' }, 'body'],
  [{ 'content-length': '0' }, undefined],
])('a body is refused: %o', (headers, code) => {
  expect(judge({ headers })).toBe(code);
});

test.each([
  '',
  '*',
  'http://evil.example/',
  'https://portal.example/api/me',
  '//evil.example/x',
  'api/me',
  '/a b',
  '/a#b',
  '/ä',
  '/a\u0000',
  '/a\r\nx: y',
])('the target "%s" is refused', (target) => {
  expect(judge({ target })).toBe('target-wrong');
});

test.each([
  '/api/live/kubernetes/component/default/..',
  '/api/live/kubernetes/component/default/../../../etc',
  '/api/live/kubernetes/component/default/%2e%2e',
  '/api/live/kubernetes/component/default/.%2e/x',
  '/api/live/./kubernetes/component/default/x',
  '/api/live/%2e/kubernetes/component/default/x',
  '/api/live/kubernetes/component/default/.',
  '/api/live/kubernetes/component/default/a%2fb',
  '/api/live/kubernetes/component/default/a%2Fb',
  '/api/live/kubernetes/component/default/a%5cb',
  '/api/live/kubernetes/component/default/a\\b',
  '/api/live/kubernetes/component/default/a%00',
  '/api/live/kubernetes/component/default/a%0a',
  '/api/live/kubernetes/component/default/a%7f',
  '/api/live/kubernetes/component/default/a%252fb',
  '/api/live/kubernetes/component/default/%25%36%31',
  '/api/live/kubernetes/component/default/a%',
  '/api/live/kubernetes/component/default/a%zz',
  '/api/live/kubernetes/component/default/%ff',
  '/api/live/kubernetes/component/default/%c0%ae%c0%ae',
  '/api/live/status?refs=a%00',
  '/api/live/status?refs=%2500',
  '/api/live/status?refs=%5c',
  '/api/live/status?refs=a\\b',
  '/api/live/status?refs=%e0%80',
  '/api/live/status?refs=%c2%85',
])('the encoding of %s is refused', (target) => {
  expect(judge({ target })).toBe('encoding-wrong');
});

test.each(['/api/live/status?refs=component%3Adefault%2Fcheckout', '/api/live/kubernetes/%63omponent/default/x'])(
  'the encoding of %s is accepted',
  (target) => {
    expect(judge({ target })).toBeUndefined();
  },
);

test.each([
  ['portal.example', undefined],
  ['Portal.Example:8443', undefined],
  ['evil.example', 'host-wrong'],
  ['portal.example.evil.example', 'host-wrong'],
  ['127.0.0.1', 'host-wrong'],
  ['', 'host-wrong'],
])('with hosts configured, the host "%s" is judged', (host, code) => {
  expect(judge({ headers: { host }, hosts: ['portal.example'] })).toBe(code);
});

test('with hosts configured, probes ask by any; without, everybody does', () => {
  expect(judge({ target: '/healthz', headers: { host: '10.0.0.7:8080' }, hosts: ['portal.example'] })).toBeUndefined();
  expect(judge({ target: '/readyz', hosts: ['portal.example'] })).toBeUndefined();
  expect(judge({ target: '/healthz/x', hosts: ['portal.example'] })).toBe('host-wrong');
  expect(judge({ headers: { host: 'anything' } })).toBeUndefined();
});

test('hosts of the settings are compared without case', async () => {
  const { ask } = createSampleProxy({ settings: { ...sampleSettings, hosts: ['Portal.example'] } });
  expect((await ask(checkout, { host: 'portal.example' })).status).toBe(200);
  expect((await ask(checkout, { host: 'evil.example' })).status).toBe(421);
});

test.each([
  [undefined, undefined],
  ['same-origin', undefined],
  ['none', undefined],
  ['cross-site', 'cross-site'],
  ['same-site', 'cross-site'],
  ['same-origin, cross-site', 'cross-site'],
  ['', 'cross-site'],
  ['Same-Origin', 'cross-site'],
])('a request from a site that is "%s" is judged', (site, code) => {
  expect(judge({ headers: site === undefined ? {} : { 'sec-fetch-site': site } })).toBe(code);
});

test('no other origin is ever let in', async () => {
  const { ask } = createSampleProxy();
  const response = await ask(checkout, { origin: 'https://evil.example' });
  expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
});

test('what breaks a rule asks nobody, costs nobody, and is written down', async () => {
  const { widget, asked } = createFakeWidget('kubernetes');
  const taken: string[] = [];
  const { ask, lines } = createSampleProxy({
    widgets: [widget],
    limits: {
      enter: () => () => {},
      take: async (viewer) => {
        taken.push(viewer);
        return { isAllowed: true };
      },
    },
  });
  await ask(checkout, { 'sec-fetch-site': 'cross-site' });
  await ask(checkout, {}, 'POST');
  expect([asked, taken]).toEqual([[], []]);
  expect(lines.map(({ state, status }) => [state, status])).toEqual([
    ['cross-site', 403],
    ['method', 405],
  ]);
});

test('of a request only a few headers are read', async () => {
  const seen: unknown[] = [];
  const { ask } = createSampleProxy({
    settings: { ...sampleSettings, identity: { ...sampleIdentity, header: 'X-Assertion' } },
    identify: async (findHeader) => {
      seen.push(findHeader('cookie'), findHeader('authorization'), findHeader('x-assertion'));
      return signedIn('ada@acme.example')(findHeader);
    },
  });
  await ask(checkout, { cookie: 'a=b', authorization: 'Bearer x', 'x-assertion': 'signed' });
  expect(seen).toEqual([undefined, undefined, 'signed']);
});

test.each([
  ['/x', [], {}],
  ['/x?', [], {}],
  ['/x?refs=a%2Cb&', [], { refs: 'a,b' }],
  ['/x?refs', [], { refs: '' }],
  ['/x?refs=a=b', [], { refs: 'a=b' }],
])('reads the parameters of %s', (target, _, value) => {
  expect(Object.fromEntries(parseQuery(target, ['refs']).value ?? [])).toEqual(value);
});

test.each([
  ['/x?other=1', 'unknown-parameter'],
  ['/x?refs=1&refs=2', 'repeated-parameter'],
  ['/x?refs=1&REFS=2', 'unknown-parameter'],
  ['/x?__proto__=1', 'unknown-parameter'],
  ['/x?constructor=1', 'unknown-parameter'],
  ['/x?refs[]=1', 'unknown-parameter'],
  ['/x?r%65fs=1', 'unknown-parameter'],
  ['/x?=1', 'unknown-parameter'],
])('refuses the parameters of %s', (target, refusal) => {
  expect(parseQuery(target, ['refs']).refusal).toBe(refusal);
});

test.each([
  ['checkout', true],
  ['a', true],
  ['0-a_b.c', true],
  ['x'.repeat(63), true],
  ['x'.repeat(64), false],
  ['', false],
  ['.', false],
  ['..', false],
  ['a..b', false],
  ['-a', false],
  ['_a', false],
  ['__proto__', false],
  ['A', false],
  ['a\n', false],
  ['ä', false],
  ['ﬁ', false],
  ['a b', false],
])('the name "%s" is one: %s', (text, is) => {
  expect(isId(text)).toBe(is);
});

test.each([
  ['component:default/checkout', true],
  ['component:default/', false],
  ['default/checkout', false],
  ['checkout', false],
  ['component:default/check/out', false],
  ['component:a:b/c', false],
  ['Component:default/checkout', false],
])('the reference "%s" is one: %s', (text, is) => {
  expect(isRef(text)).toBe(is);
});

test.each([
  ['192.0.2.7', undefined, 0, '192.0.2.7'],
  ['192.0.2.7', '203.0.113.9', 0, '192.0.2.7'],
  ['192.0.2.7', '203.0.113.9', 1, '203.0.113.9'],
  ['192.0.2.7', '1.1.1.1, 203.0.113.9', 1, '203.0.113.9'],
  ['192.0.2.7', '1.1.1.1, 203.0.113.9, 10.0.0.1', 2, '203.0.113.9'],
  ['192.0.2.7', '203.0.113.9', 2, '192.0.2.7'],
  ['192.0.2.7', '', 1, '192.0.2.7'],
  ['192.0.2.7', '203.0.113.9:51234', 1, '203.0.113.9'],
  ['192.0.2.7', '[2001:db8:1:2::9]:51234', 1, '2001:db8:1:2::/64'],
  ['192.0.2.7', '[2001:db8:1:2::9]', 1, '2001:db8:1:2::/64'],
  ['::ffff:192.0.2.7', undefined, 0, '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', undefined, 0, '2001:db8:1:2::/64'],
  ['2001:db8:1:2::9', undefined, 0, '2001:db8:1:2::/64'],
  ['2001:DB8::9', undefined, 0, '2001:db8:0:0::/64'],
  ['::1', undefined, 0, '0:0:0:0::/64'],
  ['fe80::1%eth0', undefined, 0, 'fe80:0:0:0::/64'],
])('a request from %s, forwarded for %s behind %i proxies, counts as %s', (socket, forwarded, proxies, address) => {
  expect(toAddress(socket, forwarded, proxies)).toBe(address);
});
