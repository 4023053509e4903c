import { type Application, toTime } from './manifests.ts';
import { toNotificationsStory } from './story-notifications.ts';
import { toDeployed, toEvent, toPausedRollout, toScaler, toScheduled } from './workloads.ts';
import { type ClusterObject, type ClusterWorld, emptyCluster, type LogLine } from './world.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** An application of the organisation under its id, as its repository labels it. */
function toApplication(name: string, namespace: string, version: string, replicas: number, since: number) {
  return { name, namespace, version, replicas, since, labels: { 'backstage.io/kubernetes-id': name } };
}

/** What runs without anything to tell: name, namespace, version, replicas, days since its version came. */
const quiet: readonly (readonly [string, string, string, number, number])[] = [
  ['checkout', 'payments', 'v2.3.1', 6, 2],
  ['checkout-outbox', 'payments', 'v2.3.1', 2, 2],
  ['inventory', 'fulfilment', '4.12.0', 4, 5],
  ['stock-importer', 'fulfilment', '4.12.0', 1, 5],
  ['returns', 'fulfilment', '1.8.3', 2, 11],
  ['mobile-gateway', 'mobile', '3.0.7', 3, 1],
  ['identity', 'customer-identity', '7.1.0', 3, 20],
  ['storefront-bff', 'storefront', '2026.11.3', 4, 3],
  ['search-indexer', 'merchandising', '0.44.0', 1, 8],
  ['pricing', 'merchandising', '5.2.0', 3, 4],
  ['promotions-admin', 'merchandising', '1.19.2', 1, 15],
];

/** What runs by the clock: name, namespace, version, schedule, how often that is. */
const scheduled: readonly (readonly [string, string, string, string, number])[] = [
  ['settlement-job', 'payments', '1.6.0', '0 * * * *', hour],
  ['clickstream-sessions', 'data', '2.2.1', '*/30 * * * *', 30 * minute],
  ['order-export', 'data', '1.0.9', '0 */6 * * *', 6 * hour],
  ['stock-forecast', 'data', '3.4.0', '0 0 * * *', day],
];

function toSearch(now: number): ClusterObject[] {
  const app: Application = {
    ...toApplication('product-search', 'merchandising', '2.7.0', 3, now - 30 * hour),
    memory: '1Gi',
  };
  const killedAt = Math.floor(now / (10 * minute)) * 10 * minute - hour;
  const deployed = toDeployed(app, {
    1: {
      restarts: 1,
      state: { running: { startedAt: toTime(killedAt + 4000) } },
      lastState: {
        terminated: {
          exitCode: 137,
          reason: 'OOMKilled',
          startedAt: toTime(app.since),
          finishedAt: toTime(killedAt),
        },
      },
    },
  });
  return deployed;
}

function toGateway(now: number): ClusterObject[] {
  const rolledOut = Math.floor(now / hour) * hour - 100 * minute;
  const app = toApplication('payments-gateway', 'payments', 'v5.1.0-rc.2', 8, rolledOut);
  const pausedAt = rolledOut + 3 * minute;
  const event = {
    kind: 'Rollout',
    name: app.name,
    type: 'Normal',
    reason: 'RolloutPaused',
    message: 'Rollout is paused (CanaryPauseStep)',
    count: 1,
  };
  return [...toPausedRollout(app, 'v5.0.4', pausedAt), toEvent('payments', event, pausedAt, pausedAt)];
}

function toWeb(dayStart: number): ClusterObject[] {
  const app = toApplication('web', 'storefront', '2026.11.27', 3, dayStart - day);
  const labels = { 'app.kubernetes.io/part-of': 'storefront', 'app.kubernetes.io/name': 'web' };
  return toDeployed({ ...app, labels });
}

const requests = [
  'GET /healthz 200 1ms',
  'GET /api/orders/8123 200 12ms',
  'POST /api/orders 201 48ms',
  'GET /ready 200 1ms',
];

/** What an application that is well writes: a line a minute, and one that says more than it should. */
function toQuietLog(now: number): LogLine[] {
  const last = Math.floor(now / minute) * minute;
  return Array.from({ length: 60 }, (_, index) => ({
    at: toTime(last - (59 - index) * minute),
    text:
      index === 7
        ? 'level=debug msg="connecting" dsn=postgres://app:hunter-log@db.acme.io/app'
        : `level=info msg="${requests[index % requests.length]}"`,
  }));
}

function toLogs(objects: readonly ClusterObject[], now: number): ClusterWorld['logs'] {
  const log = { lines: toQuietLog(now), grows: { every: 2000, texts: requests, repeats: true } };
  const named = objects.flatMap((object) =>
    object.kind === 'Pod'
      ? (object.spec?.containers ?? []).map(
          ({ name }) => [`${object.metadata?.namespace}/${object.metadata?.name}/${name}`, log] as const,
        )
      : [],
  );
  return Object.fromEntries(named);
}

/** The cluster `prod-us` of the demo organisation at a time. */
function toProdUs(now: number): ClusterWorld {
  const today = Math.floor(now / day) * day;
  const deployed = quiet.flatMap(([name, namespace, version, replicas, days]) =>
    toDeployed(toApplication(name, namespace, version, replicas, today - days * day)),
  );
  const scalers = [
    toScaler(toApplication('checkout', 'payments', 'v2.3.1', 6, today - 90 * day), 4, 12),
    toScaler(toApplication('storefront-bff', 'storefront', '2026.11.3', 4, today - 90 * day), 2, 8),
  ];
  const jobs = scheduled.flatMap(([name, namespace, version, schedule, every]) =>
    toScheduled(toApplication(name, namespace, version, 1, today - 60 * day), schedule, every, now),
  );
  const notifications = toNotificationsStory(now);
  const objects = [
    ...deployed,
    ...scalers,
    ...jobs,
    ...toWeb(today),
    ...toSearch(now),
    ...toGateway(now),
    ...notifications.objects,
  ];
  return {
    ...emptyCluster,
    objects,
    logs: { ...toLogs(objects, now), ...notifications.logs },
  };
}

/** The clusters of the demo organisation by name. */
export const story = (now: number): Readonly<Record<string, ClusterWorld>> => ({ 'prod-us': toProdUs(now) });
