import { type Context, Hono } from 'hono';
import { createAnswers } from './answering/answers.ts';
import { type Arrival, type Carried, readHeaders, toArrival } from './arrival.ts';
import type { AuditLine } from './audit.ts';
import { findBrokenRule } from './guard/rules.ts';
import type { House, ProxyParts } from './parts.ts';
import { createPlaces } from './places.ts';
import { answerQuestion } from './reception.ts';
import { toRefusal } from './refusals.ts';
import { defineRoute, type Probe, type Reply, type Route, toRefused } from './routes/define.ts';
import { routes } from './routes/index.ts';
import { createSecretFinder } from './secrets.ts';

/** Logs that are followed at once: by all, and by one viewer. */
const mostFollowers = 100;
const mostFollowed = 1;

type Env = { Bindings: Carried };

/** Makes the application of the proxy. What carries it passes the untouched target and the socket's address along. */
export function createProxyApp(parts: ProxyParts): Hono<Env> {
  const base = parts.base.replace(/\/+$/, '');
  const house = toHouse(parts);
  const names = new Set<string>([...readHeaders, parts.settings.identity?.header.toLowerCase() ?? '']);
  const guard = { base, hosts: parts.settings.hosts.map((host) => host.toLowerCase()) };
  const app = new Hono<Env>();
  // The rules come first at every address alike, whether there is something or not.
  const meet = async (context: Context<Env>, name: string, reply: (arrival: Arrival) => Promise<Reply>) => {
    const began = parts.now();
    const arrival = toArrival(context.req.raw, context.env ?? {}, names);
    const broken = findBrokenRule(arrival, guard);
    const { response, ...told } = broken ? toRefused(broken) : await reply(arrival);
    note({ route: name, status: response.status, ...told }, parts.now() - began, parts);
    return response;
  };
  for (const row of routes) {
    const path = row.isProbe ? row.path : base + row.path;
    app.all(path, (context) => meet(context, row.name, (arrival) => answerRow(row, arrival, context, house)));
  }
  app.notFound((context) => meet(context, nowhere.name, (arrival) => answerNowhere(arrival, context, house)));
  app.onError((error) => {
    parts.log.problem('The proxy failed.', { error: error.name });
    return toRefusal('broken');
  });
  return app;
}

function toHouse(parts: ProxyParts): House {
  const { settings, upstreams, pieces, now } = parts;
  const context = { settings, upstreams, pieces, now, findSecret: createSecretFinder(settings.secrets) };
  return {
    ...parts,
    context,
    answers: createAnswers({ context, log: parts.log, timer: parts.timer }),
    followers: createPlaces(mostFollowers, mostFollowed),
  };
}

async function answerRow(row: Route | Probe, arrival: Arrival, context: Context, house: House): Promise<Reply> {
  if (!row.isProbe) return answerQuestion(row, arrival, context, house);
  return arrival.target.includes('?')
    ? toRefused('unknown-parameter')
    : { response: row.answer(house), state: 'probe' };
}

/** Strangers are turned away and questions counted where there is nothing, too. */
const nowhere = defineRoute({
  name: 'none',
  path: '*',
  ids: [],
  parameters: [],
  toCost: () => 1,
  answer: async () => toRefused('not-found'),
});

function answerNowhere(arrival: Arrival, context: Context, house: House): Promise<Reply> {
  const [target = ''] = arrival.target.split('?', 1);
  return answerQuestion(nowhere, { ...arrival, target }, context, house);
}

type Told = Omit<Reply, 'response'> & { route: string; status: number };

function note(
  { user, route, status, state, viewed, entity, cache }: Told,
  ms: number,
  { log, meter }: ProxyParts,
): void {
  if (viewed !== undefined) meter.viewed(viewed, state, ms);
  if (state === 'probe') return;
  const line: AuditLine = { ...(user !== undefined && { user }), route, state, status, ms };
  if (viewed !== undefined && route === 'widget') line.widget = viewed;
  if (entity !== undefined) line.entity = entity;
  if (cache !== undefined) line.cache = cache;
  log.request(line);
}
