import { expect, test } from 'vitest';
import type { Catalog, CatalogEntity } from '#model/catalog.ts';
import { type Problem, toProblem } from '#model/problems.ts';
import { countEntities, findRefusal, listLosses } from './guard.ts';

const toCatalog = (counts: Record<string, number>, problems: Problem[] = []): Catalog => {
  const entities = Object.entries(counts).flatMap(([repository, count]) =>
    Array.from({ length: count }, (_, at): [string, CatalogEntity] => {
      const ref = `component:default/${repository}-${at}`;
      const place = { repository, path: 'catalog-info.yaml', line: 1, column: 1 };
      const entity = { apiVersion: 'backstage.io/v1alpha1', kind: 'Component', metadata: { name: ref } };
      return [ref, { ref, entity, place, relations: [] }];
    }),
  );
  return { entities: new Map(entities), repositories: Object.keys(counts).map((id) => ({ id })), problems };
};

test('entities are counted by repository, in the order of names', () => {
  expect(Object.entries(countEntities(toCatalog({ b: 1, a: 2 })))).toEqual([
    ['a', 2],
    ['b', 1],
  ]);
});

test.each([
  ['nothing before', undefined, { a: 1 }, 20, false],
  ['nothing but an empty catalog before', {}, { a: 1 }, 20, false],
  ['just as much as is allowed', { a: 10 }, { a: 8 }, 20, false],
  ['a little more', { a: 10 }, { a: 7 }, 20, true],
  ['everything', { a: 10 }, {}, 20, true],
  ['everything, and it is allowed', { a: 10 }, {}, 100, false],
  ['one where none may be', { a: 10 }, { a: 9 }, 0, true],
  ['a move to another repository', { a: 10 }, { b: 10 }, 20, false],
])('a catalog that lost %s', (_case, before, now, limit, isRefused) => {
  expect(findRefusal(toCatalog(now), before, limit) !== undefined).toBe(isRefused);
});

test('the refusal says how many there were, who lost most, why, and how to go on', () => {
  const place = { repository: 'b', path: 'catalog-info.yaml', line: 1, column: 1 };
  const problems = [
    toProblem('yaml-syntax', { message: 'bad indentation' }, { place }),
    toProblem('source-missing', { folder: './more' }),
  ];
  const refusal = findRefusal(toCatalog({ a: 9, b: 0, d: 1 }, problems), { a: 10, b: 5, c: 1000, d: 1 }, 20);
  expect(refusal?.message).toContain('The catalog has 10 entities; the last one had 1,016.');
  expect(refusal?.message.split('\n').slice(1)).toEqual([
    '  c lost all of 1,000. It is no longer among the repositories that are read.',
    expect.stringMatching(/^ {2}b lost all of 5\. .*bad indentation/),
    '  a lost 1 of 10.',
    expect.stringContaining('./more'),
  ]);
  expect(refusal?.hint).toContain('--accept-drop');
});

test('an organisation that was read in half is refused, whatever was there before', () => {
  const half = toProblem('github-half-read', { owner: 'acme', count: 50 });
  const refusal = findRefusal(toCatalog({ a: 10 }, [half]), undefined, 100);
  expect(refusal?.message).toContain('only 50 repositories');
});

test('of many losses the largest are named', () => {
  const before = Object.fromEntries(Array.from({ length: 14 }, (_, at) => [`r${at}`, at + 1]));
  const losses = listLosses(before, {}, toCatalog({}));
  expect(losses.slice(0, 2).map(({ repository }) => repository)).toEqual(['r13', 'r12']);
  expect(findRefusal(toCatalog({}), before, 20)?.message).toContain('… and 4 more repositories.');
});
