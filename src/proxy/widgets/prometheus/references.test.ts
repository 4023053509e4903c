import { expect, test } from 'vitest';
import { toSecretKey } from '#model/live/catalog.ts';
import { parseAlerts, parseRules } from './references.ts';

const queries = new Set(['latency', 'checkout.SLO', 'a.named-query']);

test.each([
  ['checkout.SLO', ['query']],
  ['payments.SLO', ['slo']],
  ['checkout-slo', ['slo']],
  ['job:requests:rate5m', ['rule']],
  ['requests_total', ['slo', 'rule']],
  ['latency', ['query']],
  ['requests_total | instance', ['slo', 'rule']],
])('`%s` may name %j', (text, kinds) => {
  expect(parseRules(text, queries).references).toEqual([{ text: text.replace(/ \|.*/, ''), kinds }]);
});

test('entries are parted by commas; an entry that is there twice is one', () => {
  const { references, wrong } = parseRules('memory|component, a:b , memory|instance,,latency', queries);
  expect(references.map(({ text }) => text)).toEqual(['memory', 'a:b', 'latency']);
  expect(wrong).toEqual([]);
});

test.each([
  'sum(rate(http_requests_total{job="a",code="500"}[5m])) by (job, code)',
  'up == 1',
  'up or vector(1)',
  'a + b',
  'a/b',
  'a{b="c"}',
  'a{',
  '"a"',
  'a[5m]',
  'a offset 5m',
  'a@0',
  '=~".+"',
  '.+',
  '(?i:a)',
  'a\\nb',
  'a\nb',
  'ünïcode',
  'a..b',
  '.a',
  '__proto__.',
  'x'.repeat(300),
])('`%s` is not a name, and none of it is asked', (text) => {
  const { references, wrong } = parseRules(text, queries);
  expect(references).toEqual([]);
  expect(wrong).toHaveLength(1);
});

test('half an expression does not become a name, and the entries beside it stay', () => {
  const { references, wrong } = parseRules('checkout-slo, sum by (a, b, c) (x), "d, e", y:z', queries);
  expect(references.map(({ text }) => text)).toEqual(['checkout-slo', 'y:z']);
  expect(wrong).toEqual(['sum by (a, b, c) (x)', '"d, e"']);
});

test('a value of thousands of characters is refused whole', () => {
  expect(parseRules('a,'.repeat(5000), queries).references).toEqual([]);
  expect(parseAlerts('a,'.repeat(5000)).names).toEqual([]);
});

test('the key of a secret is not a name', () => {
  const key = toSecretKey('PD_CHECKOUT_KEY');
  expect(parseRules(key, queries)).toEqual({ references: [], wrong: [key] });
  expect(parseAlerts(key)).toEqual({ all: false, names: [], wrong: [key] });
});

test.each([
  ['all', { all: true, names: [], wrong: [] }],
  ['CheckoutDown, CheckoutSlow,CheckoutDown', { all: false, names: ['CheckoutDown', 'CheckoutSlow'], wrong: [] }],
  ['High error rate', { all: false, names: ['High error rate'], wrong: [] }],
  ['all,Watchdog', { all: true, names: ['Watchdog'], wrong: [] }],
  ['{alertname="x"}', { all: false, names: [], wrong: ['{alertname="x"}'] }],
])('`%s` wants these alerts', (text, wanted) => {
  expect(parseAlerts(text)).toEqual(wanted);
});
