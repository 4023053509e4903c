import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { type LiveFault, liveStatusListSchema, toAnswerSchema } from '#model/live/answer.ts';
import type { ProxyCatalogFile } from '#model/live/catalog.ts';
import { kubernetesSchema } from '#model/live/kubernetes.ts';
import { listWidgets, type WidgetId, widgetIds } from '#model/live/widgets.ts';
import { demoIntegrationKey } from '../../scripts/demo/pagerduty/story.ts';
import { widgets } from '../../src/proxy/widgets/index.ts';
import { type Acme, type Answered, collectProxyCatalog, startAcme } from './acme.ts';
import type { Misdeed } from './faulty-front.ts';
import { startMadeUpRedis } from './made-up-redis.ts';

const noon = Date.parse('2026-11-28T12:00:00Z');
let now = noon;
let catalog: ProxyCatalogFile;
beforeAll(async () => {
  catalog = await collectProxyCatalog();
});

let acme: Acme | undefined;
afterEach(async () => {
  vi.useRealTimers();
  now = noon;
  await acme?.stop();
  acme = undefined;
});

async function start(wanted: Omit<Parameters<typeof startAcme>[0], 'catalog'> = {}): Promise<Acme> {
  acme = await startAcme({ catalog, now: () => now, ...wanted });
  return acme;
}

const toPath = (id: string, ref: string) => `/api/live/${id}/${ref.replace(':', '/')}`;
/** An entity of the demonstration that has every widget. */
const gateway = 'component:default/payments-gateway';
const toStatusPath = () => `/api/live/status?refs=${catalog.entities.map(({ ref }) => ref).join(',')}`;
const listAll = () =>
  catalog.entities.flatMap(({ ref, annotations }) => listWidgets(annotations).map(({ id }) => ({ id, ref })));

const said = z.object({ state: z.string(), troubles: z.array(z.object({ fault: z.string(), source: z.string() })) });
const toSaid = ({ status, body }: Answered) => {
  const { state, troubles } = said.parse(body);
  return [status, state, troubles.map(({ fault }) => fault)];
};
const askAll = async ({ ask }: Acme) =>
  new Map(await Promise.all(widgetIds.map(async (id) => [id, await ask(toPath(id, gateway))] as const)));

describe('the demo organisation', () => {
  test('has an answer of the right shape for every entity and every widget that it has', async () => {
    const { ask } = await start();
    expect(listAll().length).toBeGreaterThan(40);
    for (const { id, ref } of listAll()) {
      const { status, body } = await ask(toPath(id, ref));
      const schema = widgets.find((row) => row.id === id)?.schema ?? z.never();
      const answer = toAnswerSchema(schema).parse(body);
      expect([id, ref, status, answer.state, answer.troubles]).toEqual([id, ref, 200, 'ok', []]);
      expect(answer).toMatchObject({ ref, widget: id, demo: true });
    }
  });

  test('tells its story: what is ill is told as ill, and everything else as well', async () => {
    const { ask } = await start();
    // What is composed already is listed at once, however busy the machine is.
    await Promise.all(listAll().map(({ id, ref }) => ask(toPath(id, ref))));
    const list = liveStatusListSchema.parse((await ask(toStatusPath())).body);
    const ill = list.entities.filter(({ status }) => status.level !== 'well').map(({ ref }) => ref.split('/')[1]);
    expect(ill.toSorted()).toEqual(['notifications', 'payments-gateway', 'product-search']);
    expect(list.unknown).toEqual([]);
  });

  test('leaks nothing, whatever is asked', async () => {
    expect(JSON.stringify(catalog)).not.toMatch(/0a1b2c3d4e5f|PD_CHECKOUT_KEY/);
    const { ask, demo } = await start();
    const paths = [
      ...listAll().map(({ id, ref }) => toPath(id, ref)),
      ...(await listLogPaths(ask)),
      toStatusPath(),
      ...[
        '/api/me',
        '/healthz',
        '/readyz',
        '/api/live/',
        '/api/live/kubernetes/component/default/nobody',
        '/api/nothing',
      ],
    ];
    const answers = await Promise.all(paths.map(ask));
    const text = answers.map((answer) => answer.text + JSON.stringify([...answer.headers])).join('\n');
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(45);
    expect(text).not.toMatch(/hunter|PD_CHECKOUT_KEY|secret:|@acme\.io|noreply|phone|registry\.acme|DATABASE|bearer/i);
    for (const secret of [demoIntegrationKey, demo.token, ...demo.secrets.values()]) expect(text).not.toContain(secret);
    for (const address of Object.values(demo.urls)) expect(text).not.toContain(new URL(address).host);
  });
});

/** The logs of all containers that a page could ask for. */
async function listLogPaths(ask: Acme['ask']): Promise<string[]> {
  const open = catalog.entities.filter(({ annotations }) => annotations['portolan.io/kubernetes-logs'] === 'true');
  expect(open).not.toHaveLength(0);
  const paths = open.map(async ({ ref }) => {
    const { workloads } = kubernetesSchema.parse((await ask(toPath('kubernetes', ref))).body.data);
    return workloads.flatMap(({ cluster, namespace, pods }) =>
      pods.flatMap(({ name: pod, containers }) =>
        containers.map(({ name: container }) => {
          const words = new URLSearchParams({ cluster, namespace, pod, container });
          return `${toPath('log', ref)}?${words}`;
        }),
      ),
    );
  });
  return (await Promise.all(paths)).flat();
}

describe('a system that fails', () => {
  const faults: readonly [Misdeed, LiveFault, Partial<Record<WidgetId, LiveFault>>?][] = [
    ['hang', 'timeout'],
    ['reset', 'unreachable'],
    ['a gigabyte', 'too-large'],
    ['no end', 'too-large'],
    ['half an answer', 'unreadable'],
    ['a page', 'unreadable'],
    ['another shape', 'unreadable'],
    ['a redirect', 'redirected'],
    [401, 'unauthorised'],
    // Argo CD refuses what it does not have.
    [403, 'forbidden', { argocd: 'not-found' }],
    [404, 'not-found'],
    [429, 'rate-limited'],
    [500, 'failing'],
  ];
  test.each(faults)('by %s is told of as %s, in a frame that pages read', async (misdeed, fault, others = {}) => {
    const opened = await start({ upstreamLimits: { whole: misdeed === 'hang' ? 150 : 30_000 } });
    for (const front of Object.values(opened.fronts)) front.misbehave(misdeed);
    for (const [id, answer] of await askAll(opened)) {
      expect([id, ...toSaid(answer)]).toEqual([id, 503, 'failed', [others[id] ?? fault]]);
      expect(toAnswerSchema(z.never()).safeParse(answer.body).error).toBeUndefined();
      expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
      expect(answer.text).not.toContain('hunter');
    }
  });

  test.each(widgetIds)('%s leaves the widgets of all others as they are', async (broken) => {
    const opened = await start();
    opened.fronts[broken].misbehave('reset');
    for (const [id, answer] of await askAll(opened))
      expect([id, ...toSaid(answer)]).toEqual(
        id === broken ? [id, 503, 'failed', ['unreachable']] : [id, 200, 'ok', []],
      );
  });

  test('is seen by its numbers', async () => {
    const opened = await start();
    opened.fronts.argocd.misbehave(500);
    await askAll(opened);
    const text = await opened.readMetrics();
    expect(text).toContain('portolan_proxy_views_total{widget="argocd",state="failed"} 1');
    expect(text).toContain('portolan_proxy_upstream_calls_total{upstream="argocd/prod-us",outcome="failing"} 1');
    expect(text).toContain('portolan_proxy_views_total{widget="kubernetes",state="ok"} 1');
  });

  test('shows what was read before and how old it is, until that is too old', async () => {
    const opened = await start();
    await askAll(opened);
    for (const front of Object.values(opened.fronts)) front.misbehave('reset');
    now += 200_000;
    for (const [id, { status, body }] of await askAll(opened)) {
      expect([id, status, body.state]).toEqual([id, 200, 'stale']);
      expect(body.troubles).toMatchObject([{ fault: 'unreachable' }]);
      expect([id, body.readAt, body.data !== undefined]).toEqual([id, new Date(noon).toISOString(), true]);
    }
    now += 200_000;
    const late = await opened.ask(toPath('kubernetes', gateway));
    expect(toSaid(late).slice(0, 2)).toEqual([504, 'failed']);
    expect([late.headers.get('age'), late.body.data, late.body.readAt]).toEqual(['400', undefined, undefined]);
  });

  test('is left alone after some failures, and asked again when it had its rest', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: noon });
    const opened = await start({ now: Date.now });
    const { misbehave, asked } = opened.fronts.kubernetes;
    const ask = () => opened.ask(toPath('kubernetes', gateway));
    misbehave(500);
    expect(toSaid(await ask())).toEqual([503, 'failed', ['failing']]);
    const before = asked.length;
    vi.setSystemTime(Date.now() + 7_000);
    expect(toSaid(await ask())).toEqual([503, 'failed', ['resting']]);
    expect(asked).toHaveLength(before);
    misbehave(undefined);
    // After its rest one question tries it, and what waited for that is asked when its own pause is over.
    await vi.waitFor(
      async () => {
        vi.setSystemTime(Date.now() + 61_000);
        expect(toSaid(await ask())).toEqual([200, 'ok', []]);
      },
      { interval: 10 },
    );
  });

  test.each(['Thu, 01 Jan 1970 00:00:00 GMT', 'Fri, 31 Dec 9999 23:59:59 GMT', 'soon'])(
    'to know the time (%s) changes nothing',
    async (date) => {
      const opened = await start();
      for (const front of Object.values(opened.fronts)) front.tellTime(date);
      for (const [id, answer] of await askAll(opened)) {
        expect([id, ...toSaid(answer)]).toEqual([id, 200, 'ok', []]);
        expect(answer.body.readAt).toBe(new Date(noon).toISOString());
      }
    },
  );
});

test.each(['down', 'frozen'])('a shared cache that is %s has no effect', async (state) => {
  const redis = await startMadeUpRedis();
  if (state === 'down') await redis.stop();
  else redis.freeze();
  const opened = await start({ settings: { sharedCache: redis.url } });
  for (const [id, answer] of await askAll(opened)) expect([id, ...toSaid(answer)]).toEqual([id, 200, 'ok', []]);
  if (state === 'frozen') await redis.stop();
});

describe('many readers', () => {
  const readAtOnce = async ({ ask }: Acme, readers: number) => {
    const answers = await Promise.all(Array.from({ length: readers }, () => ask(toPath('kubernetes', gateway))));
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  };

  test('a thousand at once are one question a list', async () => {
    const opened = await start();
    await readAtOnce(opened, 1000);
    const { asked } = opened.fronts.kubernetes;
    expect(asked.length).toBeGreaterThan(8);
    expect(asked.toSorted()).toEqual([...new Set(asked)].toSorted());
  });

  test('cost a system as much as one does', async () => {
    const counts: number[] = [];
    for (const readers of [1, 100, 1000]) {
      const opened = await start();
      for (let round = 0; round < 3; round += 1) {
        await readAtOnce(opened, readers);
        now += 100_000;
      }
      counts.push(opened.fronts.kubernetes.asked.length);
      await opened.stop();
      acme = undefined;
      now = noon;
    }
    expect(counts).toEqual([counts[0], counts[0], counts[0]]);
  });
});
