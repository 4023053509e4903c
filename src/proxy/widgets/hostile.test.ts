import fc from 'fast-check';
import { expect, test } from 'vitest';
import { liveFaults } from '#model/live/answer.ts';
import { createWidgetContext, toEntity } from '../../../tests/live/widget-context.ts';
import type { Upstream, UpstreamOutcome } from '../upstream.ts';
import { argocdWidget } from './argocd/widget.ts';
import type { Widget } from './define.ts';
import { githubWidget } from './github/widget.ts';
import { kubernetesWidget } from './kubernetes/widget.ts';
import { pagerdutyWidget } from './pagerduty/widget.ts';
import { prometheusWidget } from './prometheus/widget.ts';

const entity = toEntity({
  'argocd/app-selector': 'team',
  'github.com/project-slug': 'acme/checkout',
  'pagerduty.com/service-id': 'PABC123',
  'backstage.io/kubernetes-id': 'checkout',
  'prometheus.io/rule': 'checkout,job:up:rate5m',
  'prometheus.io/alert': 'Down,all',
});

/** Names that answers have, so that what is made up reaches deep; and values that such names seldom have. */
const names = ['items', 'metadata', 'name', 'labels', 'team', 'spec', 'sources', 'repoURL', 'status', 'sync', 'history']
  .concat(['revisions', 'deployedAt', 'id', 'conditions', 'type', 'message', 'operationState', 'phase', 'health'])
  .concat([
    'default_branch',
    'workflow_runs',
    'workflow_id',
    'run_number',
    'event',
    'head_sha',
    'created_at',
    'updated_at',
  ])
  .concat(['number', 'title', 'user', 'state', 'workflows', 'services', 'service', 'escalation_policy', 'oncalls'])
  .concat([
    'escalation_level',
    'summary',
    'incidents',
    'incident_number',
    'urgency',
    'html_url',
    '__proto__',
    'constructor',
  ])
  .concat(['containers', 'containerStatuses', 'image', 'restartCount', 'state', 'waiting', 'terminated', 'reason'])
  .concat(['ownerReferences', 'kind', 'replicas', 'template', 'startTime', 'schedule', 'count', 'lastTimestamp'])
  .concat(['data', 'resultType', 'result', 'metric', 'value', 'values', 'groups', 'rules', 'alerts', 'annotations'])
  .concat(['runbook_url', 'activeAt', 'sloth_id', '__name__', 'slo', 'exitCode', 'finishedAt', 'phase', 'namespace']);
const leaf = fc.oneof(
  fc.constantFrom(null, true, '', 'x', 'triggered', 'completed', 'success', 'Synced', '2026-03-04T10:00:00Z'),
  fc.constantFrom(
    '+275760-09-13T00:00:00.001Z',
    'https://a:b@pagerduty.com/x',
    'javascript:alert(1)',
    '+099999-01-01T00:00:00Z',
    'NaN',
    'git@github.com:a/b',
    '\u001b[31m\u202e\ud800',
  ),
  fc.constantFrom(0, -1, 1.5, 42, 1e308),
  fc.constantFrom('vector', 'matrix', 'firing', 'alerting', 'Running', 'ReplicaSet', 'where', 'checkout', 'Down'),
);
const { hostile } = fc.letrec((tie) => ({
  hostile: fc.oneof(
    { maxDepth: 7 },
    leaf,
    fc.array(tie('hostile'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...names), tie('hostile'), { maxKeys: 12 }),
  ),
}));
/** A sample with parts of it replaced by what is made up. */
function toVariant(sample: unknown): fc.Arbitrary<unknown> {
  if (Array.isArray(sample)) return fc.array(toVariant(sample[0]), { maxLength: 4 });
  const parts = typeof sample === 'object' && sample !== null ? Object.entries(sample) : undefined;
  const same = parts
    ? fc.record(Object.fromEntries(parts.map(([key, part]) => [key, toVariant(part)])))
    : fc.constant(sample);
  return fc.oneof({ weight: 12, arbitrary: same }, { weight: 1, arbitrary: hostile });
}

const at = '2026-03-04T09:00:00Z';
const ended = { exitCode: 1, signal: 9, reason: 'Error', finishedAt: at };
const status = {
  ...{ name: 'app', ready: false, restartCount: 3 },
  ...{ state: { waiting: { reason: 'CrashLoopBackOff', message: 'x' } }, lastState: { terminated: ended } },
};
const metadata = { name: 'checkout', namespace: 'shop', creationTimestamp: at, generation: 1 };
const template = { spec: { containers: [{ name: 'app', image: 'a/b:1' }] } };
const object = {
  metadata: { ...metadata, ownerReferences: [{ kind: 'ReplicaSet', name: 'x', controller: true }] },
  spec: {
    nodeName: 'n',
    containers: template.spec.containers,
    replicas: 2,
    template,
    schedule: '* * * * *',
    maxReplicas: 3,
  },
  status: {
    phase: 'Running',
    startTime: at,
    containerStatuses: [status],
    replicas: 2,
    readyReplicas: 1,
    conditions: [],
  },
  ...{ type: 'Warning', reason: 'BackOff', message: 'x', count: 3, lastTimestamp: at },
};
const alert = {
  labels: { service: 'checkout' },
  annotations: { runbook_url: 'https://a/b' },
  state: 'firing',
  activeAt: at,
};
const series = { metric: { __name__: 'slo:objective:ratio', sloth_id: 'checkout' }, value: [1, '0.999'] };

/** Answers as the upstreams write them. */
const kubernetesSample = { metadata: {}, items: [object] };
const prometheusSample = {
  status: 'success',
  data: {
    resultType: 'vector',
    result: [series],
    groups: [{ rules: [{ type: 'alerting', name: 'Down', alerts: [alert] }] }],
  },
};

const toOutcome = (answer: fc.Arbitrary<unknown>): fc.Arbitrary<UpstreamOutcome> =>
  fc.oneof(
    { weight: 6, arbitrary: answer.map((value) => ({ kind: 'answer', value }) as const) },
    { weight: 1, arbitrary: fc.constantFrom(...liveFaults).map((fault) => ({ kind: 'fault', fault }) as const) },
    { weight: 1, arbitrary: fc.constant({ kind: 'same' } as const) },
  );

function createHostileUpstream(outcomes: readonly UpstreamOutcome[]): Upstream {
  let turn = 0;
  return {
    id: 'some/where',
    name: 'where',
    follow: async () => ({ kind: 'fault', fault: 'refused' }),
    ask: async () => outcomes[turn++ % outcomes.length] ?? { kind: 'same' },
  };
}

const rows: readonly (readonly [Widget<unknown>, fc.Arbitrary<unknown>])[] = [
  [argocdWidget, hostile],
  [githubWidget, hostile],
  [pagerdutyWidget, hostile],
  [kubernetesWidget, toVariant(kubernetesSample)],
  [prometheusWidget, toVariant(prometheusSample)],
];

const toContext = (upstream: Upstream) =>
  createWidgetContext({
    settings: {
      clusters: [{ name: 'where', url: 'https://kube.acme.io', skipTlsVerify: false }],
      customResources: [{ group: 'argoproj.io', apiVersion: 'v1alpha1', plural: 'rollouts' }],
      prometheus: [{ name: 'where', url: 'https://prometheus.acme.io', queries: [] }],
      argocd: [{ name: 'where', url: 'https://argocd.acme.io' }],
      github: [
        {
          host: 'github.com',
          apiUrl: 'https://api.github.com',
          webUrl: 'https://github.com',
          toCredential: () => undefined,
        },
      ],
    },
    upstreams: {
      kubernetes: [upstream],
      prometheus: [upstream],
      argocd: [upstream],
      pagerduty: upstream,
      findGithub: () => upstream,
    },
  });

test.each(rows.map(([widget, answer]) => [widget.id, widget, toOutcome(answer)] as const))(
  'whatever its upstream answers, %s reports what a page understands',
  async (_, widget, outcome) => {
    await fc.assert(
      fc.asyncProperty(fc.array(outcome, { minLength: 1, maxLength: 5 }), async (outcomes) => {
        const context = toContext(createHostileUpstream(outcomes));
        const report = await widget.answer(entity, context);
        if (report.data !== undefined) expect(widget.schema.parse(report.data)).toEqual(report.data);
        expect(Number.isFinite(report.freshUntil)).toBe(true);
        expect(report.data !== undefined || report.troubles.length > 0 || report.status.level === 'unknown').toBe(true);
        expect(JSON.stringify(report)).not.toMatch(/\\u001b|\u202e|a:b@|"(?:url|runbook)":"javascript:/);
        for (const { isFine, mend } of await widget.check(context, [entity]))
          expect(isFine || mend !== undefined).toBe(true);
      }),
      { numRuns: 150 },
    );
  },
);

const millions = Array.from({ length: 1_000_000 }, () => 1);
const alerting = (alerts: unknown) => ({ type: 'alerting', name: 'Down', alerts });
const pod = (parts: unknown) => ({ ...object, spec: { containers: parts }, status: { conditions: parts } });

test.each<[Widget<unknown>, unknown]>([
  [kubernetesWidget, { items: millions }],
  [kubernetesWidget, { items: [pod(millions)] }],
  [argocdWidget, { items: millions }],
  [argocdWidget, { items: [{ metadata, status: { history: millions, conditions: millions } }] }],
  [githubWidget, { default_branch: 'main', workflow_runs: millions, workflows: millions }],
  [pagerdutyWidget, { service: { id: 'P' }, oncalls: millions, incidents: millions, services: millions }],
  [prometheusWidget, { status: 'success', data: { resultType: 'vector', result: millions, groups: millions } }],
  [prometheusWidget, { status: 'success', data: { groups: [{ rules: millions }, { rules: [alerting(millions)] }] } }],
])('of millions of entries only as many are judged as could be shown: %o', async (widget, value) => {
  // Each that is wrong is a fault to write down: all of them would outlast the test, and the memory.
  const report = await widget.answer(entity, toContext(createHostileUpstream([{ kind: 'answer', value }])));
  expect(JSON.stringify(report).length).toBeLessThan(256 * 1024);
});
