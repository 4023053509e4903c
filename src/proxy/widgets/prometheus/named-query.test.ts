import { expect, test } from 'vitest';
import type { ProxyEntity } from '#model/live/catalog.ts';
import type { NamedQuery } from '../../settings.ts';
import { fillTemplate, findWindow, parseNamedQuery, toSample } from './named-query.ts';

const toQuery = (expression: string, parameters: NamedQuery['parameters'] = { service: 'name' }): NamedQuery => ({
  name: 'errors',
  title: 'Errors',
  expression,
  parameters,
  unit: 'ratio',
});

const checkout: ProxyEntity = {
  ref: 'component:shop/checkout',
  title: 'Checkout',
  annotations: { 'backstage.io/kubernetes-id': 'checkout-api' },
  owners: [],
  system: 'system:default/payments',
};

test.each([
  ['up{app="$service"}', 'up{app="checkout"}'],
  ["up{app='$service'}", "up{app='checkout'}"],
  ['up{app=`$service`}', 'up{app=`checkout`}'],
  ['up{app=~"$service-.*|x$"}', 'up{app=~"checkout-.*|x$"}'],
  [
    'label_replace(up{app="$service"}, "a", "$1", "b", "(.*)")',
    'label_replace(up{app="checkout"}, "a", "$1", "b", "(.*)")',
  ],
  ['up{app="$service", x="\\"$service"}', 'up{app="checkout", x="\\"checkout"}'],
  ['# of "all\nup{app="$service"} # it\'s', '# of "all\nup{app="checkout"} # it\'s'],
])('%s becomes %s', (expression, filled) => {
  const { value, problems } = parseNamedQuery(toQuery(expression));
  expect(problems).toEqual([]);
  expect(fillTemplate(value, checkout)).toBe(filled);
});

test('each parameter is a word of the entity', () => {
  const parameters = { a: 'name', b: 'namespace', c: 'kubernetes-id', d: 'system' } as const;
  const { value, problems } = parseNamedQuery(toQuery('x{a="$a",b="$b",c="$c",d="$d"}', parameters));
  expect(problems).toEqual([]);
  expect(fillTemplate(value, checkout)).toBe('x{a="checkout",b="shop",c="checkout-api",d="payments"}');
  expect(toSample(value)).toBe('x{a="portolan",b="portolan",c="portolan",d="portolan"}');
});

test.each([
  ['up{app="$other",x="$service"}', /`\$other` is not among its parameters/],
  ['$service{app="$service"}', /`\$service` stands outside quotes/],
  ['up{$service="x",app="$service"}', /outside quotes/],
  ['rate(up{app="$service"}[$service])', /outside quotes/],
  ['up{app="$service}', /opened and never closed/],
  ['up{app=`$service"}', /opened and never closed/],
  ['up', /`service` is used nowhere/],
  ['  ', /is empty/],
  [`up{app="$service"} + ${'1+'.repeat(3000)}1`, /longer than/],
  ['up{app="$__proto__",x="$service"}', /`\$__proto__` is not among/],
  ['up{app="$constructor",x="$service"}', /`\$constructor` is not among/],
])('%s is wrong', (expression, what) => {
  expect(parseNamedQuery(toQuery(expression)).problems.join('; ')).toMatch(what);
});

test('names of queries and parameters that nobody could write are wrong', () => {
  expect(parseNamedQuery({ ...toQuery('up{a="$service"}'), name: 'a,b' }).problems).toHaveLength(1);
  expect(parseNamedQuery(toQuery('up', { 'a-b': 'name' })).problems).toHaveLength(1);
});

test.each([
  'x"} or vector(1) or up{a="',
  'x\\',
  'x`',
  "x'",
  'x\ny',
  '.*',
  'a|b',
  '$service',
  'x y',
  'X',
  '',
  '-x',
  'x-',
  'ü',
  'x'.repeat(64),
])('an entity whose word is `%s` is not put into a query', (word) => {
  const { value } = parseNamedQuery(toQuery('up{app=~"$service"}'));
  expect(fillTemplate(value, { ...checkout, ref: `component:default/${word}` })).toEqual({ lacking: 'name' });
  const { value: byId } = parseNamedQuery(toQuery('up{app="$id"}', { id: 'kubernetes-id' }));
  const annotations = { 'backstage.io/kubernetes-id': word };
  expect(fillTemplate(byId, { ...checkout, annotations })).toEqual({ lacking: 'kubernetes-id' });
});

test('an entity that has no such word is not put into a query', () => {
  const { value } = parseNamedQuery(toQuery('up{s="$s"}', { s: 'system' }));
  const { system: _, ...alone } = checkout;
  expect(fillTemplate(value, alone)).toEqual({ lacking: 'system' });
});

test.each([
  ['rate(a[5m])', 300],
  ['rate(a{b="[1h]"}[28d]) / rate(c[4w])', 2_419_200],
  ['rate(a[1h30m])', 5400],
  ['max_over_time(rate(a[1h])[1h:5m])', 3600],
  ['rate(a[5m]) / rate(b[1h])', undefined],
  ['rate(a[5m]) # [1h]', 300],
  ['a:b', undefined],
  ['rate(a[$__interval])', undefined],
])('%s looks back %s seconds', (expression, seconds) => {
  expect(findWindow(expression)).toBe(seconds);
});
