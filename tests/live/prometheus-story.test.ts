import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { createPrometheus } from '../../scripts/demo/prometheus/server.ts';
import { toPrometheusStory } from '../../scripts/demo/prometheus/story.ts';
import { startLocally } from '../../scripts/demo/start.ts';
import { prometheusWidget } from '../../src/proxy/widgets/prometheus/widget.ts';
import { createWidgetContext, openUpstream, toEntity } from './widget-context.ts';

const acme = fileURLToPath(new URL('../../examples/acme/repositories', import.meta.url));
const entitySchema = z.object({
  metadata: z.object({ name: z.string(), annotations: z.record(z.string(), z.string()).default({}) }),
});

/** The entities of the demonstration that have the widget. */
const entities = globSync('**/catalog-info.yaml', { cwd: acme, exclude: ['**/skeleton/**'] })
  .toSorted()
  .flatMap((file) => parseAllDocuments(readFileSync(join(acme, file), 'utf8')))
  .flatMap((document) => entitySchema.safeParse(document.toJS()).data?.metadata ?? [])
  .filter(({ annotations }) => annotations['prometheus.io/rule'] ?? annotations['prometheus.io/alert']);

const querySchema = z.object({
  title: z.string(),
  expression: z.string(),
  parameters: z.record(z.string(), z.enum(['name', 'namespace', 'kubernetes-id', 'system'])),
  unit: z.enum(['ratio', 'seconds', 'per-second', 'bytes', 'number']),
  objective: z.number(),
  days: z.number(),
});
const configurationSchema = z.object({
  portal: z.object({ proxy: z.object({ prometheus: z.object({ queries: z.record(z.string(), querySchema) }) }) }),
});

/** The named queries of the demonstration. */
const { portal } = configurationSchema.parse(parse(readFileSync(join(acme, '../app-config.yaml'), 'utf8')));
const queries = Object.entries(portal.proxy.prometheus.queries).map(([name, query]) => ({ name, ...query }));

const noon = Date.parse('2026-11-28T12:07:00Z');
let now = noon;
let started: Awaited<ReturnType<typeof startLocally>>;
beforeAll(async () => {
  started = await startLocally(createPrometheus(toPrometheusStory, () => now));
});
afterAll(() => started.stop());

function toDemo(at: number) {
  now = at;
  const endpoint = { name: 'demo', url: started.url, queries };
  return createWidgetContext({
    settings: { prometheus: [endpoint] },
    upstreams: { prometheus: [openUpstream({ id: 'prometheus/demo', url: started.url })] },
    now: () => at,
  });
}

const ask = (name: string, annotations: Record<string, string>, at: number) =>
  prometheusWidget.answer(toEntity(annotations, name), toDemo(at));

const ill: Readonly<Record<string, string>> = { 'payments-gateway': 'broken', 'product-search': 'broken' };

test('the demonstration has entities with the widget', () => {
  expect(entities.map(({ name }) => name)).toEqual(expect.arrayContaining(['checkout', ...Object.keys(ill)]));
});

test.each([0, 7, 29, 61])('after %i minutes every entity of the demonstration has what it names', async (minutes) => {
  for (const { name, annotations } of entities) {
    const { data, status, troubles } = await ask(name, annotations, noon + minutes * 60_000);
    expect([name, troubles]).toEqual([name, []]);
    expect([name, status.level]).toEqual([name, ill[name] ?? 'well']);
    for (const one of data?.objectives ?? []) {
      expect(one.spark).toHaveLength(48);
      expect(one.spark).not.toContain(null);
      expect(Object.keys(one.burn)).toEqual(one.origin === 'query' ? ['hour'] : ['hour', 'sixHours', 'threeDays']);
    }
  }
});

test('the demonstration is well by its own check', async () => {
  const findings = await prometheusWidget.check(toDemo(noon), []);
  expect(findings.filter(({ isFine }) => !isFine)).toEqual([]);
  expect(findings).toHaveLength(2 + queries.length);
});

test('the payments gateway burns fast, and an alert says so', async () => {
  const annotations = entities.find(({ name }) => name === 'payments-gateway')?.annotations ?? {};
  const { data, status } = await ask('payments-gateway', annotations, noon);
  expect(status.words).toMatch(/^burns its error budget \d\d times too fast; 1 alert fires$/);
  expect(data?.alerts).toMatchObject([{ name: 'ErrorBudgetBurn', state: 'firing', severity: 'critical', count: 1 }]);
});

test('the same time gives the same answer, and another another', async () => {
  const annotations = entities.find(({ name }) => name === 'checkout')?.annotations ?? {};
  const burn = async (at: number) => (await ask('checkout', annotations, at)).data?.objectives[0]?.burn.hour;
  expect(await burn(noon)).toBe(await burn(noon));
  expect(await burn(noon)).not.toBe(await burn(noon + 60_000));
});
