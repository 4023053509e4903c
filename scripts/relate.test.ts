import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { relationTable } from '#model/relations.ts';
import { toDocuments } from '../tests/conformance/documents.ts';
import { relate } from './relate.ts';
import { validate } from './validate.ts';

const write = (kind: string, name: string, spec: string) =>
  `---\napiVersion: backstage.io/v1alpha1\nkind: ${kind}\nmetadata: {name: ${name}}\nspec: {${spec}}\n`;
const component = (name: string, more = '') =>
  write('Component', name, `type: a, lifecycle: production, owner: payments${more}`);
const group = (name: string, more = '') => write('Group', name, `type: team, children: []${more}`);

const relateTexts = (...texts: string[]) =>
  relate(validate(texts.flatMap((text, index) => toDocuments(text, `${index}.yaml`))), []);

const listProblems = (...texts: string[]) => relateTexts(...texts).problems.map(({ code, mend }) => `${code}: ${mend}`);

test('every relation stands on both sides, sorted', () => {
  const { entities } = relateTexts(
    component('cart', ', dependsOn: [component:shop]') + component('Shop'),
    group('payments'),
  );
  expect(
    [...entities.values()].map(({ ref, relations }) => [ref, relations.map(({ type, target }) => `${type} ${target}`)]),
  ).toEqual([
    ['component:default/cart', ['dependsOn component:default/shop', 'ownedBy group:default/payments']],
    ['component:default/shop', ['dependencyOf component:default/cart', 'ownedBy group:default/payments']],
    ['group:default/payments', ['ownerOf component:default/cart', 'ownerOf component:default/shop']],
  ]);
});

test('of two definitions the first wins, and both places are named', () => {
  const { entities, problems } = relateTexts(group('payments'), group('PAYMENTS', ', parent: all'), group('all'));
  expect(entities.get('group:default/payments')?.place.path).toBe('0.yaml');
  expect(problems.map(({ code, place, what }) => [code, place?.path, what])).toEqual([
    [
      'duplicate-entity',
      '1.yaml',
      '`group:default/payments` is defined already in here/0.yaml:2:1; this definition is left out.',
    ],
  ]);
});

describe('references that lead nowhere', () => {
  test.each([
    [
      'a slip of the finger',
      component('cart') + group('payment'),
      'dangling-ref: Did you mean `group:default/payment`?',
    ],
    [
      'another kind',
      component('cart') + write('User', 'payments', 'memberOf: []'),
      'dangling-ref: Did you mean `user:default/payments`?',
    ],
    [
      'nothing like it',
      component('cart'),
      'dangling-ref: Add `group:default/payments` to the catalog, or correct the reference.',
    ],
  ])('%s', (_what, text, problem) => {
    expect(listProblems(text)).toEqual([problem]);
  });

  test('they are kept as relations, for the page says what is missing', () => {
    expect(relateTexts(component('cart')).entities.get('component:default/cart')?.relations).toEqual([
      { source: 'component:default/cart', type: 'ownedBy', target: 'group:default/payments' },
    ]);
  });
});

test('a reference to itself is reported and makes no edge', () => {
  const { entities, problems } = relateTexts(component('cart', ', subcomponentOf: cart') + group('payments'));
  expect(problems.map(({ code }) => code)).toEqual(['self-ref']);
  expect(entities.get('component:default/cart')?.relations.map(({ type }) => type)).toEqual(['ownedBy']);
});

test.each([
  [
    'several parents',
    group('a', ', parent: b') + group('b') + write('Group', 'c', 'type: team, children: [a]'),
    ['two-parents'],
  ],
  [
    'parents in a circle',
    group('a', ', parent: b') + group('b', ', parent: c') + group('c', ', parent: a'),
    ['parent-loop'],
  ],
  [
    'dependencies in a circle',
    group('payments') + component('a', ', dependsOn: [component:b]') + component('b', ', dependsOn: [component:a]'),
    ['dependency-cycle'],
  ],
  [
    'dependence on itself',
    group('payments') + component('a', ', dependsOn: [component:a]'),
    ['dependency-cycle', 'self-ref'],
  ],
  [
    'two circles that share an entity, as one',
    group('payments') +
      component('a', ', dependsOn: [component:b, component:c]') +
      component('b', ', dependsOn: [component:a]') +
      component('c', ', dependsOn: [component:a]'),
    ['dependency-cycle'],
  ],
  [
    'deprecated',
    group('payments') +
      component('a', ', dependsOn: [component:b]') +
      component('b').replace('production', 'deprecated'),
    ['deprecated-in-use'],
  ],
])('%s', (_what, text, codes) => {
  expect(relateTexts(text).problems.map(({ code }) => code)).toEqual(codes);
});

test('a circle is named by its shortest way, at the reference that begins it', () => {
  const { problems } = relateTexts(
    group('payments') +
      component('a', ', consumesApis: [b-api]') +
      component('b', ', providesApis: [b-api], dependsOn: [component:a]') +
      write('API', 'b-api', 'type: openapi, lifecycle: production, owner: payments, definition: x'),
  );
  expect(problems).toMatchObject([{ code: 'dependency-cycle', entity: 'component:default/b' }]);
  expect(problems[0]?.what).toBe(
    'These depend on each other in a circle: `component:default/b` → `component:default/a` → `api:default/b-api` → `component:default/b`.',
  );
});

test('whatever refers to whatever, relating ends and both sides agree', () => {
  const name = fc.constantFrom('a', 'b', 'c', 'd');
  const edges = fc.array(fc.tuple(name, fc.array(name, { maxLength: 4 }), name), { maxLength: 12 });
  fc.assert(
    fc.property(edges, (rows) => {
      const text = rows.map(([from, to, whole]) =>
        component(from, `, subcomponentOf: ${whole}, dependsOn: [${to.map((one) => `component:${one}`).join(', ')}]`),
      );
      const { entities } = relateTexts(text.join(''));
      for (const { ref, relations } of entities.values()) {
        for (const { source, type, target } of relations) {
          expect(source).toBe(ref);
          const back = { source: target, type: relationTable[type].inverse, target: source };
          if (entities.has(target)) expect(entities.get(target)?.relations).toContainEqual(back);
        }
      }
    }),
    { numRuns: 50 },
  );
});
