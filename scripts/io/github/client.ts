import { z } from 'zod';
import { type Budget, isSpent } from '../../github/budget.ts';
import { type Answer, formatFault } from '../../github/faults.ts';
import { type HostAddresses, isSafeAddress } from '../../github/hosts.ts';
import { PortalError } from '../../portal-error.ts';
import { toAnswer } from './answer.ts';
import { createApi, type GithubApi } from './api.ts';
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
  /** Reads one thing over REST, with the headers of the answer: `{ data, headers }`. */
  read: (path: string) => Promise<Answer>;
  /** The token that git uses; undefined when there is none to be had. */
  findToken: () => Promise<string | undefined>;
  /** Another token in place of one that GitHub no longer takes; the same where there is no other. */
  renewToken: (stale: string | undefined) => Promise<string | undefined>;
  findBudget: () => Budget | undefined;
};

const mostRetries = 2;

/** A client of one host with one credential, throttled and patient as GitHub asks clients to be. */
export function createClient(addresses: HostAddresses, credential: Credential, tools: ClientTools): GithubClient {
  if (!isSafeAddress(addresses.api))
    throw new PortalError(`A token may not travel to ${addresses.api}.`, {
      hint: 'Give `integrations.github` an `apiBaseUrl` that begins with `https:`.',
    });
  const { secrets, stopAt, now, meter } = tools;
  for (const secret of listSecrets(credential)) secrets.add(secret);
  let budget: Budget | undefined;
  const keepBudget = (found: Budget | undefined) => {
    if (found) budget = meter.keepBudget(addresses.host, found);
  };
  const api = createApi(addresses, credential, tools);
  const keepToken = (token: string | undefined) => {
    if (token !== undefined) secrets.add(token);
    return token;
  };
  const findOwnToken = async () => keepToken(await findToken(api, credential));
  let renewing: Promise<string | undefined> | undefined;
  const renewToken = async (stale: string | undefined) => {
    if (credential.type !== 'installation') return stale;
    if (renewing === undefined) {
      const current = await findOwnToken();
      if (current !== stale) return current;
      renewing ??= findToken(api, credential, true).finally(() => {
        renewing = undefined;
      });
    }
    return keepToken((await renewing) ?? stale);
  };
  const askOnce = async (run: () => Promise<unknown>): Promise<Answer> => {
    if (isSpent(budget, stopAt, now())) return { fault: 'spent', message: formatFault('spent') };
    const answer = await run().then(
      (data): Answer =>
        typeof data === 'object' ? { data, errors: [] } : { fault: 'unreachable', message: 'the answer is no JSON' },
      (error: unknown) => toAnswer(error, secrets),
    );
    if (answer.fault === 'spent') keepBudget(toSpent(budget, answer.resetAt, now()));
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
      const run = () => api.graphql(text, { ...variables, request: { retries: 0 } });
      const token = credential.type === 'installation' ? await findOwnToken() : undefined;
      const first = await ask(run);
      const isStale = first.fault === 'unknown' && (await renewToken(token)) !== token;
      const answer = isStale ? await ask(run) : first;
      if (answer.fault === undefined) keepBudget(meterPoints(answer.data, meter));
      return answer;
    },
    list: (path) => ask(() => api.paginate(`GET ${path}`, { per_page: 100 })),
    read: (path) => ask(() => api.request(`GET ${path}`)),
    findToken: findOwnToken,
    renewToken,
    findBudget: () => budget,
  };
}

/** What is left where GitHub says that nothing is: it says so before a limit is reset, at most an hour away. */
function toSpent(budget: Budget | undefined, said: string | undefined, now: number): Budget {
  const resetAt = said ?? budget?.resetAt ?? new Date(now + 60 * 60 * 1000).toISOString();
  return { limit: budget?.limit ?? 5000, remaining: 0, resetAt };
}

function listSecrets(credential: Credential): string[] {
  return credential.type === 'token' ? [credential.token] : [credential.privateKey];
}

async function findToken(api: GithubApi, credential: Credential, refresh = false): Promise<string | undefined> {
  if (credential.type === 'token') return credential.token;
  const found = await api.auth({ type: 'installation', refresh }).catch(() => undefined);
  return tokenSchema.safeParse(found).data?.token;
}

const tokenSchema = z.object({ token: z.string() });
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
