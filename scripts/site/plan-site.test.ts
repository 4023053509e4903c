import { expect, test } from 'vitest';
import { planPaths, toManifest } from './plan-site.ts';

const stamp = (path: string, digest: string) => ({ path, digest });
const first = [stamp('/b/', '1'), stamp('/a/', '1')];
const there = toManifest('f', first, []).pages;

test.each([
  ['without a previous build', undefined, first, { due: ['/b/', '/a/'], gone: [] }],
  ['when nothing changed', there, first, { due: [], gone: [] }],
  [
    'when one changed, one is new, one is gone',
    there,
    [stamp('/a/', '2'), stamp('/c/', '1')],
    { due: ['/a/', '/c/'], gone: ['/b/'] },
  ],
])('%s', (_case, before, wanted, plan) => {
  expect(planPaths(before, wanted)).toEqual(plan);
});

test('a manifest is sorted, whatever the order of the stamps', () => {
  expect(Object.keys(there)).toEqual(['/a/', '/b/']);
});
