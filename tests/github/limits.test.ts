import { afterEach, beforeEach, expect, test } from 'vitest';
import { ask, query } from './clients.ts';
import { usualSecondaryLimits } from './limits/secondary.ts';
import { createGithubServer, type GithubServer } from './server.ts';
import { toSmall } from './world/small.ts';

const token = { login: 'amara-okafor', scopes: ['repo', 'read:org'] };
let server: GithubServer;
let time: number;

beforeEach(async () => {
  time = Date.UTC(2026, 5, 1);
  server = await createGithubServer({
    organisations: [toSmall()],
    tokens: { 'test-token': token, 'poor-token': { ...token, login: 'priya-raman', limits: { core: 2, graphql: 3 } } },
    now: () => time,
    secondaryLimits: { ...usualSecondaryLimits, pointsPerMinute: { rest: 10, graphql: 10 } },
  });
});

afterEach(() => server.close());

const read = (path: string, who = 'test-token', headers: Record<string, string> = {}) =>
  ask(server, `/api/v3${path}`, { headers: { authorization: `Bearer ${who}`, ...headers } });

const remaining = ({ headers }: Response) => Number(headers.get('x-ratelimit-remaining'));

test('what the client has already is answered with 304, and costs nothing', async () => {
  const first = await read('/repos/acme/checkout');
  const etag = first.headers.get('etag') ?? '';
  const second = await read('/repos/acme/checkout', 'test-token', { 'if-none-match': etag });
  expect([second.status, await second.text(), remaining(second)]).toEqual([304, '', remaining(first)]);
  expect(server.log.count()).toMatchObject({ rest: 2, notModified: 1 });
});

test('after a change the same question costs again', async () => {
  const path = '/repos/acme/checkout/contents/catalog-info.yaml';
  const first = await read(path);
  await server.world.commit('acme/checkout', { 'catalog-info.yaml': 'kind: Component\n' });
  const second = await read(path, 'test-token', { 'if-none-match': first.headers.get('etag') ?? '' });
  expect([second.status, remaining(second)]).toEqual([200, remaining(first) - 1]);
});

test('asking what is left costs nothing', async () => {
  const before = remaining(await read('/rate_limit'));
  const { resources } = await (await read('/rate_limit')).json();
  expect([resources.core.remaining, resources.graphql.limit]).toEqual([before, 5000]);
});

test('when the budget of REST is used up, GitHub says when it is full again, and keeps its word', async () => {
  for (const status of [200, 200, 403]) expect((await read('/repos/acme/checkout', 'poor-token')).status).toBe(status);
  const refused = await read('/repos/acme/checkout', 'poor-token');
  expect((await refused.json()).message).toMatch(/^API rate limit exceeded for user ID \d+\.$/);
  expect(refused.headers.get('x-ratelimit-remaining')).toBe('0');
  time = Number(refused.headers.get('x-ratelimit-reset')) * 1000;
  expect((await read('/repos/acme/checkout', 'poor-token')).status).toBe(200);
});

test('when the points of GraphQL are used up, the answer is 200 with an error', async () => {
  const text = '{ rateLimit { remaining } }';
  for (const left of [2, 1, 0]) {
    const { data } = await (await query(server, text, 'poor-token')).json();
    expect(data.rateLimit.remaining).toBe(left);
  }
  const refused = await query(server, text, 'poor-token');
  expect([refused.status, (await refused.json()).errors[0].type]).toEqual([200, 'RATE_LIMITED']);
});

test('what others use up is gone for everybody who shares the budget', async () => {
  server.spend('test-token', 'graphql', 4990);
  const { data } = await (await query(server, '{ rateLimit { used remaining } }')).json();
  expect(data.rateLimit).toEqual({ used: 4991, remaining: 9 });
});

test('whoever asks too much in a minute is told how long to wait', async () => {
  for (let asked = 0; asked < 10; asked += 1) expect((await read('/rate_limit')).status).toBe(200);
  const refused = await read('/rate_limit');
  expect([refused.status, (await refused.json()).message]).toEqual([
    403,
    expect.stringContaining('secondary rate limit'),
  ]);
  time += Number(refused.headers.get('retry-after')) * 1000;
  expect((await read('/rate_limit')).status).toBe(200);
});

test('whoever asks too much at once is refused until there is room again', async () => {
  const secondaryLimits = { ...usualSecondaryLimits, concurrent: 3 };
  const crowd = await createGithubServer({ organisations: [toSmall()], secondaryLimits });
  const asking = (signal?: AbortSignal) =>
    ask(crowd, '/api/v3/user', { headers: { authorization: 'Bearer test-token' }, signal });
  crowd.faults.inject('hang', { times: 3 });
  const patience = new AbortController();
  const waiting = Array.from({ length: 3 }, () => asking(patience.signal).catch(() => 'given up'));
  await expect.poll(() => crowd.log.entries.length).toBe(3);
  const refused = await asking();
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([403, '60']);
  patience.abort();
  expect(await Promise.all(waiting)).toEqual(['given up', 'given up', 'given up']);
  await expect.poll(async () => (await asking()).status).toBe(200);
  await crowd.close();
});

test('a host that counts nothing says so, and says nothing of limits', async () => {
  const host = await createGithubServer({ organisations: [toSmall()], isUnlimited: true });
  const init = { headers: { authorization: 'Bearer test-token' } };
  const limits = await ask(host, '/api/v3/rate_limit', init);
  expect([limits.status, (await limits.json()).message]).toEqual([404, 'Rate limiting is not enabled.']);
  const answer = await ask(host, '/api/v3/repos/acme/checkout', init);
  expect([answer.status, answer.headers.get('x-ratelimit-remaining')]).toEqual([200, null]);
  expect((await (await query(host, '{ rateLimit { cost } viewer { login } }')).json()).data).toEqual({
    rateLimit: null,
    viewer: { login: 'amara-okafor' },
  });
  await host.close();
});
