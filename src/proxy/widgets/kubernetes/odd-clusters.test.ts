import type { Pod } from 'kubernetes-types/core/v1';
import { afterEach, expect, test } from 'vitest';
import type { LiveFault } from '#model/live/answer.ts';
import { toMeta, toOwner, toPod, toPods } from '../../../../scripts/demo/kubernetes/manifests.ts';
import { toDeployed, toScaler, toScheduled } from '../../../../scripts/demo/kubernetes/workloads.ts';
import {
  type ClusterWorld,
  emptyCluster,
  modernApis,
  oldApis,
  type Rollout,
} from '../../../../scripts/demo/kubernetes/world.ts';
import { type Clusters, startClusters } from '../../../../tests/live/clusters.ts';
import { toEntity } from '../../../../tests/live/widget-context.ts';
import type { Upstream } from '../../upstream.ts';
import { toMessage } from './shape.ts';
import { kubernetesWidget } from './widget.ts';

const now = Date.parse('2026-11-28T14:10:00Z');
const entity = toEntity({ 'backstage.io/kubernetes-id': 'web' });
const app = {
  name: 'web',
  namespace: 'shop',
  version: '1.2',
  replicas: 2,
  since: now - 3_600_000,
  labels: { 'backstage.io/kubernetes-id': 'web' },
};
const well: ClusterWorld = { ...emptyCluster, objects: toDeployed(app) };

let clusters: Clusters | undefined;
afterEach(() => clusters?.stop());

async function ask(
  world: Parameters<typeof startClusters>[0],
  odd: Parameters<typeof startClusters>[2] = {},
  of = entity,
) {
  clusters = await startClusters(world, now, odd);
  const report = await kubernetesWidget.answer(of, clusters.context);
  if (report.data) expect(kubernetesWidget.schema.safeParse(report.data).error).toBeUndefined();
  return report;
}

test('a cluster that is down, and one that refuses the token, hide no other', async () => {
  const report = await ask({ one: well, two: undefined, three: well }, { wrongToken: 'three' });
  expect(report.status).toEqual({ level: 'well', words: '2 of 2 pods ready' });
  expect(report.data?.clusters.map(({ name, ok }) => [name, ok])).toEqual([
    ['one', true],
    ['two', false],
    ['three', false],
  ]);
  expect(report.troubles.map(({ source, fault }) => [source, fault])).toEqual([
    ['two', 'unreachable'],
    ['three', 'unauthorised'],
  ]);
});

test('when no cluster answers there is no data', async () => {
  const report = await ask({ one: undefined });
  expect(report).toMatchObject({ isEmpty: false, status: { level: 'unknown' } });
  expect(report.data).toBeUndefined();
});

test.each<[unknown, LiveFault | undefined]>([
  [null, 'unreadable'],
  ['<html>', 'unreadable'],
  [{}, 'unreadable'],
  [{ kind: 'Status', status: 'Failure' }, 'unreadable'],
  [{ items: {} }, 'unreadable'],
  [{ items: [1, { metadata: {} }] }, 'unreadable'],
  [{ items: null, metadata: null }, undefined],
])('an answer of the shape %j is %s', async (value, fault) => {
  const { context } = await startClusters({}, now);
  const upstream: Upstream = {
    id: 'kubernetes/one',
    name: 'one',
    ask: async () => ({ kind: 'answer', value }),
    follow: async () => ({ kind: 'fault', fault: 'unreachable' }),
  };
  const report = await kubernetesWidget.answer(entity, {
    ...context,
    upstreams: { ...context.upstreams, kubernetes: [upstream] },
  });
  expect(report.troubles.map((trouble) => trouble.fault)).toEqual(fault === undefined ? [] : [fault]);
});

test('one object that is not understood hides no other, and is counted', async () => {
  const odd = { apiVersion: 'v1' as const, kind: 'Pod' as const, metadata: { labels: app.labels } };
  const { data, troubles } = await ask({ one: { ...well, objects: [...well.objects, odd] } });
  expect([data?.workloads[0]?.pods.length, data?.more, troubles]).toEqual([2, 1, []]);
});

test('what was read before a cluster went down is shown, and that it is old', async () => {
  const ailing = toDeployed(app, { 0: { ready: false } });
  let time = now;
  const before = await ask({ one: { ...emptyCluster, objects: ailing } }, { now: () => time });
  await clusters?.stop();
  if (!clusters) throw new Error('no clusters');
  time += 100_000;
  const after = await kubernetesWidget.answer(entity, clusters.context);
  expect(after.data?.workloads).toEqual(before.data?.workloads);
  expect(after).toMatchObject({ isStale: true, status: before.status, readAt: now });
  expect(after.troubles.map(({ what }) => what)).toEqual(['one cannot be reached']);
  expect(after.data?.clusters.map(({ ok }) => ok)).toEqual([false]);
});

test('a kind that may not be read hides no other, and is named', async () => {
  const world = { ...well, forbidden: ['horizontalpodautoscalers', 'cronjobs'] };
  const report = await ask({ one: world });
  expect(report.data?.workloads).toHaveLength(1);
  expect(report.troubles).toHaveLength(1);
  expect(report.troubles[0]).toMatchObject({ source: 'one', fault: 'forbidden' });
  expect(report.troubles[0]?.what).toContain('(cronjobs, horizontalpodautoscalers)');
});

test.each([
  ['everywhere', [modernApis, modernApis], ['one', 'two']],
  ['in one of two clusters', [modernApis, emptyCluster.apis], []],
])('that Argo Rollouts is missing %s', async (_, [first = {}, second = {}], sources) => {
  const report = await ask({ one: { ...well, apis: first }, two: { ...well, apis: second } });
  expect(report.troubles.map(({ source, fault, what }) => [source, fault, what.includes('Rollouts')])).toEqual(
    sources.map((source) => [source, 'not-found', true]),
  );
  expect(report.data?.clusters.every(({ ok }) => ok)).toBe(true);
});

test('a cluster of version 1.20 is asked by the versions of its time', async () => {
  const objects = [
    ...toDeployed(app),
    toScaler(app, 1, 2),
    ...toScheduled({ ...app, name: 'nightly' }, '0 0 * * *', 86_400_000, now),
  ];
  const report = await ask({ one: { ...emptyCluster, objects, apis: oldApis } }, { settings: { customResources: [] } });
  expect(report.troubles).toEqual([]);
  expect(report.data?.workloads.map(({ kind, words, scale }) => [kind, words, scale?.max])).toEqual([
    ['Deployment', '2 of 2 pods ready', 2],
    ['CronJob', 'last run completed', undefined],
  ]);
  expect(report.data?.findings.map(({ code }) => code)).toEqual(['hpa-max-current-replicas']);
});

const crowd = (count: number) => toPods({ ...app, replicas: count });

test.each([
  ['two pages', crowd(400), false, 400, 0],
  ['more than two pages', crowd(600), false, 500, 1],
  ['ways that have expired', crowd(400), true, 400, 0],
])('reads %s of a list', async (_, objects, isForgetful, pods, more) => {
  const { data } = await ask({ one: { ...emptyCluster, objects, isForgetful } });
  const [only] = data?.workloads ?? [];
  expect([(only?.pods.length ?? 0) + (only?.morePods ?? 0), data?.more]).toEqual([pods, more]);
  expect(only?.pods).toHaveLength(20);
});

test('an answer stays small, and keeps the worst', async () => {
  const many = Array.from({ length: 50 }, (_, index) => ({ ...app, name: `web-${index}`, replicas: 9 }));
  const objects = many.flatMap((one) => toDeployed(one, one.name === 'web-49' ? { 0: { ready: false } } : {}));
  const sidecars = objects.map((object) =>
    object.kind === 'Pod' && object.spec
      ? {
          ...object,
          spec: {
            ...object.spec,
            containers: Array.from({ length: 30 }, (_, index) => ({
              name: `${'c'.repeat(50)}-${index}`,
              image: 'x:1',
            })),
          },
        }
      : object,
  );
  const { data, status } = await ask({ one: { ...emptyCluster, objects: sidecars } });
  expect(JSON.stringify(data).length).toBeLessThan(200_000);
  expect(data?.more).toBeGreaterThan(0);
  expect(data?.workloads.some(({ name }) => name === 'web-49')).toBe(true);
  expect(status.level).not.toBe('well');
});

const owner = toOwner('ReplicaSet', 'apps/v1', 'web-1');
const oddPod = (state: object, rest: object = {}): Pod => {
  const pod = toPod(app, 'web-1-abcde', owner, now - 3_600_000, { ready: false });
  const [status] = pod.status?.containerStatuses ?? [];
  return {
    ...pod,
    status: { ...pod.status, containerStatuses: status ? [{ ...status, state: {}, ...state }] : [], ...rest },
  };
};
const waiting = (reason: string, message = '') => ({ state: { waiting: { reason, message } } });
const ended = (exitCode: number, reason = 'Error', ago = 60_000) => ({
  terminated: { exitCode, reason, finishedAt: new Date(now - ago).toISOString() },
});

test.each<[string, Pod, string, string[]]>([
  ['CrashLoopBackOff', oddPod(waiting('CrashLoopBackOff')), 'CrashLoopBackOff', ['crash-loop']],
  ['ImagePullBackOff', oddPod(waiting('ImagePullBackOff')), 'ImagePullBackOff', ['image-pull']],
  ['ErrImagePull', oddPod(waiting('ErrImagePull')), 'ErrImagePull', ['image-pull']],
  ['InvalidImageName', oddPod(waiting('InvalidImageName')), 'InvalidImageName', ['invalid-image-name']],
  [
    'CreateContainerConfigError',
    oddPod(waiting('CreateContainerConfigError')),
    'CreateContainerConfigError',
    ['container-config'],
  ],
  ['a wait for something else', oddPod(waiting('RunContainerError')), 'RunContainerError', ['container-waiting']],
  [
    'a long creation',
    oddPod(waiting('ContainerCreating'), { phase: 'Pending' }),
    'ContainerCreating',
    ['container-waiting'],
  ],
  ['OOMKilled', oddPod({ state: ended(137, 'OOMKilled') }), 'OOMKilled', ['out-of-memory']],
  ['an exit code', oddPod({ state: ended(127) }), 'Error', ['container-error']],
  [
    'restarts',
    oddPod({
      state: { running: { startedAt: new Date(now - 9000).toISOString() } },
      restartCount: 4,
      lastState: ended(0, 'Completed'),
    }),
    'Running',
    ['containers-restarting'],
  ],
  [
    'a probe that takes long',
    oddPod({ state: { running: { startedAt: new Date(now - 600_000).toISOString() } } }),
    'Running',
    ['readiness-probe-taking-too-long'],
  ],
  [
    'a start that is young',
    oddPod({ state: { running: { startedAt: new Date(now - 9000).toISOString() } } }),
    'Running',
    [],
  ],
  ['an eviction', oddPod({ state: ended(137) }, { phase: 'Failed', reason: 'Evicted' }), 'Evicted', ['evicted']],
  [
    'no node',
    oddPod(
      {},
      {
        phase: 'Pending',
        containerStatuses: [],
        conditions: [
          { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/3 nodes are available' },
        ],
      },
    ),
    'Pending',
    ['unschedulable'],
  ],
])('a pod with %s', async (_, pod, words, codes) => {
  const { data } = await ask({ one: { ...emptyCluster, objects: [pod] } });
  expect(data?.workloads[0]?.pods[0]?.words).toBe(words);
  expect(data?.findings.map(({ code }) => code)).toEqual(codes);
  for (const { what, cause, mend, docs } of data?.findings ?? [])
    expect([what, cause, mend].every((text) => text.length > 10) && docs?.startsWith('https://')).toBe(true);
});

const rollout = (spec: object, status: object): Rollout => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Rollout',
  metadata: toMeta(app, 'web', app.since),
  spec: {
    replicas: 4,
    strategy: { canary: { steps: [{ setWeight: 20 }, { pause: {} }, { setWeight: 60 }] } },
    ...spec,
  },
  status: { replicas: 4, readyReplicas: 4, updatedReplicas: 4, ...status },
});

test.each<[string, Rollout, string, string, string[]]>([
  ['well', rollout({}, { phase: 'Healthy', currentStepIndex: 3 }), 'well', '4 of 4 pods ready', []],
  [
    'on its way',
    rollout({}, { phase: 'Progressing', currentStepIndex: 2 }),
    'attention',
    'canary under way at 60 %, step 3 of 3',
    [],
  ],
  [
    'aborted',
    rollout({}, { phase: 'Degraded', abort: true, message: 'metric "x" failed' }),
    'broken',
    'canary aborted',
    ['rollout-aborted'],
  ],
  ['degraded', rollout({}, { phase: 'Degraded' }), 'broken', 'canary degraded', ['rollout-degraded']],
  [
    'paused by hand',
    rollout({ paused: true }, { phase: 'Paused', currentStepIndex: 0 }),
    'attention',
    'canary paused at 20 %',
    ['rollout-paused'],
  ],
  [
    'of a time before phases',
    rollout({}, { pauseConditions: [{ reason: 'CanaryPauseStep', startTime: 'x' }], currentStepIndex: 1 }),
    'attention',
    'canary paused at 20 %',
    ['rollout-paused'],
  ],
  [
    'blue and green',
    rollout({ strategy: { blueGreen: { activeService: 'web' } } }, { phase: 'Paused' }),
    'attention',
    'blue-green paused, the new version waits for its promotion',
    ['rollout-paused'],
  ],
])('a Rollout that is %s', async (_, object, level, words, codes) => {
  const { data, status } = await ask({ one: { ...emptyCluster, objects: [object] } });
  expect(status).toEqual({ level, words });
  expect(data?.findings.map(({ code }) => code)).toEqual(codes);
});

test('a Rollout that takes its template from a Deployment stands for both', async () => {
  const lent = toDeployed({ ...app, replicas: 0 });
  const object = rollout(
    { workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' } },
    { phase: 'Healthy' },
  );
  const { data } = await ask({ one: { ...emptyCluster, objects: [...lent, object] } });
  expect(data?.workloads.map(({ kind }) => kind)).toEqual(['Rollout']);
});

const deployment = (spec: object, status: object) =>
  toDeployed(app).flatMap((object) =>
    object.kind === 'Deployment'
      ? {
          ...object,
          spec: { selector: {}, template: {}, ...object.spec, ...spec },
          status: { ...object.status, ...status },
        }
      : [],
  );

test.each([
  ['scaled to 0', { replicas: 0 }, { replicas: 0, updatedReplicas: 0, readyReplicas: 0 }, 'well', 'scaled to 0'],
  ['half ready', {}, { readyReplicas: 1 }, 'attention', '1 of 2 pods ready'],
  ['not ready at all', {}, { readyReplicas: 0 }, 'broken', '0 of 2 pods ready'],
  ['rolling out', {}, { updatedReplicas: 1 }, 'attention', 'rolling out, 1 of 2 pods updated'],
  ['rolling out one more', {}, { replicas: 3 }, 'attention', 'rolling out, 2 of 2 pods updated'],
  ['not seen yet', {}, { observedGeneration: 0 }, 'attention', 'rolling out, 2 of 2 pods updated'],
  ['paused', { paused: true }, {}, 'attention', 'rollout paused'],
  [
    'stuck',
    {},
    {
      conditions: [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: 'timed out' }],
    },
    'broken',
    'rollout does not finish',
  ],
])('a Deployment that is %s', async (_, spec, status, level, words) => {
  const report = await ask({ one: { ...emptyCluster, objects: deployment(spec, status) } });
  expect(report.status).toEqual({ level, words });
});

test('pods whose Deployment has no label are put under it all the same', async () => {
  const objects = toDeployed(app).filter(({ kind }) => kind !== 'Deployment');
  const { data, status } = await ask({ one: { ...emptyCluster, objects } });
  expect(data?.workloads.map(({ kind, name }) => [kind, name])).toEqual([['Deployment', 'web']]);
  expect(status.words).toBe('2 of 2 pods ready');
});

const scary = '\u001b[31mred\u001b[0m \u0007\u202etxt token=hunter2 registry.acme.io:5000/apps/web:1.2 ';

test('messages are short, plain and without secrets or names of images', async () => {
  const pod = oddPod(waiting('RunContainerError', scary.repeat(50)));
  const event = {
    apiVersion: 'v1' as const,
    kind: 'Event' as const,
    metadata: { name: 'x', namespace: 'shop' },
    involvedObject: { name: 'web-1-abcde' },
    message: `Failed to pull image "registry.acme.io/apps/web:1.2": ${scary.repeat(50)}`,
    type: 'Warning',
  };
  const { data } = await ask({ one: { ...emptyCluster, objects: [pod, event] } });
  expect(data?.events[0]?.message.length).toBeLessThanOrEqual(300);
  expect(data?.findings[0]?.what).toContain('red txt token=[redacted]');
  expect(JSON.stringify(data)).not.toMatch(/hunter|registry\.acme|\\u001b|\\u0007|\u202e/);
});

test.each([
  ['pull registry.acme.io:5000/a/b:1.2 now', 'pull …:1.2 now'],
  ['pull registry.acme.io/a@sha256:abc', 'pull …@sha256:abc'],
  ['https://registry.acme.io/v2/a:1 is gone', 'https://…:1 is gone'],
  ['dial tcp 10.0.0.1:443: refused', 'dial tcp 10.0.0.1:443: refused'],
  ['open /etc/app/config: no such file', 'open /etc/app/config: no such file'],
])('the message %j is shown as %j', (message, shown) => {
  expect(toMessage(message)).toBe(shown);
});

test('a message made to be slow is not', () => {
  const slow = [`${'a'.repeat(255)}/`.repeat(32), 'a/'.repeat(4000), 'image: "'.repeat(1000), 'token'.repeat(1600)];
  // By a pattern that tries all ways to split them, these would take minutes.
  for (let turn = 0; turn < 50; turn += 1) for (const message of slow) toMessage(message);
  expect(toMessage(slow[0] ?? '')).toHaveLength(300);
});

test.each([
  [{ url: 'https://dash.acme.io' }, 'https://dash.acme.io/#/workloads?namespace=shop'],
  [{ url: 'https://console.acme.io/', app: 'openshift' }, 'https://console.acme.io/k8s/cluster/projects/shop'],
  [
    { url: 'https://rancher.acme.io/dashboard/c/one', app: 'rancher' },
    'https://rancher.acme.io/dashboard/c/one/explorer/workload',
  ],
  [{ url: 'https://lens.acme.io/x', app: 'lens' }, 'https://lens.acme.io/x'],
  [{ url: 'javascript:alert(1)' }, undefined],
])('the dashboard %o is linked to by %s', async (dashboard, url) => {
  const { links } = await ask({ one: well }, { dashboard });
  expect(links.map((link) => link.url)).toEqual(url === undefined ? [] : [url]);
});

test('what is permitted, missing and too much is told of each cluster', async () => {
  const world = { ...well, forbidden: ['secrets', 'cronjobs', 'events', 'pods/log'], apis: oldApis };
  clusters = await startClusters({ one: world, two: undefined }, now);
  const findings = await kubernetesWidget.check(clusters.context, []);
  expect(
    findings.map(({ upstream, isFine, what }) => [upstream, isFine, what.split(' ').slice(0, 4).join(' ')]),
  ).toEqual([
    ['Kubernetes one', true, 'Kubernetes v1.31.4; lists pods,'],
    ['Kubernetes one', false, 'may not list cronjobs'],
    ['Kubernetes one', false, 'may not list events'],
    ['Kubernetes one', false, 'one (rollouts) does not'],
    ['Kubernetes one', true, 'may not read logs,'],
    ['Kubernetes one', false, 'may list configmaps, which'],
    ['Kubernetes two', false, 'two cannot be reached'],
  ]);
  expect(findings[1]?.mend).toContain(
    '- apiGroups: ["batch"]\n  resources: ["cronjobs"]\n  verbs: ["get", "list", "watch"]',
  );
});
