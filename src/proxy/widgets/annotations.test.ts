import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toSecretKey } from '#model/live/catalog.ts';
import { listWidgets, widgets as rows } from '#model/live/widgets.ts';
import { createWidgetContext, toEntity } from '../../../tests/live/widget-context.ts';
import { findPath } from '../io/upstream/target.ts';
import type { Pieces } from '../keeping/pieces.ts';
import type { Upstream, UpstreamQuestion } from '../upstream.ts';
import { widgets } from './index.ts';

/** All that may ever be asked: the path, and the names of its parameters. */
const askable: readonly (readonly [RegExp, readonly string[]])[] = [
  [
    /^\/(?:api|apis\/(?:apps|batch|autoscaling|argoproj\.io))\/v[0-9a-z]+(?:\/namespaces\/[a-z0-9-]{1,63})?\/[a-z]+$/,
    ['labelSelector', 'fieldSelector', 'limit', 'continue'],
  ],
  [/^\/api\/v1\/applications$/, ['fields', 'name', 'selector', 'projects', 'appNamespace']],
  [
    /^\/repos\/[\w.-]{1,100}\/[\w.-]{1,100}(?:\/actions\/(?:runs|workflows)|\/pulls)?$/,
    [...['branch', 'per_page', 'exclude_pull_requests', 'state', 'sort', 'direction']],
  ],
  [/^\/api\/v1\/(?:query|query_range)$/, ['query', 'start', 'end', 'step', 'timeout', 'limit']],
  [/^\/api\/v1\/rules$/, ['type']],
  [/^\/services\/[A-Z0-9]{5,20}$/, []],
  [/^\/services$/, ['query', 'include[]']],
  [/^\/incidents$/, ['service_ids[]', 'statuses[]', 'date_range', 'sort_by', 'limit']],
];

function createWatch() {
  const asked: UpstreamQuestion[] = [];
  const toUpstream = (id: string): Upstream => ({
    id,
    name: 'where',
    follow: async () => ({ kind: 'fault', fault: 'refused' }),
    ask: async (question) => {
      asked.push(question);
      return /^\/repos\/[^/]+\/[^/]+$/.test(question.path)
        ? { kind: 'answer', value: { default_branch: 'main' } }
        : { kind: 'fault', fault: 'not-found' };
    },
  });
  const place = { name: 'where', url: 'https://where.example' };
  const context = createWidgetContext({
    settings: {
      clusters: [{ ...place, skipTlsVerify: false }],
      customResources: [{ group: 'argoproj.io', apiVersion: 'v1alpha1', plural: 'rollouts' }],
      argocd: [place],
      prometheus: [{ ...place, queries: [] }],
      pagerduty: place,
      github: [{ host: 'github.com', apiUrl: place.url, webUrl: place.url, toCredential: () => undefined }],
    },
    upstreams: {
      kubernetes: [toUpstream('kubernetes/where')],
      argocd: [toUpstream('argocd/where')],
      prometheus: [toUpstream('prometheus/where')],
      pagerduty: toUpstream('pagerduty'),
      findGithub: () => toUpstream('github/where'),
    },
    secrets: { [toSecretKey('ALLOWED')]: 'hush-hush' },
  });
  const kept: string[] = [];
  const pieces: Pieces = {
    read: (row) => {
      kept.push(row.key);
      return context.pieces.read(row);
    },
  };
  return { context: { ...context, pieces }, asked, kept };
}

const target = { origin: 'https://where.example', prefix: '', isLoopback: false };

function expectAskable(question: UpstreamQuestion): void {
  const names = (question.query ?? []).map(([name]) => name);
  const isAskable = askable.some(
    ([path, known]) => path.test(question.path) && names.every((one) => known.includes(one)),
  );
  expect(isAskable, `nobody may ask ${question.path} with ${names}`).toBe(true);
  // What goes out on the wire is that path and those parameters: no value ends up as another one.
  const url = new URL(findPath(target, question) ?? '', target.origin);
  expect([url.origin, url.pathname, url.hash]).toEqual([target.origin, question.path, '']);
  expect([...url.searchParams].map(([name]) => name)).toEqual(names);
}

const keys = rows.flatMap(({ annotations, details }) => [...annotations, ...details]);
const nasty = fc.constantFrom(
  ...['/', '?', '#', '&', '=', ',', '%', '%2f', '%2e%2e', '..', '../..', '../../v1/secrets', '.', '\\', '\r\n', '\0'],
  ...['a\r\nHost: evil', 'a&labelSelector=', 'a,b', 'a=b,c=d', 'app in (a,b)', '!a', 'a/b', 'acme/checkout', 'acme/..'],
  ...['../../user', 'acme/checkout/../../x', 'acme/check?x', 'acme/check#x', 'acme%2fx/y', '@evil.example', '//evil/x'],
  ...[
    'up{job="x"}',
    'rate(x[5m])',
    'a"} or {b="',
    'up or secret',
    'x\\"',
    'all',
    'P',
    'PABC123',
    'PABC123/../x',
    'pabc',
  ],
  ...['*', '__proto__', 'constructor', '\u202e', '😀', 'ﬁ', 'x'.repeat(64), 'x'.repeat(5000), '$' + '{ALLOWED}', ''],
  ...[toSecretKey('ALLOWED'), toSecretKey('OTHER'), 'checkout', 'payments', 'where', 'true'],
);
const value = fc.oneof(
  { weight: 3, arbitrary: nasty },
  { weight: 1, arbitrary: fc.tuple(nasty, nasty).map((two) => two.join('')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
);
const annotations = fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 6 });

test.each(widgets.map((widget) => [widget.id, widget] as const))(
  'whatever annotations say, %s asks nothing but what it may',
  async (_, widget) => {
    await fc.assert(
      fc.asyncProperty(annotations, async (given) => {
        if (!listWidgets(given).some(({ id }) => id === widget.id)) return;
        const { context, asked, kept } = createWatch();
        const report = await widget.answer(toEntity(given), context);
        for (const question of asked) expectAskable(question);
        expect(JSON.stringify([report, kept])).not.toContain('hush-hush');
      }),
      { numRuns: 100 },
    );
  },
);

test.each(keys.filter((key) => key !== 'pagerduty.com/integration-key'))(
  'a secret that %s names is given to nobody',
  async (key) => {
    const { context, asked } = createWatch();
    const entity = toEntity({ 'backstage.io/kubernetes-id': 'checkout', [key]: toSecretKey('ALLOWED') });
    for (const widget of widgets) await widget.answer(entity, context);
    expect(JSON.stringify(asked)).not.toContain('hush-hush');
  },
);
