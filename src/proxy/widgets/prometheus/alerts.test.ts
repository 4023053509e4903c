import { expect, test } from 'vitest';
import { listAlerts, rulesSchema, toAlertStates, toEntityNames } from './alerts.ts';

const now = Date.parse('2026-11-28T12:00:00Z');
const active = (labels: Record<string, string>, state: string, activeAt = '2026-11-28T11:00:00.5+01:00') => ({
  labels,
  annotations: {},
  state,
  activeAt,
  value: '1e+00',
});
const toStates = (rules: unknown[]) =>
  toAlertStates(rulesSchema.parse({ status: 'success', data: { groups: [{ name: 'g', file: 'f', rules }] } }));
const none = { all: false, names: [], wrong: [] };

test('alerts of one rule are one row: its worst state, the earliest time, how many', () => {
  const states = toStates([
    {
      type: 'alerting',
      name: 'Down',
      alerts: [
        active({ service: 'checkout' }, 'pending', '2026-11-28T09:00:00Z'),
        active({ service: 'checkout' }, 'firing', '2026-11-28T11:30:00Z'),
        active({ service: 'checkout' }, 'firing'),
        active({ service: 'other' }, 'firing', '2020-01-01T00:00:00Z'),
      ],
    },
  ]);
  expect(listAlerts(states, { ...none, all: true }, ['checkout'], now)).toEqual([
    { name: 'Down', state: 'firing', since: '2026-11-28T10:00:00.500Z', count: 2 },
  ]);
  // Asked for by name, and none of it is about the entity: all of it.
  expect(listAlerts(states, { ...none, names: ['Down'] }, ['nobody'], now)[0]?.count).toBe(3);
});

test('a clock that is ahead of ours, and a time that is none, do no harm', () => {
  const ahead = toStates([{ name: 'A', alerts: [active({ app: 'x' }, 'firing', '2030-01-01T00:00:00Z')] }]);
  expect(listAlerts(ahead, { ...none, all: true }, ['x'], now)[0]?.since).toBe('2026-11-28T12:00:00.000Z');
  const none_ = toStates([{ name: 'A', alerts: [active({ app: 'x' }, 'firing', 'yesterday')] }]);
  expect(listAlerts(none_, { ...none, all: true }, ['x'], now)[0]).toEqual({ name: 'A', state: 'firing', count: 1 });
});

test.each([
  ['nothing at all', {}],
  ['no groups', { groups: null }],
  ['a group without rules', { groups: [{ name: 'g', rules: null }] }],
  ['recording rules', { groups: [{ rules: [{ type: 'recording', name: 'a:b', health: 'ok' }] }] }],
])('%s is no alert', (_, data) => {
  expect(toAlertStates(rulesSchema.parse({ status: 'success', data }))).toEqual([]);
});

test('what Thanos and Mimir add does not disturb, and a state that nobody knows is quiet', () => {
  const rule = {
    type: 'alerting',
    name: 'A',
    state: 'unknown',
    partialResponseStrategy: 'ABORT',
    keepFiringFor: 0,
    alerts: null,
  };
  const odd = { type: 'alerting', name: 'B', labels: 7, alerts: [active({}, 'recovering')], lastError: '' };
  const inherited = { name: 'C', alerts: [active({}, 'constructor'), active({}, '__proto__')] };
  expect(toStates([rule, odd, inherited]).map(({ name, state }) => [name, state])).toEqual([
    ['A', 'inactive'],
    ['B', 'inactive'],
    ['C', 'inactive'],
  ]);
});

test.each([
  ['https://runbooks.acme.io/x', 'https://runbooks.acme.io/x'],
  ['http://runbooks.acme.io/x', undefined],
  ['https://ann:hunter2@runbooks.acme.io/x', undefined],
  ['javascript:alert(1)', undefined],
  ['JaVaScRiPt:alert(1)', undefined],
  ['data:text/html,x', undefined],
  ['mailto:a@b.c', undefined],
  ['//elsewhere.io', undefined],
  ['https://runbooks.acme.io/{{ $labels.service }}', undefined],
  [`https://a.io/${'x'.repeat(1000)}`, undefined],
])('a runbook at %s leads to %s', (url, runbook) => {
  const [state] = toStates([{ name: 'A', annotations: { runbook_url: url } }]);
  expect(state?.runbook).toBe(runbook);
});

test('no label and no annotation is kept but those that are shown', () => {
  const [state] = toStates([
    {
      name: 'A',
      query: 'secret_query',
      labels: { severity: 'page', password: 'hunter2', instance: '10.0.0.1' },
      annotations: { description: 'long', dashboard: 'x', summary: 's' },
    },
  ]);
  expect(state).toEqual({ name: 'A', state: 'inactive', about: [], severity: 'page', summary: 's' });
});

test('thousands of alerts of one rule are kept as a few', () => {
  const many = Array.from({ length: 2000 }, (_, at) => active({ service: `s${at}` }, 'firing'));
  expect(toStates([{ name: 'A', alerts: many }]).length).toBeLessThanOrEqual(50);
});

test('an entity is named by its name and by its id in Kubernetes', () => {
  const annotations = { 'backstage.io/kubernetes-id': 'Checkout-API' };
  const entity = { ref: 'component:default/checkout', title: '', annotations, owners: [] };
  expect(toEntityNames(entity)).toEqual(['checkout', 'checkout-api']);
});
