import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatRef, parseRef, toRef } from './ref.ts';

test.each([
  ['Group:Default/Dev.Infra', {}, 'group:default/dev.infra'],
  ['checkout', { kind: 'Component' }, 'component:default/checkout'],
  ['checkout', { kind: 'Component', namespace: 'shop' }, 'component:shop/checkout'],
  ['default/checkout', { kind: 'Component', namespace: 'shop' }, 'component:default/checkout'],
  ['ns/x:y', { kind: 'Component' }, 'component:ns/x:y'],
  ['a:b:c/d', {}, 'a:b:c/d'],
  ['x/y/z', { kind: 'API' }, 'api:x/y/z'],
  ['backstage/techdocs-core', { kind: 'Group' }, 'group:backstage/techdocs-core'],
  ['component: x', {}, 'component:default/ x'],
  ['Grupo 3', { kind: 'Group' }, 'group:default/grupo 3'],
])('reads %s in %o as %s', (text, context, ref) => {
  const { value } = parseRef(text, context);
  expect(value && formatRef(value)).toBe(ref);
});

test.each([
  ['a:b:c/d', { kind: 'a', namespace: 'b:c', name: 'd' }],
  ['k:x/y/z', { kind: 'k', namespace: 'x', name: 'y/z' }],
])('splits %s at its first marks', (text, parts) => {
  expect(parseRef(text).value).toEqual(parts);
});

test.each([
  [':x', 'empty-part'],
  ['k:/x', 'empty-part'],
  ['k:n/', 'empty-part'],
  ['', 'no-kind'],
  ['checkout', 'no-kind'],
  ['ns/checkout', 'no-kind'],
])('refuses %s: %s', (text, fault) => {
  expect(parseRef(text)).toEqual({ fault });
});

test('any text is a reference or a fault, never an exception', () => {
  fc.assert(
    fc.property(fc.string(), fc.option(fc.string(), { nil: undefined }), (text, kind) => {
      const { value, fault } = parseRef(text, kind === undefined ? {} : { kind });
      expect((value === undefined) !== (fault === undefined)).toBe(true);
    }),
  );
});

test('a canonical spelling reads as itself, in whatever context', () => {
  const part = fc.stringMatching(/^[a-z0-9]([a-z0-9._-]{0,20}[a-z0-9])?$/);
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z][a-z0-9]{0,9}$/), part, part, part, (kind, namespace, name, other) => {
      const ref = formatRef({ kind, namespace, name });
      expect(toRef(ref)).toEqual({ kind, namespace, name });
      expect(parseRef(ref.toUpperCase(), { kind: other, namespace: other }).value).toEqual(toRef(ref.toUpperCase()));
      expect(formatRef(toRef(ref))).toBe(ref);
    }),
  );
});
