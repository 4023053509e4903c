import { expect, test } from 'vitest';
import { liveStatusListSchema } from '#model/live/answer.ts';
import { createFakeWidget, createSampleProxy, noon, readCode, toReport } from '../proxy.sample.ts';
import type { Widget } from '../widgets/define.ts';

const refs = 'component:default/checkout,component:default/quiet';
const read = async (response: Response) => liveStatusListSchema.parse(await response.json());
const answer =
  (change: Parameters<typeof toReport>[0]): Widget<unknown>['answer'] =>
  async () =>
    toReport(change);

test('says how several entities are, each by the worst of its widgets', async () => {
  const { ask, views } = createSampleProxy({
    widgets: [
      createFakeWidget('kubernetes', {
        answer: async ({ ref }) =>
          ref.endsWith('quiet') ? toReport() : toReport({ status: { level: 'attention', words: '1 pod restarts' } }),
      }).widget,
      createFakeWidget('github', { answer: answer({ status: { level: 'broken', words: 'main fails' } }) }).widget,
      createFakeWidget('pagerduty', { isConfigured: () => false }).widget,
    ],
  });
  const response = await ask(`/api/live/status?refs=${encodeURIComponent(`${refs},component:default/plain,api:a/b`)}`);
  expect(response.status).toBe(200);
  expect(await read(response)).toEqual({
    version: 1,
    again: 10,
    entities: [
      {
        ref: 'component:default/checkout',
        status: { level: 'broken', words: 'main fails' },
        widgets: {
          kubernetes: { level: 'attention', words: '1 pod restarts' },
          github: { level: 'broken', words: 'main fails' },
          pagerduty: { level: 'unknown', words: 'PagerDuty is not configured' },
        },
      },
      {
        ref: 'component:default/quiet',
        status: { level: 'well', words: '6 of 6 pods ready' },
        widgets: { kubernetes: { level: 'well', words: '6 of 6 pods ready' } },
      },
    ],
    unknown: ['component:default/plain', 'api:a/b'],
  });
  expect(views).toEqual(['status ok']);
});

test('names who is called first', async () => {
  const onCall = [
    { level: 2, names: ['Cy'] },
    { level: 1, names: ['Ada', 'Bob'] },
    { level: 1, names: ['Ada'] },
  ];
  const { ask } = createSampleProxy({
    widgets: [createFakeWidget('pagerduty', { answer: answer({ data: { onCall } }) }).widget],
  });
  const list = await read(await ask('/api/live/status?refs=component:default/checkout'));
  expect(list.entities[0]?.onCall).toEqual(['Ada', 'Bob']);
});

test('of a crowd that is on call it names a few, so that a list stays small', async () => {
  const names = Array.from({ length: 1_000 }, (_, index) => `Somebody ${index}`);
  const onCall = [{ level: 1, names }];
  const { ask } = createSampleProxy({
    widgets: [createFakeWidget('pagerduty', { answer: answer({ data: { onCall } }) }).widget],
  });
  const list = await read(await ask('/api/live/status?refs=component:default/checkout'));
  expect(list.entities[0]?.onCall).toHaveLength(10);
});

test('does not wait for what is slow, and says later what came in the meantime', async () => {
  const slow = Promise.withResolvers<ReturnType<typeof toReport>>();
  const { ask, clock } = createSampleProxy({
    widgets: [createFakeWidget('kubernetes', { answer: () => slow.promise }).widget, createFakeWidget('github').widget],
  });
  const target = '/api/live/status?refs=component:default/checkout';
  const asking = ask(target);
  await clock.advance(4_000);
  const list = await read(await asking);
  expect(list.again).toBe(5);
  expect(list.entities[0]).toMatchObject({
    status: { level: 'unknown', words: 'not known yet' },
    widgets: { kubernetes: { level: 'unknown' }, github: { level: 'well' } },
  });
  slow.resolve(toReport({ freshUntil: noon + 60_000 }));
  await clock.advance(0);
  expect((await read(await ask(target))).entities[0]?.status.level).toBe('well');
});

test('shares its answers with the widgets of pages, and says when nothing changed', async () => {
  const { widget, asked } = createFakeWidget('kubernetes');
  const { ask } = createSampleProxy({ widgets: [widget] });
  const target = `/api/live/status?refs=${refs}`;
  const first = await ask(target);
  await ask('/api/live/kubernetes/component/default/checkout');
  const second = await ask(target, { 'if-none-match': first.headers.get('etag') ?? '' });
  expect(second.status).toBe(304);
  expect(asked).toHaveLength(2);
});

test('begins only a few answers at once', async () => {
  let underway = 0;
  let most = 0;
  const { widget } = createFakeWidget('kubernetes', {
    answer: async () => {
      underway += 1;
      most = Math.max(most, underway);
      await new Promise<void>((done) => setImmediate(done));
      underway -= 1;
      return toReport();
    },
  });
  const entities = Array.from({ length: 100 }, (_, at) => ({
    ref: `component:default/service-${at}`,
    title: '',
    annotations: { 'backstage.io/kubernetes-id': 'x' },
    owners: [],
  }));
  const byRef = new Map(entities.map((entity) => [entity.ref, entity]));
  const catalog = { size: 100, list: () => [], find: (ref: string) => byRef.get(ref), findPerson: () => undefined };
  const costs: number[] = [];
  const { ask } = createSampleProxy({
    widgets: [widget],
    findCatalog: () => catalog,
    limits: {
      enter: () => () => {},
      take: async (_, points) => {
        costs.push(points);
        return { isAllowed: true };
      },
    },
  });
  const all = encodeURIComponent(entities.map(({ ref }) => ref).join(','));
  const list = await read(await ask(`/api/live/status?refs=${all}`));
  expect(list.entities).toHaveLength(100);
  expect(most).toBe(12);
  expect(costs).toEqual([10]);
});

test.each([
  ['/api/live/status', 'wrong-parameter'],
  ['/api/live/status?refs=', 'wrong-parameter'],
  ['/api/live/status?refs=,', 'wrong-parameter'],
  ['/api/live/status?refs=checkout', 'wrong-parameter'],
  ['/api/live/status?refs=Component:default/checkout', 'wrong-parameter'],
  ['/api/live/status?refs=component:default/__proto__', 'wrong-parameter'],
  ['/api/live/status?refs=component:default/a..b', 'wrong-parameter'],
  [`/api/live/status?refs=${Array.from({ length: 101 }, (_, at) => `a:b/${at}`).join(',')}`, 'too-many-refs'],
  ['/api/live/status?refs=a:b/c&refs=a:b/d', 'repeated-parameter'],
  ['/api/live/status?refs=a:b/c&url=x', 'unknown-parameter'],
])('refuses %s', async (target, code) => {
  const { ask } = createSampleProxy();
  const response = await ask(target);
  expect([response.status, await readCode(response)]).toEqual([400, code]);
});
