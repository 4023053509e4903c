import { describe, expect, test } from 'vitest';
import type { Catalog, CatalogEntity } from '#model/catalog.ts';
import type { Entity } from '#model/entity.ts';
import { findNames, toNameTable } from '#model/names.ts';
import { toRef } from '#model/ref.ts';
import type { RelationType } from '#model/relations.ts';
import { createLookup } from './lookup.ts';
import { toNameIndex } from './names.ts';
import { listSearchRecords } from './search-records.ts';
import { secretWords } from './shown.ts';

type Written = {
  kind: string;
  metadata?: Partial<Entity['metadata']>;
  spec?: Record<string, unknown>;
  relations?: [RelationType, string][];
};

function toCatalog(written: Record<string, Written>): Catalog {
  const entries = Object.entries(written).map(
    ([ref, { kind, metadata, spec, relations = [] }]): [string, CatalogEntity] => [
      ref,
      {
        ref,
        entity: { apiVersion: 'backstage.io/v1alpha1', kind, metadata: { name: toRef(ref).name, ...metadata }, spec },
        place: { repository: 'acme', path: 'catalog-info.yaml', line: 1, column: 1 },
        relations: relations.map(([type, target]) => ({ source: ref, type, target })),
      },
    ],
  );
  return { entities: new Map(entries.toSorted(([a], [b]) => (a < b ? -1 : 1))), repositories: [], problems: [] };
}

const catalog = toCatalog({
  'group:default/checkout-team': { kind: 'Group', metadata: { title: 'Checkout team' } },
  'user:default/ada': { kind: 'User', spec: { profile: { displayName: 'Ada Byron' } } },
  'gadget:retail/till': { kind: 'Gadget', relations: [['ownedBy', 'user:default/ada']] },
  'component:retail/checkout': {
    kind: 'Component',
    metadata: {
      name: 'Checkout',
      title: 'Checkout Service',
      description: 'Handles **order** checkout ␟.\nSecond line.',
      tags: ['go', 'tier-1'],
      links: [{ url: 'https://runbooks.acme.example/checkout', title: 'Runbook' }],
      annotations: {
        'github.com/project-slug': 'acme/checkout',
        'pagerduty.com/integration-key': `\${CHECKOUT_KEY}`,
        'acme.example/key': secretWords,
      },
    },
    spec: { type: 'service', lifecycle: 'deprecated' },
    relations: [
      ['ownedBy', 'group:default/checkout-team'],
      ['partOf', 'system:retail/payments'],
      ['partOf', 'component:default/suite'],
    ],
  },
});
const lookup = createLookup(catalog);

describe('a search record', () => {
  const records = new Map(listSearchRecords(lookup).map((record) => [record.url, record]));

  test('holds every field in its place, and no secret', () => {
    expect(records.get('/catalog/retail/component/checkout/')).toEqual({
      url: '/catalog/retail/component/checkout/',
      content:
        'Checkout ␟ Checkout Service ␟ Handles order checkout . Second line. ␟ go, tier-1 ␟ Runbook https://runbooks.acme.example/checkout ␟ Checkout team (checkout-team) ␟ payments ␟ github.com/project-slug: acme/checkout, pagerduty.com/integration-key, acme.example/key',
      meta: { title: 'Checkout Service', name: 'Checkout', owner: 'Checkout team' },
      filters: {
        kind: ['Component'],
        type: ['service'],
        owner: ['checkout-team'],
        lifecycle: ['deprecated'],
        system: ['retail/payments'],
        tag: ['go', 'tier-1'],
      },
    });
  });

  test('leaves out what there is not, and says the kind of an unusual owner', () => {
    expect(records.get('/catalog/retail/gadget/till/')?.filters).toEqual({ kind: ['Gadget'], owner: ['user:ada'] });
    expect(records.get('/catalog/default/user/ada/')?.meta).toEqual({ title: 'Ada Byron', name: 'ada' });
  });
});

describe('the name index', () => {
  const index = toNameIndex(lookup);

  test('lists kinds in the order in which they are sought, and what is unusual sparsely', () => {
    expect(index).toEqual({
      kinds: [
        { kind: 'Component', label: 'Component', icon: 'box', count: 1 },
        { kind: 'Group', label: 'Group', icon: 'users', count: 1 },
        { kind: 'User', label: 'User', icon: 'user', count: 1 },
        { kind: 'Gadget', label: 'Gadget', icon: 'shapes', count: 1 },
      ],
      namespaces: ['default', 'retail'],
      names: ['Checkout', 'checkout-team', 'ada', 'till'],
      namespaceOf: [
        [0, 1],
        [3, 1],
      ],
      titles: [
        [0, 'Checkout Service'],
        [1, 'Checkout team'],
        [2, 'Ada Byron'],
      ],
      owners: ['Checkout team', 'Ada Byron'],
      ownerOf: [1, 0, 0, 2],
      deprecated: [0],
    });
  });

  test('leads back to each entity', () => {
    const table = toNameTable(index);
    for (const ref of catalog.entities.keys()) expect(findNames(table, ref, 1)[0]?.ref).toBe(ref);
  });
});
