import { expect, test } from 'vitest';
import { parseProxyCatalog } from './catalog.ts';
import { sampleCatalog } from './proxy.sample.ts';

test('reads a catalog as the build wrote it', () => {
  const { value } = parseProxyCatalog(JSON.stringify(sampleCatalog));
  expect(value?.size).toBe(3);
  expect(value?.find('component:default/checkout')?.title).toBe('Checkout');
  expect(value?.find('component:default/nobody')).toBeUndefined();
  expect(value?.findPerson({ login: 'bob' })?.title).toBe('Bob');
});

test.each([
  ['', 'it is not JSON'],
  ['{"version":1', 'it is not JSON'],
  ['[]', ': '],
  ['{"version":2,"entities":[],"people":[]}', 'version: '],
  ['{"version":1,"entities":[{"ref":"a:b/c"}],"people":[]}', 'entities.0.title: '],
  ['{"version":1,"entities":[],"people":[],"secrets":{}}', ': '],
])('says what is wrong with %s', (text, problem) => {
  const { value, problems } = parseProxyCatalog(text);
  expect(value).toBeUndefined();
  expect(problems[0]).toContain(problem);
});

test('words that every object knows name no entity and no annotation', () => {
  const text =
    '{"version":1,"people":[],"entities":[{"ref":"a:b/c","title":"","owners":[],"annotations":{"__proto__":"x","a":"b"}}]}';
  const { value } = parseProxyCatalog(text);
  for (const word of ['__proto__', 'constructor', 'toString', 'hasOwnProperty'])
    expect(value?.find(word)).toBeUndefined();
  const annotations = value?.find('a:b/c')?.annotations ?? {};
  expect(['constructor' in annotations, Object.keys(annotations), Object.getPrototypeOf(annotations)]).toEqual([
    false,
    ['a'],
    null,
  ]);
});
