import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLocator } from './locator.ts';
import { limits, parseYaml, parseYamlValue } from './yaml.ts';

const faultsOf = (text: string) => parseYaml(text).documents.flatMap(({ faults }) => faults);
const valuesOf = (text: string) => parseYaml(text).documents.map(({ docIndex, value }) => [docIndex, value]);

test('counts empty documents and gives no document for them', () => {
  expect(valuesOf('---\n---\na: 1\n---\n# nothing\n---\nb: 2\n')).toEqual([
    [1, { a: 1 }],
    [3, { b: 2 }],
  ]);
});

test('reads the other documents of a file of which one is broken', () => {
  const { documents } = parseYaml('a: 1\n---\nb: [\n---\nc: 3\n');
  expect(documents.map(({ value }) => value)).toEqual([{ a: 1 }, undefined, { c: 3 }]);
  expect(documents[1]?.faults).toMatchObject([{ code: 'yaml-syntax', line: 4 }]);
});

test.each([
  ['a double key', 'a: 1\nb:\n  c: 1\n  c: 2\n', 'yaml-syntax', 4],
  ['a list', 'x: 1\n---\n- a\n', 'document-not-a-map', 3],
  ['a text', 'just words\n', 'document-not-a-map', 1],
  ['an unknown alias', 'a: *b\n', 'yaml-syntax', 1],
  ['deep nesting', `a: ${'['.repeat(10_000)}${']'.repeat(10_000)}\n`, 'yaml-limit', 1],
  ['moderately deep nesting', `a: ${'['.repeat(150)}${']'.repeat(150)}\n`, 'yaml-limit', 1],
  ['many aliases', `a: &a x\nb:\n${'- *a\n'.repeat(limits.aliases + 1)}`, 'yaml-limit', undefined],
  ['a key of prototypes', 'a:\n  __proto__: {polluted: true}\n', 'forbidden-key', 1],
])('reports %s', (_name, text, code, line) => {
  expect(faultsOf(text)).toMatchObject([line === undefined ? { code } : { code, line }]);
});

test('does not unfold a billion laughs', () => {
  const row = (n: number) =>
    `a${n}: &a${n} [${Array(9)
      .fill(`*a${n - 1}`)
      .join(', ')}]\n`;
  const text = `a0: &a0 lol\n${Array.from({ length: 9 }, (_, n) => row(n + 1)).join('')}`;
  expect(faultsOf(text)).toMatchObject([{ code: 'yaml-limit' }]);
});

test('does not follow an alias into itself', () => {
  expect(faultsOf('a: &a\n  b: *a\n')).toMatchObject([{ code: 'yaml-syntax' }]);
});

test('leaves the prototypes of objects alone', () => {
  const [document] = parseYaml('__proto__: {polluted: true}\nconstructor: {x: 1}\na: 1\n').documents;
  expect(document?.value).toEqual({ a: 1 });
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
});

test('stops at the most documents that a file may have', () => {
  const { documents } = parseYaml('a: 1\n---\n'.repeat(limits.mostDocuments + 5));
  expect(documents).toHaveLength(limits.mostDocuments + 1);
  expect(documents.at(-1)?.faults).toMatchObject([{ code: 'yaml-limit' }]);
});

test('does not join maps by `<<`', () =>
  expect(valuesOf('a: &a {x: 1}\nb: {<<: *a}\n')).toEqual([[0, { a: { x: 1 }, b: { '<<': { x: 1 } } }]]));

test.each([
  ['a: 1\n', true],
  ['a: .nan\n', false],
  ['a: -0.0\n', false],
])('knows whether JSON keeps %j', (text, isLossless) => expect(parseYaml(text).isLossless).toBe(isLossless));

test.each([
  ['- 1\n- 2\n', { value: [1, 2] }],
  ['a: 1\n---\nb: 2\n', { message: 'it must hold exactly one document' }],
])('reads the value of %j', (text, parsed) => expect(parseYamlValue(text)).toEqual(parsed));

test('never throws, and what it keeps is JSON', () => {
  const token = fc.constantFrom(
    'a',
    ': ',
    '- ',
    '\n',
    '  ',
    '[',
    ']',
    '{',
    '}',
    '&a ',
    '*a',
    '"',
    "'",
    '---\n',
    '!!set ',
    '%YAML 1.1\n',
    '? ',
    '|',
    '\t',
    '<<: ',
  );
  fc.assert(
    fc.property(fc.array(token, { maxLength: 40 }), (tokens) => {
      const { documents, isLossless } = parseYaml(tokens.join(''));
      if (isLossless) expect(JSON.parse(JSON.stringify(documents))).toEqual(documents);
    }),
    { numRuns: 500 },
  );
});

const located = 'a: 1\n---\nkind: API\nspec:\n  owner: me\n  tags:\n    - x\n    - y: {z: 1}\n';

test.each([
  [['kind'], 3, 1],
  [['spec', 'owner'], 5, 3],
  [['spec', 'tags', 1, 'y'], 8, 7],
  [['spec', 'tags', 0], 7, 7],
  [['spec', 'missing', 'deeper'], 4, 1],
  [[], 3, 1],
])('finds %j', (path, line, column) =>
  expect(createLocator()({ text: located, hash: '' }, 1, path)).toEqual({ line, column }),
);
