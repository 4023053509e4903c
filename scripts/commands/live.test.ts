import { expect, test } from 'vitest';
import { findBrokenRule } from '../../src/proxy/guard/rules.ts';
import type { ProxySettings } from '../../src/proxy/settings.ts';
import { toCatalogPlace, toDemoSettings, toLocalSettings } from './live.ts';

const real: ProxySettings = {
  clusters: [
    { name: 'prod', url: 'https://prod.example.org', skipTlsVerify: true, credential: async () => ({ a: 'real' }) },
  ],
  customResources: [],
  argocd: [{ name: 'prod', url: 'https://argocd.example.org', credential: async () => ({ a: 'real' }) }],
  prometheus: [],
  github: [],
  secrets: new Map([['PD_KEY', 'real']]),
  plainHttp: new Set(),
  hosts: [],
  proxiesInFront: 0,
  identity: {
    header: 'x-assertion',
    issuer: 'i',
    audience: 'a',
    jwksUrl: 'https://id.example.org/keys',
    algorithms: ['ES256'],
    emailClaim: 'email',
    loginClaim: 'login',
  },
  logReaders: 'owners',
  sharedCache: 'redis://cache.example.org',
  isDemo: false,
};
const urls = {
  kubernetes: 'http://127.0.0.1:1',
  argocd: 'http://127.0.0.1:2',
  github: 'http://127.0.0.1:3',
  prometheus: 'http://127.0.0.1:4',
  pagerduty: 'http://127.0.0.1:5',
};

test('a demonstration meets nothing that is real: no system, no secret, no cache, nobody who signed in', async () => {
  const demo = toDemoSettings(real, { urls, token: 'made-up', secrets: new Map(), stop: async () => {} });
  expect([demo.identity, demo.sharedCache, demo.secrets.size, demo.isDemo]).toEqual([undefined, undefined, 0, true]);
  const asked = [...demo.clusters, ...demo.argocd, ...demo.prometheus, ...(demo.pagerduty ? [demo.pagerduty] : [])];
  expect(demo.demoReader).toEqual({ subject: 'demonstration', login: 'yuki-tanabe' });
  for (const { url, credential } of asked) {
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:/);
    expect(await credential?.()).toEqual({ authorization: 'Bearer made-up' });
  }
});

test.each([
  ['localhost:4321', undefined],
  ['127.0.0.1:4321', undefined],
  ['[::1]:4321', undefined],
  ['rebound.evil.example:4321', 'host-wrong'],
  ['portal.example.org', 'host-wrong'],
])('beside a local site a question to %s is refused as %s', (host, code) => {
  const { hosts } = toLocalSettings({ ...real, hosts: ['portal.example.org'] });
  const findHeader = (name: string) => (name === 'host' ? host : undefined);
  const arrival = { method: 'GET', target: '/api/me', address: '127.0.0.1', findHeader };
  expect(findBrokenRule(arrival, { base: '', hosts })).toBe(code);
});

test.each([
  ['https://portal.example.org/', { url: 'https://portal.example.org/api/proxy-catalog.json' }],
  ['http://localhost:4321/x.json', { url: 'http://localhost:4321/x.json' }],
  ['site', { file: '/here/site/api/proxy-catalog.json' }],
])('the catalog at %s is read from %o', (word, place) => {
  expect(toCatalogPlace(word, '/here')).toEqual(place);
});

test.each(['https://ann:hunter2@portal.example.org/', 'http://portal.example.org/', 'http://localhost.evil.example/'])(
  'the catalog is not read from %s',
  (word) => {
    expect(() => toCatalogPlace(word, '/here')).toThrow(expect.not.stringContaining('hunter2'));
  },
);
