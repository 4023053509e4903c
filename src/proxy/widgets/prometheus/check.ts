import type { LiveFault } from '#model/live/answer.ts';
import { toTrouble } from '../../answering/troubles.ts';
import type { NamedQuery, PrometheusEndpoint } from '../../settings.ts';
import type { Upstream, UpstreamQuestion } from '../../upstream.ts';
import type { UpstreamFinding } from '../define.ts';
import { type Probed, toFindings } from '../findings.ts';
import { rulesSchema, toAlertStates } from './alerts.ts';
import { vectorSchema } from './answers.ts';
import { parseNamedQuery, toSample } from './named-query.ts';
import { rulesQuestion, toInstantQuestion } from './questions.ts';

type Probe = {
  question: UpstreamQuestion;
  /** What a good answer says; nothing where it is not understood. */
  read: (value: unknown) => string | undefined;
  what: string;
  mends: Partial<Record<LiveFault, string>>;
};

const forbidden = 'Grant it read access: GET on /api/v1/query, /api/v1/query_range and /api/v1/rules.';
const general: Probe['mends'] = {
  forbidden,
  'not-found': 'Its address must be the one below which `/api/v1/query` lies; with Mimir, `…/prometheus`.',
};

const probes: readonly Probe[] = [
  {
    what: 'answers queries',
    question: toInstantQuestion('1'),
    read: (value) => (vectorSchema.safeParse(value).success ? 'answers queries' : undefined),
    mends: general,
  },
  {
    what: 'lists alert rules',
    question: rulesQuestion,
    read: (value) => {
      const { data } = rulesSchema.safeParse(value);
      return data === undefined
        ? undefined
        : `lists alert rules: ${new Set(toAlertStates(data).map((one) => one.name)).size}`;
    },
    mends: general,
  },
];

async function probe({ name, ask }: Upstream, { question, read, what, mends }: Probe): Promise<Probed> {
  const outcome = await ask(question);
  const said = outcome.kind === 'answer' ? read(outcome.value) : undefined;
  if (said !== undefined) return { isFine: true, what: said };
  const fault = outcome.kind === 'fault' ? outcome.fault : 'unreadable';
  const trouble = toTrouble(name, fault);
  return { fault, isFine: false, what: `${what}: ${trouble.what}`, mend: mends[fault] ?? trouble.mend };
}

/** Tries one named query with a placeholder for each parameter: whether anything is found does not matter. */
async function checkQuery(upstream: Upstream, query: NamedQuery): Promise<Probed> {
  const what = `understands the query ${query.name}`;
  const { value, problems } = parseNamedQuery(query);
  const mend = `Correct the expression of ${query.name} in app-config.yaml.`;
  if (problems.length > 0) return { isFine: false, what: `${what}: ${problems.join('; ')}`, mend };
  return probe(upstream, {
    what,
    question: toInstantQuestion(toSample(value)),
    read: (answer) => (vectorSchema.safeParse(answer).success ? what : undefined),
    mends: { ...general, refused: mend, unreadable: `It must give one value for each series, not a range. ${mend}` },
  });
}

/** Asks one Prometheus the smallest question of each kind that the widget asks, and every named query once. */
export async function checkPrometheus(upstream: Upstream, endpoint: PrometheusEndpoint): Promise<UpstreamFinding[]> {
  const first = await Promise.all(probes.map((row) => probe(upstream, row)));
  const queries = await Promise.all(endpoint.queries.map((query) => checkQuery(upstream, query)));
  return toFindings('prometheus', upstream, [...first, ...queries]);
}
