import { afterAll, beforeAll, expect, test } from 'vitest';
import { startLocally } from '../start.ts';
import { parseExpression } from './expression.ts';
import { createPrometheus } from './server.ts';
import { toPrometheusStory } from './story.ts';

let started: Awaited<ReturnType<typeof startLocally>>;
beforeAll(async () => {
  started = await startLocally(createPrometheus(toPrometheusStory, () => 1_790_000_000_000, 'right'));
});
afterAll(() => started.stop());

test.each([
  ['GET', '/api/v1/query?query=1', 'Bearer right', 200],
  ['GET', '/api/v1/query?query=1', 'Bearer wrong', 401],
  ['GET', '/api/v1/rules', undefined, 401],
  ['POST', '/api/v1/query', 'Bearer right', 405],
  ['DELETE', '/api/v1/admin/tsdb/delete_series', 'Bearer right', 405],
  ['GET', '/api/v1/labels', 'Bearer right', 404],
  ['GET', '/api/v1/rules?type=other', 'Bearer right', 400],
])('%s %s as %s is answered with %i', async (method, path, authorization, status) => {
  const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
  expect((await fetch(`${started.url}${path}`, { method, headers })).status).toBe(status);
});

test.each([
  'up',
  '1',
  '0.5',
  'up{a="b"}',
  '{__name__=~"a.+", b!="c"} or {c="d"}',
  'a{b="\\"\\n"}',
  'up{a="b",}',
  'sum(rate(a{b="c"}[5m]))',
  'sum(rate(a[1h])) / sum(rate(b[1h]))',
])('understands %s', (text) => {
  expect(parseExpression(text)).toBeDefined();
});

test.each([
  '',
  'sum(up)',
  'up{',
  'up}',
  'up{a}',
  'up{a=b}',
  'up{a="b" c="d"}',
  'a and b',
  'a or',
  'a or 1',
  '-1',
  '{}',
  '{a=""}',
])('does not pretend to understand `%s`', (text) => {
  expect(parseExpression(text)).toBeUndefined();
});
