import { Octokit } from 'octokit';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ask, inFolder, query, runGit, toGitOptions } from './clients.ts';
import type { FaultName } from './faults/faults.ts';
import { createGithubServer, type GithubServer } from './server.ts';
import { toSmall } from './world/small.ts';

let server: GithubServer;

beforeAll(async () => {
  server = await createGithubServer({ organisations: [toSmall()] });
});

afterEach(() => server.faults.clear());
afterAll(() => server.close());

const init = { headers: { authorization: 'Bearer test-token' } };
const read = (slug = 'acme/checkout') => ask(server, `/api/v3/repos/${slug}`, init);
const sweep = (first: number) =>
  query(server, `query sweep { organization(login: "acme") { repositories(first: ${first}) { nodes { name } } } }`);

test.each<[FaultName, number, Record<string, string>, RegExp]>([
  ['primaryLimit', 403, { 'x-ratelimit-remaining': '0' }, /API rate limit exceeded/],
  ['secondaryLimit', 403, { 'retry-after': '60' }, /secondary rate limit/],
  ['tooManyRequests', 429, { 'retry-after': '60' }, /secondary rate limit/],
  ['badGateway', 502, { 'content-type': 'text/html; charset=utf-8' }, /<html>/],
  ['unavailable', 503, {}, /<html>/],
  ['gatewayTimeout', 504, {}, /<html>/],
  ['serverError', 500, {}, /Server Error/],
  ['badCredentials', 401, {}, /Bad credentials/],
  ['forbidden', 403, {}, /Resource not accessible/],
  ['notFound', 404, {}, /Not Found/],
  ['sso', 403, {}, /SAML enforcement/],
  ['blocked', 451, {}, /dmca/],
  ['wrongShape', 200, {}, /unexpected/],
])('%s answers REST with %i', async (name, status, headers, body) => {
  const fault = server.faults.inject(name);
  const response = await read();
  expect([response.status, await response.text()]).toEqual([status, expect.stringMatching(body)]);
  expect(Object.fromEntries(response.headers)).toMatchObject(headers);
  expect([fault.hits, server.log.entries.at(-1)?.fault]).toEqual([1, name]);
});

test.each<[FaultName, string]>([
  ['primaryLimit', 'RATE_LIMITED'],
  ['resourceLimits', 'RESOURCE_LIMITS_EXCEEDED'],
])('%s answers a query with 200 and an error', async (name, type) => {
  server.faults.inject(name, { kind: 'graphql' });
  const response = await sweep(10);
  expect([response.status, (await response.json()).errors[0].type]).toEqual([200, type]);
});

test('an answer can be cut so that it is no JSON', async () => {
  server.faults.inject('badJson');
  await expect((await read()).json()).rejects.toThrow(SyntaxError);
});

test.each<[FaultName]>([['reset'], ['truncated']])(
  '%s breaks the connection in the middle of the answer',
  async (name) => {
    server.faults.inject(name);
    await expect(read().then((response) => response.text())).rejects.toThrow();
  },
);

test('an answer that never comes lasts until the client gives up', async () => {
  server.faults.inject('hang');
  const patience = AbortSignal.timeout(200);
  await expect(ask(server, '/api/v3/user', { ...init, signal: patience })).rejects.toThrow(/timeout/i);
});

test('an answer that comes in drops is whole in the end', async () => {
  server.faults.inject('slowDrip');
  expect(await (await read()).json()).toMatchObject({ full_name: 'acme/checkout' });
});

describe('a fault strikes', () => {
  test('one repository', async () => {
    server.faults.inject('notFound', { repository: 'acme/checkout' });
    expect([(await read()).status, (await read('acme/search')).status]).toEqual([404, 200]);
  });

  test('one operation', async () => {
    server.faults.inject('badGateway', { operation: 'sweep' });
    expect([(await sweep(10)).status, (await query(server, '{ viewer { login } }')).status]).toEqual([502, 200]);
  });

  test('pages above a size', async () => {
    server.faults.inject('badGateway', { pageAbove: 25 });
    expect([(await sweep(50)).status, (await sweep(25)).status]).toEqual([502, 200]);
  });

  test('from the second time on, twice', async () => {
    server.faults.inject('unavailable', { from: 2, times: 2 });
    const statuses: number[] = [];
    for (let time = 0; time < 4; time += 1) statuses.push((await read()).status);
    expect(statuses).toEqual([200, 503, 503, 200]);
  });

  test('until it is removed', async () => {
    const fault = server.faults.inject('notFound');
    expect((await read()).status).toBe(404);
    fault.remove();
    expect((await read()).status).toBe(200);
  });

  test('the fields of a query that lead to a repository, and spares the others', async () => {
    server.faults.inject('sso', { repository: 'acme/checkout' });
    const body = await (await sweep(20)).json();
    expect(body.errors).toEqual([
      expect.objectContaining({ type: 'FORBIDDEN', extensions: { saml_failure: true }, path: expect.any(Array) }),
    ]);
    const { nodes } = body.data.organization.repositories;
    expect([nodes.length, nodes.filter((node: unknown) => node === null).length]).toEqual([2, 1]);
  });

  test('no field with what only a whole answer can say', async () => {
    const fault = server.faults.inject('badGateway', { repository: 'acme/checkout' });
    expect([(await sweep(20)).status, fault.hits, (await read()).status, fault.hits]).toEqual([200, 0, 502, 1]);
  });

  test('git', async () => {
    server.faults.inject('reset', { kind: 'git', operation: 'fetch' });
    const words = [...toGitOptions('test-token'), 'clone', '--quiet', `${server.origin}/acme/checkout.git`];
    await inFolder((folder) => expect(runGit([...words, folder])).rejects.toThrow(/fatal|error/));
  });
});

test('a query that GitHub gives up costs its points all the same', async () => {
  server.log.clear();
  server.faults.inject('gatewayTimeout', { kind: 'graphql' });
  await sweep(10);
  expect(server.log.entries).toMatchObject([{ status: 504, points: 1, fault: 'gatewayTimeout' }]);
});

describe('octokit', () => {
  const baseUrl = () => `${server.origin}/api/v3`;
  const name = { owner: 'acme', repo: 'checkout' };

  test('tries again by itself after a bad gateway', async () => {
    const fault = server.faults.inject('badGateway', { times: 1 });
    const octokit = new Octokit({ auth: 'test-token', baseUrl: baseUrl(), retry: { retryAfterBaseValue: 1 } });
    expect([(await octokit.rest.repos.get(name)).status, fault.hits]).toEqual([200, 1]);
  });

  test.each<[FaultName, string, number]>([
    ['primaryLimit', 'primary', 31],
    ['secondaryLimit', 'secondary', 30],
    ['tooManyRequests', 'secondary', 30],
  ])('understands %s as a %s limit, and for how long', async (fault, kind, seconds) => {
    server.faults.inject(fault, { seconds: 30 });
    const waits: [string, number][] = [];
    const note = (limit: string) => (after: number) => {
      waits.push([limit, after]);
      return false;
    };
    const throttle = { onRateLimit: note('primary'), onSecondaryRateLimit: note('secondary') };
    const octokit = new Octokit({ auth: 'test-token', baseUrl: baseUrl(), throttle, retry: { enabled: false } });
    await expect(octokit.rest.repos.get(name)).rejects.toThrow();
    expect(waits).toEqual([[kind, expect.toSatisfy((after: number) => Math.abs(after - seconds) <= 1)]]);
  });
});
