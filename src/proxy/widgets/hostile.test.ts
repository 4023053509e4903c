import fc from 'fast-check';
import { expect, test } from 'vitest';
import { liveFaults } from '#model/live/answer.ts';
import { createWidgetContext, toEntity } from '../../../tests/live/widget-context.ts';
import type { Upstream, UpstreamOutcome } from '../upstream.ts';
import { argocdWidget } from './argocd/widget.ts';
import type { Widget } from './define.ts';
import { githubWidget } from './github/widget.ts';
import { pagerdutyWidget } from './pagerduty/widget.ts';

const entity = toEntity({
  'argocd/app-selector': 'team',
  'github.com/project-slug': 'acme/checkout',
  'pagerduty.com/service-id': 'PABC123',
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
  ]);
const leaf = fc.oneof(
  fc.constantFrom(null, true, '', 'x', 'triggered', 'completed', 'success', 'Synced', '2026-03-04T10:00:00Z'),
  fc.constantFrom(
    '+275760-09-13T00:00:00.001Z',
    'https://a:b@pagerduty.com/x',
    'git@github.com:a/b',
    '\u001b[31m\u202e\ud800',
  ),
  fc.constantFrom(0, -1, 1.5, 42, 1e308),
);
const { hostile } = fc.letrec((tie) => ({
  hostile: fc.oneof(
    { maxDepth: 7 },
    leaf,
    fc.array(tie('hostile'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...names), tie('hostile'), { maxKeys: 12 }),
  ),
}));
const outcome: fc.Arbitrary<UpstreamOutcome> = fc.oneof(
  { weight: 6, arbitrary: hostile.map((value) => ({ kind: 'answer', value }) as const) },
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

const rows: readonly Widget<unknown>[] = [argocdWidget, githubWidget, pagerdutyWidget];

test.each(rows.map((widget) => [widget.id, widget] as const))(
  'whatever its upstream answers, %s reports what a page understands',
  async (_, widget) => {
    await fc.assert(
      fc.asyncProperty(fc.array(outcome, { minLength: 1, maxLength: 5 }), async (outcomes) => {
        const upstream = createHostileUpstream(outcomes);
        const context = createWidgetContext({
          settings: {
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
          upstreams: { argocd: [upstream], pagerduty: upstream, findGithub: () => upstream },
        });
        const report = await widget.answer(entity, context);
        if (report.data !== undefined) expect(widget.schema.parse(report.data)).toEqual(report.data);
        expect(Number.isFinite(report.freshUntil)).toBe(true);
        expect(report.data !== undefined || report.troubles.length > 0 || report.status.level === 'unknown').toBe(true);
        expect(JSON.stringify(report)).not.toMatch(/\\u001b|\u202e|a:b@/);
        for (const { isFine, mend } of await widget.check(context, [entity]))
          expect(isFine || mend !== undefined).toBe(true);
      }),
      { numRuns: 150 },
    );
  },
);
