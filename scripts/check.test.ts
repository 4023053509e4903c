import { expect, test } from 'vitest';
import { toDocuments } from '../tests/conformance/documents.ts';
import { toCheckRows } from './check.ts';

const text = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: Cart}
spec: {type: a, lifecycle: b, owner: payments}
---
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: cart}
spec: {type: a, lifecycle: b}
---
kind: Component
`;

const checkText = (options = {}) => toCheckRows(toDocuments(text, 'some/file.txt', ''), options);

test('every document that is not empty has a row, in the order of the file', () => {
  expect(checkText().map(({ file, docIndex, ref, ok }) => [file, docIndex, ref, ok])).toEqual([
    ['some/file.txt', 0, 'component:default/cart', true],
    ['some/file.txt', 2, 'component:default/cart', false],
    ['some/file.txt', 3, null, false],
  ]);
});

test('what only the catalog as a whole shows is in the row of its document', () => {
  expect(checkText().map(({ problems }) => problems.map(({ code }) => code))).toEqual([
    ['dangling-ref'],
    ['missing-field'],
    ['missing-field', 'missing-field'],
  ]);
});

test('relations are those of the document alone, both directions, and only on demand', () => {
  expect(checkText()[0]).not.toHaveProperty('relations');
  expect(checkText({ relations: true }).map(({ relations }) => relations)).toEqual([
    [
      { source: 'component:default/cart', type: 'ownedBy', target: 'group:default/payments' },
      { source: 'group:default/payments', type: 'ownerOf', target: 'component:default/cart' },
    ],
    [],
    [],
  ]);
});

test('every problem says where, what, and what to do', () => {
  for (const { what, mend, place, level } of checkText().flatMap(({ problems }) => problems)) {
    expect(what).toMatch(/[.?]$/);
    expect(mend).toMatch(/[.?]$/);
    expect(place?.line).toBeGreaterThan(0);
    expect(['error', 'warning', 'hint']).toContain(level);
  }
});
