import { expect, test } from 'vitest';
import { toProxyCatalog } from './catalog.ts';
import { identifyByGate, isOwner, toViewer, toViewerKey } from './identity.ts';
import { createSampleProxy, sampleCatalog, signedIn } from './proxy.sample.ts';

const catalog = toProxyCatalog(sampleCatalog);

test.each([
  [{ email: 'ada@acme.example' }, 'user:default/ada'],
  [{ email: 'ADA@ACME.example' }, 'user:default/ada'],
  [{ login: 'Ada-L' }, 'user:default/ada'],
  [{ email: 'other@acme.example', login: 'bob' }, 'user:default/bob'],
  [{ email: 'bob@acme.example', login: 'ada-l' }, 'user:default/bob'],
  [{ email: 'twin@acme.example' }, 'stranger s'],
  [{ email: 'nobody@acme.example' }, 'stranger s'],
  [{ email: '__proto__', login: 'constructor' }, 'stranger s'],
  [{ email: 'nobody@acme.example', person: 'bob' }, 'user:default/bob'],
  [{ person: 'user:default/Ada' }, 'user:default/ada'],
  [{ person: 'default/ada' }, 'user:default/ada'],
  [{ person: 'group:default/commerce' }, 'stranger s'],
  [{ person: 'other/ada' }, 'stranger s'],
  [{ email: 'bob@acme.example', person: 'ada' }, 'user:default/bob'],
  [{}, 'stranger s'],
])('finds %o as %s', (claims, key) => {
  expect(toViewerKey(toViewer({ subject: 's', ...claims }, catalog), '192.0.2.7')).toBe(key);
});

test('a gate in the same process is believed, and nothing that a request says of itself', async () => {
  const claims = { subject: 's', email: 'ada@acme.example' };
  const said = () => 'ada@acme.example';
  expect(await identifyByGate(said, claims)).toEqual({ kind: 'signed-in', claims });
  expect(await identifyByGate(said)).toEqual({ kind: 'refused' });
});

test('someone anonymous is counted under their address', () => {
  expect(toViewerKey({ kind: 'anonymous' }, '192.0.2.7')).toBe('address 192.0.2.7');
});

test.each([
  ['by a group above their own', ['group:default/commerce'], true],
  ['themselves', ['user:default/ada'], true],
  ['not by a group with a longer name', ['group:default/commerce-two'], false],
  ['not when nobody does', [], false],
])('someone owns an entity %s', (_, owners, is) => {
  const entity = { ref: 'component:default/x', title: '', annotations: {}, owners };
  expect(isOwner(toViewer({ subject: 's', email: 'ada@acme.example' }, catalog), entity)).toBe(is);
  expect(isOwner({ kind: 'anonymous' }, entity)).toBe(false);
});

test.each([
  [undefined, null],
  [signedIn('nobody@acme.example'), null],
  [signedIn('bob@acme.example'), { ref: 'user:default/bob', title: 'Bob', groups: ['group:default/search'] }],
])('says who is signed in, and nothing more', async (identify, user) => {
  const { ask } = createSampleProxy({ ...(identify && { identify }) });
  expect(await (await ask('/api/me')).json()).toEqual({ user });
});
