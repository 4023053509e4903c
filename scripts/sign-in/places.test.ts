import { expect, test } from 'vitest';
import { findRedirectUri, isNavigation, isOwnRequest, isProbe } from './places.ts';

const uris = ['https://portal.example/auth/callback', 'http://localhost:4321/auth/callback'];

test.each([
  ['portal.example', uris[0]],
  ['Portal.Example:443', uris[0]],
  ['portal.example:8443', uris[0]],
  ['localhost:4321', uris[1]],
  ['evil.example', undefined],
  ['portal.example.evil.example', undefined],
  ['portal.example@evil.example', undefined],
  ['portal.example, evil.example', undefined],
  ['127.0.0.1:4321', undefined],
  ['', undefined],
])('the host "%s" is answered for with %s', (host, uri) => {
  expect(findRedirectUri(host, uris)).toBe(uri);
});

const finder = (headers: Record<string, string>) => (name: string) => headers[name];

test.each([
  ['GET', { 'sec-fetch-mode': 'navigate' }, true],
  ['GET', { accept: 'text/html,application/xhtml+xml' }, true],
  ['HEAD', { accept: 'text/html' }, true],
  ['POST', { accept: 'text/html', 'sec-fetch-mode': 'navigate' }, false],
  ['GET', { accept: '*/*' }, false],
  ['GET', { 'sec-fetch-mode': 'cors', accept: 'application/json' }, false],
  ['GET', {}, false],
])('%s with %o wants a page: %s', (method, headers, isPage) => {
  expect(isNavigation(method, finder(headers))).toBe(isPage);
});

const origin = 'https://portal.example';

test.each([
  [{ 'sec-fetch-site': 'same-origin' }, true],
  [{ 'sec-fetch-site': 'same-origin', origin }, true],
  [{ origin }, true],
  [{ 'sec-fetch-site': 'same-origin', origin: 'https://evil.example' }, false],
  [{ 'sec-fetch-site': 'same-site', origin }, false],
  [{ 'sec-fetch-site': 'cross-site', origin }, false],
  [{ 'sec-fetch-site': 'none' }, false],
  [{ origin: 'null' }, false],
  [{ origin: 'http://portal.example' }, false],
  [{}, false],
])('a request with %o is our own: %s', (headers, isOwn) => {
  expect(isOwnRequest(origin, finder(headers))).toBe(isOwn);
});

test.each([
  ['/healthz', true],
  ['/readyz', true],
  ['/healthz/', false],
  ['/healthz?x', false],
  ['/healthz/../', false],
  ['//healthz', false],
  ['http://x/healthz', false],
  ['/portal/healthz', false],
])('%s asks whether the server lives: %s', (target, isOne) => {
  expect(isProbe(target)).toBe(isOne);
});
