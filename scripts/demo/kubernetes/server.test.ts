import { Rollout as RolloutModel } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/Rollout';
import { DaemonSet } from 'kubernetes-models/apps/v1/DaemonSet';
import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { ReplicaSet } from 'kubernetes-models/apps/v1/ReplicaSet';
import { StatefulSet } from 'kubernetes-models/apps/v1/StatefulSet';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler';
import { CronJob } from 'kubernetes-models/batch/v1/CronJob';
import { Job } from 'kubernetes-models/batch/v1/Job';
import { ConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { Event } from 'kubernetes-models/v1/Event';
import { Pod } from 'kubernetes-models/v1/Pod';
import { Secret } from 'kubernetes-models/v1/Secret';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type StartedServer, startLocally } from '../start.ts';
import { toPods } from './manifests.ts';
import { createApiServer } from './server.ts';
import { story } from './story.ts';
import { type ClusterObject, type ClusterWorld, emptyCluster } from './world.ts';

const now = Date.parse('2026-11-28T14:10:00Z');

/** The schemas of Kubernetes' own OpenAPI and of the custom resource of Argo Rollouts. */
const validators: Record<NonNullable<ClusterObject['kind']>, (object: never) => void> = {
  Pod: (object) => new Pod(object).validate(),
  Deployment: (object) => new Deployment(object).validate(),
  StatefulSet: (object) => new StatefulSet(object).validate(),
  DaemonSet: (object) => new DaemonSet(object).validate(),
  ReplicaSet: (object) => new ReplicaSet(object).validate(),
  Job: (object) => new Job(object).validate(),
  CronJob: (object) => new CronJob(object).validate(),
  HorizontalPodAutoscaler: (object) => new HorizontalPodAutoscaler(object).validate(),
  Rollout: (object) => new RolloutModel(object).validate(),
  Event: (object) => new Event(object).validate(),
  Secret: (object) => new Secret(object).validate(),
  ConfigMap: (object) => new ConfigMap(object).validate(),
};

describe('the story', () => {
  test('has only objects that Kubernetes and Argo Rollouts would have', () => {
    for (const { objects } of Object.values(story(now)))
      for (const object of objects) expect(() => validators[object.kind ?? 'Pod'](object as never)).not.toThrow();
  });

  test('names no object twice', () => {
    const names = story(now)['prod-us']?.objects.map(
      ({ kind, metadata }) => `${kind} ${metadata?.namespace}/${metadata?.name}`,
    );
    expect(new Set(names).size).toBe(names?.length);
  });

  test('is the same at the same time, and goes on', () => {
    expect(story(now)).toEqual(story(now));
    expect(story(now)).not.toEqual(story(now + 600_000));
  });
});

const app = {
  name: 'web',
  namespace: 'shop',
  version: '1',
  replicas: 3,
  since: now,
  labels: { app: 'web', tier: 'front', n: '7' },
};
const pods = toPods(app);
const name = pods[0]?.metadata?.name ?? '';
const world: ClusterWorld = {
  ...emptyCluster,
  token: 'right',
  objects: pods,
  forbidden: ['secrets', 'jobs'],
  logs: { [`shop/${name}/web`]: { lines: ['a', 'b'].map((text) => ({ at: '2026-11-28T14:00:00Z', text })) } },
};

let server: StartedServer;
beforeAll(async () => {
  server = await startLocally(
    createApiServer(
      () => world,
      () => now,
    ),
  );
});
afterAll(() => server.stop());

const ask = (path: string, options: RequestInit = {}) =>
  fetch(`${server.url}${path}`, { headers: { authorization: 'Bearer right' }, ...options });

test.each([
  ['/version', 200],
  ['/api/v1/pods', 200],
  ['/api/v1/namespaces/shop/pods', 200],
  [`/api/v1/namespaces/shop/pods/${name}`, 200],
  ['/api/v1/namespaces/shop/pods/nobody', 404],
  ['/api/v1/secrets', 403],
  ['/apis/batch/v1/jobs', 403],
  ['/apis/batch/v1beta1/cronjobs', 404],
  ['/api/v1/pods?labelSelector=a%3D%3D%3Db', 400],
  ['/api/v1/events?fieldSelector=reason%3Dx', 400],
  [`/api/v1/namespaces/shop/pods/${name}/log?container=other`, 400],
  [`/api/v1/namespaces/shop/pods/${name}/log?previous=true`, 400],
  ['/elsewhere', 404],
])('%s is answered by %d', async (path, status) => {
  expect((await ask(path)).status).toBe(status);
});

test.each([
  ['no token', { headers: {} }, 401, 'Unauthorized'],
  ['another token', { headers: { authorization: 'Bearer wrong' } }, 401, 'Unauthorized'],
  ['another method', { method: 'DELETE' }, 405, 'MethodNotAllowed'],
])('with %s there is no answer but a Status', async (_, options, code, reason) => {
  const response = await ask('/api/v1/pods', options);
  expect(response.status).toBe(code);
  expect(await response.json()).toMatchObject({ kind: 'Status', status: 'Failure', code, reason });
});

test.each([
  ['app=web', 3],
  ['app==web,tier!=back', 3],
  ['app!=web', 0],
  ['tier in (front, back)', 3],
  ['tier notin (front)', 0],
  ['nothing notin (x)', 3],
  ['app,!nothing', 3],
  ['n>6,n<8', 3],
])('the selector %s finds %d pods', async (selector, count) => {
  const list = await (await ask(`/api/v1/pods?labelSelector=${encodeURIComponent(selector)}`)).json();
  expect(list.items).toHaveLength(count);
});

test('a list comes in pages, and its objects do not say their kind', async () => {
  const first = await (await ask('/api/v1/pods?limit=2')).json();
  expect([first.kind, first.items.length, first.metadata.remainingItemCount]).toEqual(['PodList', 2, 1]);
  expect(first.items[0].kind).toBeUndefined();
  const second = await (await ask(`/api/v1/pods?limit=2&continue=${first.metadata.continue}`)).json();
  expect([second.items.length, second.metadata.continue]).toEqual([1, undefined]);
});

test('a log is cut as it is asked for', async () => {
  const path = `/api/v1/namespaces/shop/pods/${name}/log?container=web`;
  expect(await (await ask(path)).text()).toBe('a\nb\n');
  expect(await (await ask(`${path}&tailLines=1&timestamps=true`)).text()).toBe('2026-11-28T14:00:00Z b\n');
  expect(await (await ask(`${path}&limitBytes=3`)).text()).toBe('a\nb');
});
