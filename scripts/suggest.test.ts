import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createNameIndex, findNear, findNearKey } from './suggest.ts';

const keys = ['dependsOn', 'dependencyOf', 'subcomponentOf', 'consumesApis', 'providesApis', 'owner', 'type', 'system'];

test.each([
  ['depedencyOf', 'dependencyOf'],
  ['subComponentOf', 'subcomponentOf'],
  ['consumesAPI', 'consumesApis'],
  ['depends_on', 'dependsOn'],
  ['depends', 'dependsOn'],
  ['Owner', 'owner'],
  ['tpye', undefined],
  ['implementation', undefined],
  ['ow', undefined],
  ['', undefined],
  ['x'.repeat(100_000), undefined],
])('%s was meant as %s', (word, key) => {
  expect(findNearKey(word, keys)).toBe(key);
});

test.each([
  ['paymets', 'payments'],
  ['Payments-', 'payments'],
  ['payment', 'payments'],
  ['pamyents', 'payments'],
  ['shipping', undefined],
])('among many names, %s was meant as %s', (word, name) => {
  expect(createNameIndex(['payments', 'checkout', 'orders'])(word)).toBe(name);
});

test('the index finds every name that has lost or gained one letter', () => {
  const name = fc.stringMatching(/^[a-z]{8,20}$/);
  fc.assert(
    fc.property(name, fc.nat(), (word, at) => {
      const shorter = word.slice(0, at % word.length) + word.slice((at % word.length) + 1);
      expect(createNameIndex([word])(shorter)).toBe(word);
      expect(createNameIndex([shorter])(word)).toBe(shorter);
      expect(findNear(shorter, [word])).toBe(word);
    }),
  );
});
