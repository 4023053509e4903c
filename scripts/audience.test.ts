import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { CatalogDocument, Repository } from '#model/catalog.ts';
import { noDocs } from '#model/docs.ts';
import { toProblem } from '#model/problems.ts';
import { toRef } from '#model/ref.ts';
import { createInMemoryForge } from '../tests/in-memory-forge.ts';
import type { Audience } from './audience/rules.ts';
import { narrow } from './audience.ts';
import { compose } from './compose/compose.ts';
import { judgeOwners } from './owners.ts';
import { relate } from './relate.ts';
import { validate } from './validate.ts';

type Files = Readonly<Record<string, string>>;

const entity = (kind: string, name: string, spec = '{}', metadata = '') =>
  `apiVersion: backstage.io/v1alpha1\nkind: ${kind}\nmetadata: {name: ${name}${metadata && `, ${metadata}`}}\nspec: ${spec}\n`;

const service = (owner: string, more = '') => `{type: service, lifecycle: production, owner: ${owner}${more}}`;

/** What was read of repositories, each a catalog file, by its id; those that are named by `private` are that. */
function toWhole(files: Files, visibility: Readonly<Record<string, Repository['visibility']>> = {}) {
  const documents = Object.entries(files).flatMap(([repository, text]) =>
    parseAllDocuments(text).map((document, docIndex): CatalogDocument => {
      const place = { repository, path: `catalog-${docIndex}.yaml`, line: 1, column: 1 };
      return { place, docIndex, value: document.toJS() as unknown, problems: [], locate: () => place };
    }),
  );
  const repositories = Object.keys(files).map((id): Repository => {
    const known = visibility[id];
    return { id, url: `https://github.com/${id}`, branch: 'main', ...(known && { visibility: known }) };
  });
  return { ...validate(documents), problems: [], repositories };
}

/** The names of the entities that an audience sees. */
const listSeen = (whole: ReturnType<typeof toWhole>, audience: Audience) =>
  narrow(whole, audience)
    .entities.map(({ ref }) => ref.slice(ref.indexOf('/') + 1))
    .toSorted();

const groups = [
  entity('Group', 'top', '{type: unit, children: []}'),
  entity('Group', 'mid', '{type: unit, children: [], parent: top}'),
  entity('Group', 'low', '{type: team, children: [], parent: mid}'),
  entity('Group', 'side', '{type: team, children: []}'),
  entity('User', 'of-low', '{memberOf: [low]}'),
  entity('User', 'of-both', '{memberOf: [low, side]}'),
  entity('User', 'of-none', '{memberOf: []}'),
].join('---\n');

const organisation = toWhole(
  {
    'acme/people': groups,
    'acme/a': entity('Component', 'a', service('low')),
    'acme/b': [entity('Component', 'b', service('side')), entity('Component', 'c', service('group:default/LOW'))].join(
      '---\n',
    ),
    'acme/d': entity('Component', 'd', service('user:of-low')),
  },
  { 'acme/people': 'internal', 'acme/a': 'private', 'acme/b': 'public' },
);

const people = ['low', 'mid', 'of-both', 'of-low', 'of-none', 'side', 'top'];

test.each<[string, Audience, string[]]>([
  ['everything', {}, ['a', 'b', 'c', 'd', ...people]],
  ['public', { visibility: ['public'] }, ['b', 'c']],
  ['no private ones; unknown ones neither', { visibility: ['public', 'internal'] }, ['b', 'c', ...people]],
  ['one more by its name', { visibility: ['public'], allow: { repositories: ['d'] } }, ['b', 'c', 'd']],
  ['what a group owns', { visibility: [], allow: { owners: ['side'] } }, ['b', 'of-both', 'side']],
  [
    'what groups below own',
    { visibility: [], allow: { owners: ['top'] } },
    ['a', 'c', 'low', 'mid', 'of-both', 'of-low', 'top'],
  ],
  ['a denied group', { deny: { owners: ['low'] } }, ['b', 'd', 'mid', 'of-both', 'of-none', 'side', 'top']],
  ['a group above', { deny: { owners: ['group:top'] } }, ['b', 'd', 'of-both', 'of-none', 'side']],
  ['a user', { deny: { owners: ['user:default/of-low'] } }, ['a', 'b', 'c', ...people.filter((x) => x !== 'of-low')]],
  [
    'deny over allow',
    { allow: { repositories: ['acme/*'] }, deny: { owners: ['low'], repositories: ['people'] } },
    ['b', 'd'],
  ],
])('%s', (_case, audience, seen) => expect(listSeen(organisation, audience)).toEqual(seen.toSorted()));

test('no file opens what another one holds', () => {
  const attack = [
    entity('Group', 'top', '{type: unit, children: [low]}'),
    entity('Group', 'bridge', '{type: unit, parent: top, children: [low]}'),
    entity('Group', 'low', '{type: unit, parent: side, children: []}'),
  ].join('---\n');
  const whole = toWhole({
    'acme/x': entity('Component', 'x', service('low')),
    'acme/people': groups,
    'acme/z': attack,
  });
  expect(listSeen(whole, { allow: { owners: ['side'] } })).toEqual(['of-both', 'side']);
  const bare = groups.replace(', parent: mid', '');
  const second = toWhole({ 'acme/x': entity('Component', 'x', service('low')), 'acme/p': bare, 'acme/z': attack });
  expect(listSeen(second, { allow: { owners: ['top'] } })).not.toContain('x');
});

test('a file that takes a group out of a denied one closes, whoever says it', () => {
  const whole = toWhole({
    'acme/x': [entity('Component', 'x', service('low')), entity('Component', 'y', service('free'))].join('---\n'),
    'acme/z': entity('Group', 'secret', '{type: unit, children: [low]}'),
  });
  expect(listSeen(whole, { deny: { owners: ['secret'] } })).toEqual(['y']);
});

test('circles of groups end', () => {
  const circle = [
    entity('Group', 'a', '{type: x, parent: b, children: [b]}'),
    entity('Group', 'b', '{type: x, parent: a, children: [a]}'),
    entity('Component', 'c', service('elsewhere')),
  ].join('---\n');
  expect(listSeen(toWhole({ 'acme/a': circle }), { deny: { owners: ['b'] } })).toEqual(['c']);
});

test('what nobody owns goes with all that is denied beside it', () => {
  const whole = toWhole({
    'acme/x': [entity('Component', 'x', service('low')), entity('Location', 'l', '{type: url, targets: []}')].join(
      '---\n',
    ),
    'acme/y': entity('Component', 'y', service('side')),
  });
  const seen = narrow(whole, { deny: { owners: ['low'] } });
  expect(seen.repositories.map(({ id }) => id)).toEqual(['acme/y']);
});

test('a second definition takes the place of one that is hidden, and nothing says so', () => {
  const whole = toWhole({
    'acme/a': entity('Component', 'shop', service('low')),
    'acme/b': entity('Component', 'shop', service('side')),
  });
  const seen = narrow(whole, { deny: { repositories: ['a'] } });
  const catalog = relate(seen, seen.repositories, seen.hidden);
  expect(catalog.entities.get('component:default/shop')?.place.repository).toBe('acme/b');
  expect(catalog.problems.map(({ code }) => code)).not.toContain('duplicate-entity');
});

test.each<[Audience, RegExp]>([
  [{ deny: { repositories: ['acme/oops'] } }, /acme\/oops/],
  [{ deny: { owners: ['lowe'] } }, /lowe/],
  [{ visibility: [] }, /all of the 11 entities/],
  [{ allow: { repositories: ['nothing'] } }, /all of the 11 entities/],
])('%j is refused', (audience, words) => expect(() => narrow(organisation, audience)).toThrow(words));

test('the operator is told what was left out and why', () => {
  const audience = { visibility: ['public'], deny: { repositories: ['later-*'] } } satisfies Audience;
  expect(narrow(organisation, audience).summary).toEqual([
    'Audience: 3 of 4 repositories are left out (1 private, 1 internal, 1 of unknown visibility), with 9 of 11 entities.',
    expect.stringContaining('portal.audience.allow.repositories'),
    'In `portal.audience`, this matches nothing: later-*.',
  ]);
});

test('nothing is wrong for an audience with what it may not see', () => {
  const whole = toWhole({
    'acme/secret': [
      entity('Component', 'vault', service('low')),
      entity('Component', 'bad name', service('low')),
      entity('System', 'hidden-system', '{owner: low}'),
    ].join('---\n'),
    'acme/shop': [
      entity(
        'Component',
        'shop',
        service('side', ', system: hidden-system, dependsOn: [component:vault, component:valt]'),
      ),
      entity('Component', 'till', service('side', ', dependsOn: [vault]')),
    ].join('---\n'),
  });
  const at = (repository: string) => ({ place: { repository, path: 'x.yaml', line: 1, column: 1 } });
  const others = [
    toProblem('no-catalog-file', { repository: 'acme/secret' }, at('acme/secret')),
    toProblem('no-catalog-file', { repository: 'acme/never-read' }, at('acme/never-read')),
    toProblem('github-repository-failed', { repository: 'acme/unknown', reason: 'no' }),
    toProblem(
      'location-target-missing',
      { target: 'https://github.com/acme/secret/blob/main/x.yaml' },
      at('acme/shop'),
    ),
    toProblem('location-target-missing', { target: `https://github.com/acme/${'a'.repeat(90)}` }, at('acme/shop')),
  ];
  const seen = narrow({ ...whole, problems: others }, { deny: { repositories: ['secret'] } });
  const catalog = relate(seen, seen.repositories, seen.hidden);
  expect(seen.ofOperator.map(({ code }) => code)).toEqual(['github-repository-failed']);
  const text = JSON.stringify(catalog.problems);
  expect(text).not.toMatch(/vault|secret|hidden-system|never-read|unknown|bad name/);
  expect(catalog.problems.map(({ code }) => code).toSorted()).toEqual([
    'dangling-ref',
    'dangling-ref',
    'kindless-ref',
    'location-target-missing',
    'location-target-missing',
  ]);
});

test('CODEOWNERS names nobody who is hidden, and blames nobody for what cannot be seen', async () => {
  const whole = toWhole({
    'acme/people': groups,
    'acme/shop': [entity('Component', 'x', service('low')), entity('Component', 'y', service('side'))].join('---\n'),
  });
  const seen = narrow(whole, { deny: { owners: ['mid'] } });
  const catalog = relate(seen, seen.repositories, seen.hidden);
  for (const owners of ['* @acme/low @acme/top', '* @acme/mid', '* @acme/top']) {
    const forge = createInMemoryForge({ 'acme/shop': { CODEOWNERS: owners } });
    expect(JSON.stringify(await judgeOwners(catalog, forge))).not.toMatch(/low|mid/);
  }
});

test('the forge of an audience does not have what is hidden', async () => {
  const files = { 'acme/people': { a: '1' }, 'acme/a': { a: '1' }, 'acme/b': { a: '1' }, 'acme/d': { a: '1' } };
  const history = { 'acme/a': [{ name: 'v1', type: 'tag', commit: 'x', files: { a: '0' } }] } as const;
  const forge = narrow(organisation, { visibility: ['public'] }).narrowForge(
    createInMemoryForge(files, organisation.repositories, history),
  );
  expect((await forge.listRepositories()).repositories.map(({ id }) => id)).toEqual(['acme/b']);
  expect(await forge.listFiles('acme/b')).toEqual(['a']);
  expect(await forge.listFiles('acme/a')).toEqual([]);
  expect(await forge.fetchText('acme/a', 'a')).toEqual({ fault: 'absent' });
  expect(await forge.fetchBytes('acme/a', 'a')).toEqual({ fault: 'absent' });
  expect(await forge.listVersions('acme/a')).toEqual([]);
  expect(await forge.findState('acme/a', 'x')).toBeUndefined();
});

test('what is needed and what needs are told apart, so no way leads through what is hidden', () => {
  const api = (name: string) =>
    entity('API', name, '{type: openapi, lifecycle: production, owner: side, definition: x}');
  const whole = toWhole({
    'acme/secret': [api('one'), api('two')].join('---\n'),
    'acme/shop': [
      entity('Component', 'provider', service('side', ', providesApis: [one]')),
      entity('Component', 'consumer', service('side', ', consumesApis: [two]')),
    ].join('---\n'),
  });
  const seen = narrow(whole, { deny: { repositories: ['secret'] } });
  const catalog = relate(seen, seen.repositories, seen.hidden);
  const targets = [...catalog.entities.values()].flatMap(({ relations }) =>
    relations.filter(({ type }) => type.endsWith('Api')).map(({ target }) => target),
  );
  expect(new Set(targets).size).toBe(2);
  expect([...(catalog.hidden ?? [])].toSorted()).toEqual(targets.toSorted());
});

/** Everything that is composed for a site, as text. */
function composeAll(whole: ReturnType<typeof toWhole>, audience: Audience): string {
  const seen = narrow(whole, audience);
  const catalog = relate(seen, seen.repositories, seen.hidden);
  const { pages, files, records } = compose(
    catalog,
    { home: '', base: '/', live: {} },
    { docs: noDocs, findText: () => '', staleAfter: 365 },
  );
  const listAll = (lists: object) => Object.values(lists).flatMap((list: Iterable<unknown>) => [...list]);
  return JSON.stringify([...listAll(pages), ...files, ...listAll(records)]);
}

test('no view, file or record of any catalog names what its audience may not see', () => {
  const names = Array.from({ length: 8 }, (_, at) => `e${at}x`);
  const kinds = ['Component', 'API', 'System', 'Resource', 'Group', 'User', 'Location', 'Gadget'] as const;
  const ref = fc.tuple(fc.constantFrom(...kinds), fc.constantFrom(...names)).map(([kind, name]) => `${kind}:${name}`);
  const refs = fc.array(ref, { maxLength: 4 });
  const someEntity = fc.record({
    kind: fc.constantFrom(...kinds),
    name: fc.constantFrom(...names),
    repository: fc.constantFrom('r1x', 'r2x', 'r3x'),
    owner: ref,
    refs,
    annotated: ref,
    at: fc.constantFrom('r1x', 'r2x', 'r3x'),
  });
  const fields = ['dependsOn', 'dependencyOf', 'providesApis', 'consumesApis', 'children', 'members', 'memberOf'];
  const toText = ({
    kind,
    name,
    owner,
    refs: others,
    annotated,
    at,
  }: {
    kind: string;
    name: string;
    owner: string;
    refs: string[];
    annotated: string;
    at: string;
  }) => {
    const lists = fields.map((field) => `${field}: [${others.map((each) => `"${each}"`).join(', ')}]`).join(', ');
    const spec = `{type: t, lifecycle: l, owner: "${owner}", system: "${owner}", parent: "${owner}", definition: d, ${lists}, targets: ["https://github.com/acme/${at}/blob/main/x.yaml"], other: "${annotated}"}`;
    return entity(kind, name, spec, `annotations: {a/b: "${annotated}", github.com/project-slug: acme/${at}}`);
  };
  fc.assert(
    fc.property(
      fc.array(someEntity, { minLength: 1, maxLength: 12 }),
      fc.subarray(['r1x', 'r2x']),
      (entities, denied) => {
        const files = Object.fromEntries(
          ['r1x', 'r2x', 'r3x'].map((id) => [
            `acme/${id}`,
            entities
              .filter(({ repository }) => repository === id)
              .map(toText)
              .join('---\n') || entity('Component', 'z', '{}'),
          ]),
        );
        const whole = toWhole({ ...files, 'acme/last': entity('Component', 'last', service('nobody')) });
        const audience = { deny: { repositories: denied } };
        const shown = new Set(narrow(whole, audience).entities.map((each) => each.ref));
        const said = new Set(
          whole.verdicts
            .filter(({ document }) => !denied.some((id) => document.place.repository.endsWith(id)))
            .map(({ ref = '' }) => toRef(ref).name),
        );
        const hidden = whole.entities.map((each) => each.ref).filter((each) => !shown.has(each));
        const unsaid = hidden.map((each) => toRef(each).name).filter((name) => !said.has(name));
        const text = composeAll(whole, audience).toLowerCase();
        expect([...denied, ...unsaid].filter((word) => text.includes(word))).toEqual([]);
      },
    ),
    { numRuns: 60 },
  );
});
