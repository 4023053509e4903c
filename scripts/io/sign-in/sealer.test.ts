import { randomBytes } from 'node:crypto';
import { EncryptJWT, SignJWT, UnsecuredJWT } from 'jose';
import { expect, test } from 'vitest';
import { createSealer } from './sealer.ts';

const noon = Date.UTC(2026, 10, 20, 12);
const [old, fresh] = [randomBytes(32), randomBytes(32)];
const create = (keys = [fresh], change: { audience?: string; now?: number } = {}) =>
  createSealer({ keys, audience: change.audience ?? 'a', now: () => change.now ?? noon });
const seal = () => create().seal('session', { subject: 'ada' }, noon + 60_000);

test('opens what it sealed, until it is over', async () => {
  const sealed = await seal();
  expect(sealed).not.toContain('ada');
  expect(await create().open('session', sealed)).toEqual({ subject: 'ada' });
  expect(await create([fresh], { now: noon + 59_000 }).open('session', sealed)).toEqual({ subject: 'ada' });
  expect(await create([fresh], { now: noon + 60_000 }).open('session', sealed)).toBeUndefined();
});

test('opens nothing that is for something else, for another portal, or of another key', async () => {
  const sealed = await seal();
  expect(await create().open('flow', sealed)).toBeUndefined();
  expect(await create([fresh], { audience: 'b' }).open('session', sealed)).toBeUndefined();
  expect(await create([old]).open('session', sealed)).toBeUndefined();
  expect(await create([]).open('session', sealed)).toBeUndefined();
});

test('while keys are changed, those that were sealed with the old one are opened, and new ones are of the new one', async () => {
  const before = await create([old]).seal('session', { subject: 'ada' }, noon + 60_000);
  const both = create([fresh, old]);
  expect(await both.open('session', before)).toEqual({ subject: 'ada' });
  const after = await both.seal('session', { subject: 'bob' }, noon + 60_000);
  expect(await create([fresh]).open('session', after)).toEqual({ subject: 'bob' });
  expect(await create([old]).open('session', after)).toBeUndefined();
});

test('each letter of what is sealed counts', async () => {
  const sealed = await seal();
  const sealer = create();
  for (let at = 0; at < sealed.length; at += 7) {
    const letter = sealed[at] === 'A' ? 'B' : 'A';
    const changed = sealed.slice(0, at) + letter + sealed.slice(at + 1);
    expect(await sealer.open('session', changed), `at ${at}`).toBeUndefined();
  }
  for (const text of ['', '.', '....', 'null', sealed.slice(0, -1), `${sealed}.x`, 'x'.repeat(100_000)])
    expect(await sealer.open('session', text)).toBeUndefined();
});

test('what others write is not opened: unsigned, signed, or sealed with a key that is not derived', async () => {
  const claims = { content: { subject: 'mallory' }, aud: 'a', exp: noon / 1000 + 60 };
  const forged = [
    new UnsecuredJWT(claims).encode(),
    await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(fresh),
    await new EncryptJWT(claims).setProtectedHeader({ alg: 'dir', enc: 'A256GCM' }).encrypt(fresh),
    await new EncryptJWT(claims).setProtectedHeader({ alg: 'A256KW', enc: 'A256GCM' }).encrypt(fresh),
  ];
  for (const text of forged) expect(await create().open('session', text)).toBeUndefined();
});
