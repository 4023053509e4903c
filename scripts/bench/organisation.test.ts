import { expect, test } from 'vitest';
import { changeShare } from './change.ts';
import { createOrganisation } from './organisation.ts';

const toKinds = (organisation: ReturnType<typeof createOrganisation>) =>
  Object.fromEntries(
    Map.groupBy([...organisation.files.values()].flat(), ({ kind }) => kind)
      .entries()
      .map(([kind, entities]) => [kind, entities.length]),
  );

test.each([
  [200, { Component: 100, API: 30, Resource: 20, User: 34, Group: 8, System: 7, Domain: 1 }],
  [1000, { Component: 500, API: 150, Resource: 100, User: 170, Group: 40, System: 35, Domain: 5 }],
])('an organisation of %i entities has the shares of a real one', (total, kinds) => {
  const organisation = createOrganisation(total);
  expect(organisation.total).toBe(total);
  expect(toKinds(organisation)).toEqual(kinds);
});

test('one catalog file a component, in a repository of its own', () => {
  const { files } = createOrganisation(1000);
  const ofComponents = [...files].filter(([, envelopes]) => envelopes.some(({ kind }) => kind === 'Component'));
  expect(ofComponents).toHaveLength(500);
  expect(ofComponents.map(([path]) => path)).toEqual(
    ofComponents.map(([, [first]]) => `repositories/${first?.metadata.name}/catalog-info.yaml`),
  );
});

test.each([1000, 10_000])('about eight relations an entity among %i, all of them to what exists', (total) => {
  const { files, relations } = createOrganisation(total);
  expect(relations / total).toBeGreaterThan(7.5);
  expect(relations / total).toBeLessThan(8.5);
  const envelopes = [...files.values()].flat();
  const names = new Set(envelopes.map(({ metadata }) => metadata.name));
  expect(names.size).toBe(total);
  const fields = ['owner', 'system', 'domain', 'parent', 'memberOf', 'dependsOn', 'providesApis', 'consumesApis'];
  const named = envelopes.flatMap(({ spec }) => fields.flatMap((field) => spec[field] ?? []));
  expect(named.filter((ref) => !names.has(String(ref).replace(/^\w+:/, '')))).toEqual([]);
  expect(relations).toBe(2 * named.length);
});

test('the same numbers give the same organisation, another seed another one', () => {
  expect(createOrganisation(200, 7)).toEqual(createOrganisation(200, 7));
  expect(createOrganisation(200, 7)).not.toEqual(createOrganisation(200, 8));
});

test('a change of 1 % edits the description and one dependency of that share of the components, and no relation is lost', () => {
  const before = createOrganisation(1000);
  const after = changeShare(before, 0.01);
  const edited = [...after.files].filter(([path, envelopes]) => envelopes !== before.files.get(path));
  expect(edited).toHaveLength(5);
  for (const [path, [now, ...others]] of edited) {
    const [then, ...same] = before.files.get(path) ?? [];
    expect(others).toEqual(same);
    expect(now?.metadata.description).toBe(`${then?.metadata.description} Edited.`);
    const [was, is] = [then, now].map((each) => new Set(each?.spec.dependsOn as string[]));
    expect(is?.size).toBe(was?.size);
    expect(is?.difference(was ?? new Set()).size).toBe(1);
  }
});
