import { expect, test } from 'vitest';
import { type Markup, toHtml } from '#components/lists/markup.ts';
import type { LiveAnswer } from '#model/live/answer.ts';
import type { KubernetesData, LiveWorkload } from '#model/live/kubernetes.ts';
import type { PagerdutyData } from '#model/live/pagerduty.ts';
import type { PrometheusData } from '#model/live/prometheus.ts';
import { type Known, type Sheet, toView } from './frame-view.ts';
import { kubernetes } from './kubernetes.client.ts';
import { pagerduty } from './pagerduty.client.ts';
import { prometheus } from './prometheus.client.ts';

const sheet: Sheet = { base: '/', now: Date.parse('2026-01-01T00:10:00Z'), room: 6, isAll: () => false };
const toText = (markup: Markup) =>
  toHtml(markup)
    .replaceAll(/<(svg|title)[\s>].*?<\/\1>/g, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

const toWorkload = (cluster: string, name: string): LiveWorkload => ({
  ...{ cluster, namespace: 'shop', kind: 'Deployment', name, level: 'well', words: 'Available' },
  ...{ ready: 1, wanted: 1, tags: [], pods: [], morePods: 0 },
});

const toCluster = (clusters: [string, boolean][], workloads: LiveWorkload[]): KubernetesData => ({
  clusters: clusters.map(([name, ok]) => ({ name, ok })),
  workloads,
  ...{ findings: [], events: [], logs: false, more: 0 },
});

test.each<[string, KubernetesData, RegExp, RegExp]>([
  ['one cluster needs no name', toCluster([['us', true]], [toWorkload('us', 'shop')]), /^shop Deployment/, /us/],
  [
    'clusters without any of it are left out',
    toCluster(
      [
        ['us', true],
        ['eu', true],
      ],
      [toWorkload('us', 'shop')],
    ),
    /^shop Deployment/,
    /eu/,
  ],
  [
    'several clusters are named',
    toCluster(
      [
        ['us', true],
        ['eu', true],
      ],
      [toWorkload('us', 'shop'), toWorkload('eu', 'shop')],
    ),
    /^us shop .* eu shop /,
    /could not/,
  ],
  [
    'a cluster that could not be read is named',
    toCluster(
      [
        ['us', true],
        ['eu', false],
      ],
      [toWorkload('us', 'shop')],
    ),
    /^us shop .* eu, which could not be read/,
    /nothing/,
  ],
])('%s', (_name, data, present, absent) => {
  const text = toText(kubernetes.draw(data, sheet));
  expect(text).toMatch(present);
  expect(text).not.toMatch(absent);
});

test('the pods of the only workload fill the room that is left', () => {
  const pod = { level: 'well', words: 'Running', ready: 1, wanted: 1, restarts: 0, containers: [] } as const;
  const pods = ['a', 'b', 'c', 'd'].map((end) => ({ ...pod, name: `shop-${end}`, containers: [] }));
  const data = toCluster([['us', true]], [{ ...toWorkload('us', 'shop'), pods }]);
  const count = (room: number) =>
    toText(kubernetes.draw(data, { ...sheet, room })).match(/shop-[a-d] Running Running 1 of 1/g)?.length ?? 0;
  expect([count(1), count(3), count(9)]).toEqual([0, 2, 4]);
});

const objective = { name: 'availability', level: 'broken', origin: 'sloth', burn: {}, spark: [] } as const;

test.each<[Partial<PrometheusData['objectives'][number]>, RegExp]>([
  [{ objective: 0.999, reached: 0.99, budget: -0.4 }, /99 % · goal 99\.9 % budget overspent by 40 %/],
  [{ objective: 0.999, reached: 0.9995, budget: 0.5, days: 28 }, /99\.95 % · goal 99\.9 % in 28 d 50 % of budget left/],
  [{ value: 0.2, unit: 'seconds' }, /availability 200 ms/],
  [{ value: 12_500_000, unit: 'bytes' }, /12\.5 MB/],
  [{}, /availability no value/],
])('an objective %o reads %s', (told, words) => {
  const data = { objectives: [{ ...objective, ...told, spark: [] }], alerts: [], more: 0 };
  expect(toText(prometheus.draw(data, sheet))).toMatch(words);
});

const nobody: PagerdutyData = { service: { name: 'Shop' }, onCall: [], incidents: [], moreIncidents: false };

test('that nobody is on call is said, and that nothing is open', () => {
  expect(toText(pagerduty.draw(nobody, sheet))).toBe('Nobody is on call No open incident');
});

const toKnown = (told: Partial<LiveAnswer<PagerdutyData>>): Known<PagerdutyData> => {
  const answer: LiveAnswer<PagerdutyData> = {
    ...{ version: 1, widget: 'pagerduty', ref: 'component:default/shop', state: 'ok', again: 30 },
    ...{ status: { level: 'well', words: 'nothing open' }, troubles: [], links: [] },
    ...{ readAt: '2026-01-01T00:00:00Z', data: nobody },
    ...told,
  };
  return { outcome: { kind: 'answer', value: answer }, answer };
};

test('an answer that is not understood shows what was read before, as what it is', () => {
  const { body } = toView({ ...toKnown({}), isStrange: true }, pagerduty, sheet);
  expect(toText(body)).toMatch(/does not understand: as it was 10 min ago/);
});

test.each<[string, Partial<Known<PagerdutyData>>, RegExp]>([
  ['offline, with nothing read', { outcome: { kind: 'offline' } }, /^You are offline\. It is asked again/],
  ['refused', { outcome: { kind: 'failed', what: 'It is busy', mend: 'Wait.' } }, /^It is busy\. Wait\. Try again$/],
  ['signed out', { outcome: { kind: 'signed-out' } }, /Sign in again$/],
  ['without a proxy', { outcome: { kind: 'absent' } }, /^This copy of the portal has no live data\.$/],
])('%s', (_name, known, words) => {
  const { body } = toView({ outcome: { kind: 'absent' }, ...known }, pagerduty, sheet);
  expect(toText(body)).toMatch(words);
});

test('whoever signed out sees nothing of what was read before', () => {
  const { body, readAt } = toView({ ...toKnown({}), outcome: { kind: 'signed-out' } }, pagerduty, sheet);
  expect(toText(body)).not.toContain('on call');
  expect(readAt).toBeUndefined();
});
