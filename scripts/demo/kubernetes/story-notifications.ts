import { type Application, toPods, toTime } from './manifests.ts';
import { toDeployed, toEvent } from './workloads.ts';
import type { ClusterObject, ClusterWorld } from './world.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

const app = (now: number): Application => ({
  name: 'notifications',
  namespace: 'mobile',
  version: '3.8.0',
  replicas: 3,
  since: Math.floor(now / day) * day - 7 * minute * 60,
  labels: { 'backstage.io/kubernetes-id': 'notifications' },
});

/** One pod of three ends some seconds after each start: it is started again every five minutes. */
export function toNotificationsStory(now: number): { objects: ClusterObject[]; logs: ClusterWorld['logs'] } {
  const own = app(now);
  const started = Math.floor(now / (5 * minute)) * 5 * minute - 5 * minute;
  const restarts = Math.floor((now - own.since) / (5 * minute));
  const ended = { exitCode: 1, reason: 'Error', startedAt: toTime(started), finishedAt: toTime(started + 7000) };
  const odd = {
    ready: false,
    restarts,
    state: {
      waiting: {
        reason: 'CrashLoopBackOff',
        message: `back-off 5m0s restarting failed container=${own.name} pod=notifications_mobile`,
      },
    },
    lastState: { terminated: ended },
  };
  const name = toPods(own)[2]?.metadata?.name ?? '';
  const happening = {
    kind: 'Pod',
    name,
    type: 'Warning',
    reason: 'BackOff',
    message: `Back-off restarting failed container ${own.name} in pod ${name}`,
    count: restarts * 4,
  };
  const pulled = {
    ...happening,
    type: 'Normal',
    reason: 'Pulled',
    message: `Container image "registry.acme.io/apps/notifications:${own.version}" already present on machine`,
    count: restarts + 1,
  };
  const texts = [
    'starting',
    'connecting to kafka-commerce-prod',
    'level=fatal msg="no template `parcel-sent` for en-CA"',
  ];
  const lines = texts.map((text, index) => ({ at: toTime(started + index * 3000), text }));
  return {
    objects: [
      ...toDeployed(own, { 2: odd }),
      toEvent('mobile', happening, own.since, now - 20_000),
      toEvent('mobile', pulled, own.since, started),
    ],
    logs: { [`mobile/${name}/notifications`]: { lines, previous: lines } },
  };
}
