import { createAppAuth } from '@octokit/auth-app';
import { Octokit } from '@octokit/core';
import { paginateRest } from '@octokit/plugin-paginate-rest';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import Bottleneck from 'bottleneck';
import { z } from 'zod';
import { type Budget, isSpent } from '../../github/budget.ts';
import { type Answer, type AnswerError, findWholeFault, formatFault, toFault } from '../../github/faults.ts';
import { type HostAddresses, isSafeAddress } from '../../github/hosts.ts';
import { redact } from '../../github/redact.ts';
import type { Meter } from './meter.ts';

export type AppCredentials = { appId: string; privateKey: string };

/** With what a host is asked: a token, an App as itself, or an App as it is installed with somebody. */
export type Credential =
  | { type: 'token'; token: string }
  | ({ type: 'app' } & AppCredentials)
  | ({ type: 'installation'; installation: number } & AppCredentials);

/** What a client needs of its surroundings. */
export type ClientTools = {
  fetch: typeof fetch;
  now: () => number;
  meter: Meter;
  /** The share of the limit at which no more requests are made. */
  stopAt: number;
  /** Everything that must not be shown. */
  secrets: Set<string>;
  /** How long a second of waiting is, in milliseconds; less in tests. */
  second: number;
  /** How long an answer may take, in milliseconds. */
  patience: number;
};

/** One way of asking one host. Nothing is thrown for what a host answers, and no answer holds a secret. */
export type GithubClient = {
  addresses: HostAddresses;
  /** Asks a question of GraphQL; one that may be too heavy is not asked again as it is. */
  query: (text: string, variables?: Record<string, unknown>) => Promise<Answer>;
  /** Reads all pages of a list over REST. */
  list: (path: string) => Promise<Answer>;
  /** The token that git uses; undefined when there is none to be had. */
  findToken: () => Promise<string | undefined>;
  findBudget: () => Budget | undefined;
};

const GithubApi = Octokit.plugin(throttling, retry, paginateRest);

const longestWait = 90;
const mostRetries = 2;
const mostAtOnce = 5;

/** A client of one host with one credential, throttled and patient as GitHub asks clients to be. */
export function createClient(addresses: HostAddresses, credential: Credential, tools: ClientTools): GithubClient {
  if (!isSafeAddress(addresses.api)) throw new Error(`${addresses.api} is not an address that a token may travel to`);
  const { secrets, stopAt, now, meter } = tools;
  for (const secret of listSecrets(credential)) secrets.add(secret);
  let budget: Budget | undefined;
  const keepBudget = (found: Budget | undefined) => {
    if (found) budget = meter.keepBudget(addresses.host, found);
  };
  const api = createApi(addresses, credential, tools);
  const askOnce = async (run: () => Promise<unknown>): Promise<Answer> => {
    if (isSpent(budget, stopAt, now())) return { fault: 'spent', message: formatFault('spent') };
    const answer = await run().then(
      (data): Answer => ({ data, errors: [] }),
      (error: unknown) => toAnswer(error, secrets),
    );
    if (answer.fault === 'spent') keepBudget(toSpent(budget, now()));
    return answer;
  };
  const ask = async (run: () => Promise<unknown>): Promise<Answer> => {
    let answer = await askOnce(run);
    for (let count = 1; answer.fault === 'unreachable' && count <= mostRetries; count += 1) {
      await new Promise((resolve) => setTimeout(resolve, tools.second * count * 2));
      answer = await askOnce(run);
    }
    return answer;
  };
  return {
    addresses,
    query: async (text, variables = {}) => {
      const answer = await ask(() => api.graphql(text, { ...variables, request: { retries: 0 } }));
      if (answer.fault === undefined) keepBudget(meterPoints(answer.data, meter));
      return answer;
    },
    list: (path) => ask(() => api.paginate(`GET ${path}`, { per_page: 100 })),
    findToken: async () => {
      const token = await findToken(api, credential);
      if (token !== undefined) secrets.add(token);
      return token;
    },
    findBudget: () => budget,
  };
}

/** What is left where GitHub says that nothing is: it says so before a limit is reset, at most an hour away. */
function toSpent(budget: Budget | undefined, now: number): Budget {
  const resetAt = budget?.resetAt ?? new Date(now + 60 * 60 * 1000).toISOString();
  return { limit: budget?.limit ?? 5000, remaining: 0, resetAt };
}

function listSecrets(credential: Credential): string[] {
  return credential.type === 'token' ? [credential.token] : [credential.privateKey];
}

async function findToken(api: InstanceType<typeof GithubApi>, credential: Credential): Promise<string | undefined> {
  if (credential.type === 'token') return credential.token;
  const found = await api.auth({ type: 'installation' }).catch(() => undefined);
  return tokenSchema.safeParse(found).data?.token;
}

const tokenSchema = z.object({ token: z.string() });
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

function createApi({ api, host }: HostAddresses, credential: Credential, tools: ClientTools) {
  const { second } = tools;
  const isWorthWaiting = (seconds: number, _options: unknown, _octokit: unknown, count: number) =>
    seconds <= longestWait && count < mostRetries;
  return new GithubApi({
    baseUrl: api,
    userAgent: 'portolan',
    log: silent,
    ...toAuthentication(credential),
    request: { fetch: createMeteredFetch(tools) },
    retry: { retryAfterBaseValue: second },
    throttle: {
      id: `${host} ${credential.type === 'installation' ? credential.installation : credential.type}`,
      retryAfterBaseValue: second,
      // The pause of a second between writes is for what changes something; questions of GraphQL change nothing.
      write: new Bottleneck.Group({ maxConcurrent: mostAtOnce }),
      onSecondaryRateLimit: isWorthWaiting,
      onRateLimit: () => false,
    },
  });
}

function toAuthentication(credential: Credential) {
  if (credential.type === 'token') return { auth: credential.token };
  const { appId, privateKey } = credential;
  const installation = credential.type === 'installation' ? { installationId: credential.installation } : {};
  return { authStrategy: createAppAuth, auth: { appId, privateKey, ...installation } };
}

/** Counts what is asked, and ends what takes too long. */
function createMeteredFetch({ fetch: ask, meter, patience }: ClientTools): typeof fetch {
  return (input, init) => {
    meter.countRequest();
    const limit = AbortSignal.timeout(patience);
    return ask(input, { ...init, signal: init?.signal ? AbortSignal.any([init.signal, limit]) : limit });
  };
}

const rateSchema = z.object({
  rateLimit: z.object({ cost: z.number(), limit: z.number(), remaining: z.number(), resetAt: z.string() }).nullish(),
});

/** An Enterprise host without limits says nothing of them. */
function meterPoints(data: unknown, meter: Meter): Budget | undefined {
  const rate = rateSchema.safeParse(data).data?.rateLimit;
  if (!rate) return undefined;
  const { cost, ...budget } = rate;
  meter.countPoints(cost);
  return budget;
}

const errorsSchema = z.array(
  z.object({
    type: z.string().optional(),
    message: z.string(),
    path: z.array(z.union([z.string(), z.number()])).optional(),
    extensions: z.object({ code: z.string().optional() }).optional(),
  }),
);

const graphqlErrorSchema = z.object({ errors: errorsSchema, data: z.unknown() });
const requestErrorSchema = z.object({
  status: z.number(),
  message: z.string(),
  response: z.object({ headers: z.record(z.string(), z.unknown()) }).optional(),
});

/** Reads what octokit throws: refused parts of an answer, a refused request, or a host that cannot be reached. */
function toAnswer(error: unknown, secrets: Iterable<string>): Answer {
  const refused = graphqlErrorSchema.safeParse(error).data;
  if (refused) {
    const errors: AnswerError[] = refused.errors.map(({ type, message, path = [], extensions }) => ({
      ...((type ?? extensions?.code) ? { type: type ?? extensions?.code } : {}),
      message: redact(message, secrets),
      path,
    }));
    const fault = findWholeFault(errors);
    if (fault === undefined && refused.data !== null && refused.data !== undefined)
      return { data: refused.data, errors };
    return { fault: fault ?? 'invalid', message: errors[0]?.message ?? '' };
  }
  const failed = requestErrorSchema.safeParse(error).data;
  const message = redact(error instanceof Error ? error.message : String(error), secrets);
  if (isTimeout(error)) return { fault: 'heavy', message: 'no answer in time' };
  if (failed?.response === undefined) return { fault: 'unreachable', message };
  return { fault: toFault(failed.status, message, failed.response.headers), message };
}

function isTimeout(error: unknown): boolean {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1)
    if (cause.name === 'TimeoutError' || cause.name === 'AbortError') return true;
  return false;
}
