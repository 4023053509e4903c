import { expect, test } from 'vitest';
import { parseCookies, toClearedCookie, toCookieName, toSetCookie } from './cookies.ts';

test('over https a cookie is bound to its host, and no script reads it', () => {
  const name = toCookieName('portolan-session', { isSecure: true });
  expect(toSetCookie(name, 'x.y', 60, { isSecure: true })).toBe(
    '__Host-portolan-session=x.y; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure',
  );
  expect(toClearedCookie(name, { isSecure: true })).toContain('Max-Age=0');
});

test('on this machine, in plain http, it is what a browser keeps there', () => {
  const name = toCookieName('portolan-session', { isSecure: false });
  expect(toSetCookie(name, 'x', 60, { isSecure: false })).toBe(
    'portolan-session=x; Path=/; Max-Age=60; HttpOnly; SameSite=Lax',
  );
});

test.each([
  [undefined, {}],
  ['', {}],
  ['a=b', { a: 'b' }],
  ['a=b;c=d ;  e = f', { a: 'b', c: 'd', e: 'f' }],
  ['a=b=c', { a: 'b=c' }],
  ['a', {}],
  ['=a', {}],
  ['__proto__=x; constructor=y', { __proto__: 'x', constructor: 'y' }],
  ['a=1; b=2; a=3', { b: '2' }],
  ['a=1; b=2; a=1', { b: '2' }],
])('reads %j', (header, cookies) => {
  expect([...parseCookies(header)]).toEqual(
    header?.includes('__proto__')
      ? [
          ['__proto__', 'x'],
          ['constructor', 'y'],
        ]
      : Object.entries(cookies),
  );
});
