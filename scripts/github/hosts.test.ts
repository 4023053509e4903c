import { expect, test } from 'vitest';
import { isSafeAddress, toHostAddresses } from './hosts.ts';

test.each([
  ['github.com', undefined, 'https://api.github.com', 'https://github.com'],
  ['acme.ghe.com', undefined, 'https://api.acme.ghe.com', 'https://acme.ghe.com'],
  ['ghe.acme.io', undefined, 'https://ghe.acme.io/api/v3', 'https://ghe.acme.io'],
  ['ghe.acme.io', 'https://ghe.acme.io/api/v3/', 'https://ghe.acme.io/api/v3', 'https://ghe.acme.io'],
  ['127.0.0.1:99', 'http://127.0.0.1:99/api/v3', 'http://127.0.0.1:99/api/v3', 'http://127.0.0.1:99'],
  ['ghe.acme.io', 'http://ghe.acme.io/api/v3', 'http://ghe.acme.io/api/v3', 'https://ghe.acme.io'],
])('%s with %s', (host, apiBaseUrl, api, web) => {
  expect(toHostAddresses(host, { apiBaseUrl })).toEqual({ host, api, web });
});

test.each([
  ['https://ghe.acme.io/api/v3', true],
  ['http://127.0.0.1:8080/api/v3', true],
  ['http://localhost/api/v3', true],
  ['http://ghe.acme.io/api/v3', false],
  ['http://127.0.0.1.evil.io/', false],
])('a token may travel to %s: %s', (address, may) => expect(isSafeAddress(address)).toBe(may));
