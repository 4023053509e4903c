import { expect, test } from 'vitest';
import { isLoopbackName } from './loopback.ts';

test.each([
  ['localhost', true],
  ['127.0.0.1', true],
  ['127.1.2.3', true],
  ['::1', true],
  ['[::1]', true],
  ['0.0.0.0', false],
  ['localhost.evil.example', false],
  ['127.0.0.1.evil.example', false],
  ['[::1', false],
  ['', false],
])('%s is this machine: %s', (host, expected) => {
  expect(isLoopbackName(host)).toBe(expected);
});
