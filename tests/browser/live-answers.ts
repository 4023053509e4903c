import type { Route } from '@playwright/test';
import type { z } from 'zod';
import {
  type LiveAnswer,
  type LiveLevel,
  type LiveStatusList,
  type LiveTrouble,
  liveStatusListSchema,
  toAnswerSchema,
} from '#model/live/answer.ts';
import { type ArgocdData, argocdSchema } from '#model/live/argocd.ts';
import { type GithubData, githubSchema } from '#model/live/github.ts';
import { type KubernetesData, kubernetesSchema, type LivePod, type LiveWorkload } from '#model/live/kubernetes.ts';
import { type PagerdutyData, pagerdutySchema } from '#model/live/pagerduty.ts';
import { type PrometheusData, prometheusSchema } from '#model/live/prometheus.ts';
import { type WidgetId, widgetIds } from '#model/live/widgets.ts';

/** The entity that has all five widgets. */
const subject = 'component:default/checkout';
export const subjectPage = '/catalog/default/component/checkout/';

/** A moment so many seconds before another. */
export const ago = (now: number, seconds: number) => new Date(now - seconds * 1000).toISOString();

const schemas: Record<WidgetId, z.ZodType> = {
  kubernetes: kubernetesSchema,
  argocd: argocdSchema,
  github: githubSchema,
  prometheus: prometheusSchema,
  pagerduty: pagerdutySchema,
};

type Data = {
  kubernetes: KubernetesData;
  argocd: ArgocdData;
  github: GithubData;
  prometheus: PrometheusData;
  pagerduty: PagerdutyData;
};

const toPod = (now: number, name: string, told: Partial<LivePod> = {}): LivePod => ({
  name,
  level: 'well',
  words: 'Running',
  ready: 2,
  wanted: 2,
  restarts: 0,
  startedAt: ago(now, 40_000),
  node: 'ip-10-0-3-17',
  zone: 'us-east-1a',
  containers: [
    { name: 'app', tag: 'v2.14.1', ready: true, restarts: 0, state: 'running' },
    { name: 'envoy', tag: '1.31', ready: true, restarts: 0, state: 'running' },
  ],
  ...told,
});

const toWorkload = (now: number, name: string, told: Partial<LiveWorkload> = {}): LiveWorkload => ({
  cluster: 'prod-us',
  namespace: 'checkout',
  kind: 'Deployment',
  name,
  level: 'well',
  words: 'Available',
  ready: 3,
  wanted: 3,
  tags: ['v2.14.1'],
  pods: ['x7k2p', 'q9d4m', 'b5t8z'].map((end) => toPod(now, `${name}-6d9f7c5b8-${end}`)),
  morePods: 0,
  ...told,
});

/** What each widget shows when there is something to see: a crash, a paused canary, a failing workflow, a burning budget. */
function toEventfulData(now: number): Data {
  return {
    kubernetes: {
      clusters: [{ name: 'prod-us', ok: true, readAt: ago(now, 12) }],
      workloads: [
        toWorkload(now, 'checkout', {
          kind: 'Rollout',
          level: 'attention',
          words: 'Paused at 25 %',
          rollout: {
            strategy: 'canary',
            step: 2,
            steps: 5,
            weight: 25,
            paused: true,
            aborted: false,
            message: 'CanaryPauseStep',
          },
        }),
        toWorkload(now, 'checkout-worker', {
          level: 'broken',
          words: 'CrashLoopBackOff',
          ready: 1,
          wanted: 2,
          pods: [
            toPod(now, 'checkout-worker-5b8c-crash', {
              level: 'broken',
              words: 'CrashLoopBackOff',
              ready: 0,
              wanted: 1,
              restarts: 14,
              lastRestartAt: ago(now, 190),
              containers: [{ name: 'app', tag: 'v2.14.1', ready: false, restarts: 14, state: 'CrashLoopBackOff' }],
            }),
            toPod(now, 'checkout-worker-5b8c-fine'),
          ],
        }),
        toWorkload(now, 'checkout-nightly-reconciliation-of-payments', {
          kind: 'CronJob',
          words: 'Last run succeeded',
          schedule: '15 3 * * *',
          lastRunAt: ago(now, 30_000),
          pods: [],
        }),
      ],
      findings: [
        {
          code: 'crash-loop',
          level: 'broken',
          cluster: 'prod-us',
          namespace: 'checkout',
          kind: 'Pod',
          name: 'checkout-worker-5b8c-crash',
          what: 'A container of checkout-worker keeps crashing',
          cause: 'It exits with code 1 right after it starts: a setting or a dependency is missing.',
          mend: 'Read its log from before the restart.',
          docs: 'https://kubernetes.io/docs/tasks/debug/debug-application/debug-pods/',
        },
      ],
      events: [
        {
          cluster: 'prod-us',
          namespace: 'checkout',
          object: 'Pod/checkout-worker-5b8c-crash',
          type: 'Warning',
          reason: 'BackOff',
          message: 'Back-off restarting failed container app',
          count: 42,
          lastAt: ago(now, 45),
        },
        {
          cluster: 'prod-us',
          namespace: 'checkout',
          object: 'Rollout/checkout',
          type: 'Normal',
          reason: 'RolloutPaused',
          message: 'Rollout is paused',
          count: 1,
          lastAt: ago(now, 900),
        },
      ],
      logs: true,
      more: 0,
    },
    argocd: {
      applications: [
        {
          instance: 'main',
          name: 'checkout-prod-us',
          project: 'payments',
          destination: 'prod-us/checkout',
          level: 'attention',
          sync: 'OutOfSync',
          health: 'Progressing',
          phase: 'Succeeded',
          conditions: ['ConfigMap checkout-flags is not managed by this application'],
          syncedAt: ago(now, 720),
          revisions: [
            {
              source: 'github.com/acme/checkout',
              isChart: false,
              revision: '4f2a9c1',
              url: 'https://github.com/acme/checkout/commit/4f2a9c1',
            },
          ],
          history: Array.from({ length: 6 }, (_, at) => ({
            id: 40 - at,
            deployedAt: ago(now, 720 + at * 86_400),
            took: 34 + at,
            by: at % 2 === 0 ? 'automatic' : 'ada',
            revisions: [
              {
                source: 'github.com/acme/checkout',
                isChart: false,
                revision: `4f2a9c${at}`,
                url: `https://github.com/acme/checkout/commit/4f2a9c${at}`,
              },
            ],
          })),
          url: 'https://argocd.acme.example/applications/argocd/checkout-prod-us',
        },
      ],
      more: 0,
    },
    github: {
      repository: 'acme/checkout',
      branch: 'main',
      workflows: [
        {
          name: 'Build and test',
          level: 'broken',
          words: 'failed',
          run: 812,
          event: 'push',
          title: 'Retry the outbox',
          commit: '4f2a9c1',
          startedAt: ago(now, 1800),
          took: 312,
          url: 'https://github.com/acme/checkout/actions/runs/812',
        },
        {
          name: 'Security scan',
          level: 'attention',
          words: 'running',
          run: 813,
          event: 'schedule',
          title: 'Retry the outbox',
          commit: '4f2a9c1',
          startedAt: ago(now, 60),
          url: 'https://github.com/acme/checkout/actions/runs/813',
        },
        {
          name: 'Deploy',
          level: 'well',
          words: 'passed',
          run: 90,
          event: 'push',
          title: 'Retry the outbox',
          commit: '4f2a9c1',
          startedAt: ago(now, 3600),
          took: 95,
          url: 'https://github.com/acme/checkout/actions/runs/90',
        },
        {
          name: 'Publish the docs',
          level: 'well',
          words: 'passed',
          run: 33,
          event: 'push',
          title: 'Retry the outbox',
          commit: '4f2a9c1',
          startedAt: ago(now, 90_000),
          took: 41,
          url: 'https://github.com/acme/checkout/actions/runs/33',
        },
      ],
      pullRequests: [
        {
          number: 412,
          title: 'Move payment intents to the new gateway client and drop the old retries',
          author: 'grace',
          isDraft: false,
          openedAt: ago(now, 8 * 86_400),
          updatedAt: ago(now, 3600),
          review: 'changes-requested',
          url: 'https://github.com/acme/checkout/pull/412',
        },
        {
          number: 420,
          title: 'Bump zod',
          author: 'renovate',
          isDraft: false,
          openedAt: ago(now, 86_400),
          updatedAt: ago(now, 3600),
          review: 'waiting',
          url: 'https://github.com/acme/checkout/pull/420',
        },
        {
          number: 421,
          title: 'Try idempotency keys',
          author: 'ada',
          isDraft: true,
          openedAt: ago(now, 7200),
          updatedAt: ago(now, 3600),
          review: 'none',
          url: 'https://github.com/acme/checkout/pull/421',
        },
      ],
      morePullRequests: false,
    },
    prometheus: {
      objectives: [
        {
          name: 'checkout availability',
          level: 'attention',
          origin: 'sloth',
          objective: 0.999,
          days: 30,
          reached: 0.9993,
          budget: 0.31,
          burn: { hour: 6.2, sixHours: 2.1, threeDays: 0.8 },
          spark: Array.from({ length: 48 }, (_, at) => (at === 20 ? null : 0.9993 - Math.max(0, at - 36) * 0.00006)),
          sparkSeconds: 86_400,
        },
        {
          name: 'checkout latency',
          level: 'well',
          origin: 'rule',
          burn: {},
          value: 0.184,
          unit: 'seconds',
          spark: [0.18, 0.17, 0.19, 0.184],
          sparkSeconds: 3600,
        },
      ],
      alerts: [
        {
          name: 'CheckoutBudgetBurnsFast',
          state: 'firing',
          severity: 'page',
          since: ago(now, 540),
          summary: 'The error budget of checkout burns six times faster than it may.',
          runbook: 'https://runbooks.acme.io/checkout',
          count: 1,
        },
        { name: 'CheckoutOutboxLagHigh', state: 'pending', severity: 'ticket', since: ago(now, 120), count: 2 },
      ],
      more: 0,
    },
    pagerduty: {
      service: { name: 'Checkout', url: 'https://acme.pagerduty.com/service-directory/PABC123' },
      onCall: [
        { level: 1, names: ['Ada Okafor'], until: ago(now, -5 * 3600) },
        { level: 2, names: ['Grace Lindqvist', 'Tomás Aguirre'], until: ago(now, -2 * 86_400) },
        { level: 3, names: ['Head of Payments'] },
      ],
      incidents: [
        {
          number: 1841,
          title: 'Checkout error budget burns fast',
          status: 'triggered',
          urgency: 'high',
          openedAt: ago(now, 500),
          url: 'https://acme.pagerduty.com/incidents/Q1',
        },
        {
          number: 1839,
          title: 'Slow settlement export',
          status: 'acknowledged',
          urgency: 'low',
          openedAt: ago(now, 30_000),
        },
      ],
      moreIncidents: false,
    },
  };
}

const statusTable: Record<WidgetId, { level: LiveLevel; words: string }> = {
  kubernetes: { level: 'broken', words: '4 of 5 pods ready' },
  argocd: { level: 'attention', words: 'out of sync' },
  github: { level: 'broken', words: 'main failing, 3 pull requests' },
  prometheus: { level: 'attention', words: 'SLO 99.93 %, 31 % budget left' },
  pagerduty: { level: 'broken', words: '2 open incidents' },
};

/** The answer of a widget when there is something to see, changed as told. It is what the proxy's schemas allow, or this throws. */
export function toAnswer(widget: WidgetId, now: number, told: Partial<LiveAnswer> = {}): LiveAnswer {
  const answer = {
    version: 1,
    widget,
    ref: subject,
    state: 'ok',
    status: statusTable[widget],
    readAt: ago(now, 12),
    again: 30,
    troubles: [],
    links: [{ title: 'Open its own page', url: `https://${widget}.acme.example/checkout` }],
    data: toEventfulData(now)[widget],
    ...told,
  };
  return toAnswerSchema(schemas[widget]).parse(JSON.parse(JSON.stringify(answer)));
}

const trouble: LiveTrouble = {
  source: 'prod-eu',
  fault: 'timeout',
  what: 'prod-eu did not answer in time',
  mend: 'Try again in a minute; if it lasts, tell its operators.',
};

const unknown = { level: 'unknown', words: 'not known' } as const;

/** The states that the proxy can answer with, as changes of the eventful answer. */
export const states: Record<string, (now: number) => Partial<LiveAnswer>> = {
  ok: () => ({}),
  demo: () => ({ demo: true }),
  empty: () => ({ state: 'empty', status: { level: 'unknown', words: 'nothing found' }, data: undefined }),
  partial: () => ({ state: 'partial', troubles: [trouble] }),
  stale: (now) => ({ state: 'stale', readAt: ago(now, 840), troubles: [trouble] }),
  failed: () => ({ state: 'failed', status: unknown, readAt: undefined, data: undefined, troubles: [trouble] }),
  'not-configured': () => ({
    state: 'not-configured',
    status: { level: 'unknown', words: 'not configured' },
    ...{ readAt: undefined, data: undefined },
    troubles: [
      {
        source: 'portal',
        fault: 'not-configured',
        what: 'No cluster is configured',
        mend: 'The platform team adds one to app-config.yaml.',
      },
    ],
  }),
};

/** What the batch says of some entities. */
export function toStatusList(refs: readonly string[]): LiveStatusList {
  const levels = ['well', 'attention', 'broken', 'unknown'] as const;
  const words = ['6 of 6 pods ready', 'rollout paused', 'main failing', 'not read yet'];
  return liveStatusListSchema.parse({
    version: 1,
    again: 30,
    entities: refs.map((ref, at) => ({
      ref,
      status: { level: levels[at % 4] ?? 'well', words: words[at % 4] ?? '' },
      widgets: {},
      onCall: at % 3 === 2 ? [] : ['Ada Okafor'],
    })),
    unknown: [],
  });
}

/** The widget that a question is about; nothing for the batch and for logs. */
export function findAsked(address: string): WidgetId | undefined {
  const word = new URL(address).pathname.split('/')[3];
  return widgetIds.find((id) => id === word);
}

/** The references that the batch is asked for. */
export function listAsked(address: string): string[] {
  return (new URL(address).searchParams.get('refs') ?? '').split(',');
}

/** Answers every question with nothing: no widget is configured, no entity is known. */
export async function answerQuietly(route: Route): Promise<void> {
  const address = route.request().url();
  const widget = findAsked(address);
  const now = Date.now();
  const batch = liveStatusListSchema.parse({ version: 1, again: 60, entities: [], unknown: listAsked(address) });
  await route.fulfill({ json: widget ? toAnswer(widget, now, states['not-configured']?.(now)) : batch });
}
