import type { Identity } from './auth/identity.ts';
import type { Context } from './context.ts';
import { secondaryMessage } from './faults/faults.ts';
import type { Injector, Strike, Target } from './faults/injector.ts';
import { answerGit, findGitAddress } from './git/answer.ts';
import { answerQuery, type Prepared, prepareQuery } from './graphql/answer.ts';
import { type Answer, toRefusal } from './http/answer.ts';
import { type Call, enterpriseVersion } from './http/call.ts';
import type { Response } from './http/door.ts';
import type { Turnstile } from './limits/secondary.ts';
import type { Log } from './log.ts';
import { answerRest } from './rest/answer.ts';
import { findRoute, toOperation } from './rest/route.ts';
import { routes } from './rest/routes/index.ts';
import { toSlug } from './world/registry.ts';

export type Machinery = Omit<Context, 'identity' | 'now' | 'strikeField'> & {
  injector: Injector;
  log: Log;
  turnstile: Turnstile;
  now: () => number;
};

/** What a call asks for, before anybody knows whether they may. */
type Plan = { target: Target; answer: (context: Context) => Promise<Answer> };

/** Makes what answers calls: who is it, is a fault switched on, are they too busy, and only then the answer. */
export function createResponder(machinery: Machinery): (call: Call) => Promise<Response> {
  const { gatekeeper, injector, log, turnstile, now } = machinery;
  return async (call) => {
    const plan = planners[call.kind](call, machinery);
    const identity = gatekeeper.identify(call.headers.authorization);
    const strike = injector.strike(plan.target);
    const response = 'status' in identity ? { answer: identity } : await respond(identity);
    const { kind, operation, repository } = plan.target;
    const { status, body, points = 0 } = response.answer;
    const auth = 'status' in identity ? 'refused' : identity.kind;
    const place = { method: call.method, path: call.path, operation, repository };
    log.add({ kind, ...place, auth, status, points, bytes: body.length, fault: strike?.name });
    return response;

    async function respond(asking: Identity): Promise<Response> {
      const entrance = turnstile.enter(asking.title, call.kind);
      if ('retryAfter' in entrance)
        return { answer: toRefusal(403, secondaryMessage, { 'retry-after': String(entrance.retryAfter) }) };
      const context = { ...machinery, identity: asking, now: now(), strikeField: injector.strikeField };
      const answer = await toAnswer(plan, strike, context);
      const usual = withUsualHeaders(answer, log.entries.length);
      return { answer: usual, delivery: strike?.fault.delivery, leave: entrance.leave };
    }
  };
}

/** What went wrong in this server itself is said to the client, because that is where somebody looks. */
const toFailure = (error: unknown): Answer => toRefusal(500, `The test server failed: ${error}`);

/** The answer, or what a fault makes of it. */
async function toAnswer({ target, answer }: Plan, strike: Strike | undefined, context: Context): Promise<Answer> {
  const find = () => answer(context).catch(toFailure);
  if (!strike) return find();
  const { fault, seconds } = strike;
  const { identity, origin, now } = context;
  const owner = target.repository?.split('/')[0] ?? '';
  const instead = fault.answer?.({ kind: target.kind, title: identity.title, owner, origin, now, seconds });
  if (instead && !fault.isCharged) return instead;
  // What GitHub gives up while it runs costs what it would have cost.
  const whole = await find();
  return { ...(instead ?? fault.spoil?.(whole) ?? whole), points: whole.points };
}

const withUsualHeaders = (answer: Answer, number: number): Answer => ({
  ...answer,
  headers: {
    'x-github-media-type': 'github.v3; format=json',
    'x-github-enterprise-version': enterpriseVersion,
    'x-github-request-id': `PORTOLAN:${number}`,
    ...answer.headers,
  },
});

const planners: Record<Call['kind'], (call: Call, machinery: Machinery) => Plan> = {
  rest: (call, { world }) => {
    const found = findRoute(routes, call.method, toNamedPath(call.path, world));
    const { owner, repo } = found?.words ?? {};
    const repository = owner && repo ? `${owner}/${repo}` : undefined;
    const operation = found ? toOperation(found.route) : `${call.method} ${call.path}`;
    return {
      target: { kind: 'rest', operation, repository, largestPage: 0 },
      answer: (context) => answerRest(found, call, context),
    };
  },
  graphql: (call) => {
    const prepared = prepareQuery(call);
    if ('refused' in prepared) return toRefusedPlan(prepared.refused);
    const { operation, cost } = prepared;
    return {
      target: { kind: 'graphql', operation: toQueryName(operation), largestPage: cost.largestPage },
      answer: (context) => answerQuery(prepared, context),
    };
  },
  git: (call) => ({
    target: {
      kind: 'git',
      largestPage: 0,
      repository: findGitAddress(call.path)?.slug,
      operation: call.path.endsWith('/info/refs') ? 'refs' : 'fetch',
    },
    answer: (context) => answerGit(call, context),
  }),
};

/** Whoever followed a redirect asks by a repository's number; from there on it is as if they had asked by its name. */
function toNamedPath(path: string, { repositories }: Context['world']): string {
  const [, id, rest = ''] = /^\/repositories\/(\d+)(\/.*)?$/.exec(path) ?? [];
  const repository = id === undefined ? undefined : repositories.get(Number(id));
  return repository ? `/repos/${toSlug(repository)}${rest}` : path;
}

const toRefusedPlan = (answer: Answer): Plan => ({
  target: { kind: 'graphql', operation: 'refused', largestPage: 0 },
  answer: () => Promise.resolve(answer),
});

type RunnableOperation = Exclude<Prepared, { refused: Answer }>['operation'];

/** A query's name, or its first field where it has none. */
function toQueryName({ name, selectionSet }: RunnableOperation): string {
  const [first] = selectionSet.selections;
  return name?.value ?? (first?.kind === 'Field' ? first.name.value : 'query');
}
