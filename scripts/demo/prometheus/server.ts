import type { RequestListener } from 'node:http';
import { type Answer, answerQuery, answerRange, toError } from './query.ts';
import type { AlertRule, PrometheusWorld } from './world.ts';

const worst = (alerts: AlertRule['alerts']) =>
  (['firing', 'pending'] as const).find((state) => alerts.some((alert) => alert.state === state)) ?? 'inactive';

/** `/api/v1/rules`: the rules for alerts, which are all that is here. */
function answerRules({ groups }: PrometheusWorld, words: URLSearchParams, now: number): Answer {
  const type = words.get('type') ?? 'alert';
  if (type !== 'alert' && type !== 'record') return toError(400, 'bad_data', `not supported value "${type}"`);
  const evaluated = { health: 'ok', evaluationTime: 0.0004, lastEvaluation: new Date(now).toISOString() };
  const shown = groups.map(({ name, rules }) => ({
    name,
    file: `/etc/prometheus/rules/${name}.yaml`,
    interval: 30,
    limit: 0,
    evaluationTime: 0.002,
    lastEvaluation: evaluated.lastEvaluation,
    rules:
      type === 'record'
        ? []
        : rules.map((rule) => ({
            ...rule,
            state: worst(rule.alerts),
            keepFiringFor: 0,
            ...evaluated,
            type: 'alerting',
          })),
  }));
  return { status: 200, body: { status: 'success', data: { groups: shown } } };
}

const routes: Readonly<Record<string, (world: PrometheusWorld, words: URLSearchParams, now: number) => Answer>> = {
  '/api/v1/query': answerQuery,
  '/api/v1/query_range': answerRange,
  '/api/v1/rules': answerRules,
};

/** Answers as a Prometheus that knows of one world would: GET only, and to this token alone where one is given. */
export function createPrometheus(
  toWorld: (now: number) => PrometheusWorld,
  now: () => number,
  token?: string,
): RequestListener {
  return (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://here');
    const route = routes[pathname];
    const answer = (): Answer => {
      if (request.method !== 'GET') return toError(405, 'bad_data', 'method not allowed');
      if (token !== undefined && request.headers.authorization !== `Bearer ${token}`)
        return toError(401, 'unauthorized', 'unauthorized');
      if (route === undefined) return toError(404, 'not_found', 'not found');
      return route(toWorld(now()), searchParams, now());
    };
    const { status, body } = answer();
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
}
