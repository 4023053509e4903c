import type { LookupAddress } from 'node:dns';
import type { RequestListener, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import type { LiveFault } from '#model/live/answer.ts';
import { createCertificate } from '../../../tests/live/certificate.ts';
import { startUpstream, type UpstreamServer } from '../../../tests/live/upstream-server.ts';
import { createPieces } from '../keeping/keeper.ts';
import { toPieceRow } from '../keeping/pieces.ts';
import { noMeter } from '../meter.ts';
import type { Endpoint } from '../settings.ts';
import type { UpstreamQuestion, UpstreamStream } from '../upstream.ts';
import { isAllowedAddress } from './upstream/addresses.ts';
import { createUpstream, type OpenUpstream, type UpstreamOptions } from './upstream.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

async function serve(...args: Parameters<typeof startUpstream>): Promise<UpstreamServer> {
  const server = await startUpstream(...args);
  stops.push(server.stop);
  return server;
}

type Place = Endpoint & { ca?: string; skipTlsVerify?: boolean };

function open(place: Partial<Place>, options: Partial<UpstreamOptions> = {}): OpenUpstream {
  const upstream = createUpstream(
    { name: 'one', url: '', ...place },
    { id: 'test/one', meter: noMeter, allowLoopback: true, ...options },
  );
  stops.push(upstream.close);
  return upstream;
}

/** Asks a server that answers like this. */
async function askOnce(listener: RequestListener, options: Partial<UpstreamOptions> = {}, question = {}) {
  const server = await serve(listener);
  return open({ url: server.url }, options).ask({ path: '/x', ...question });
}

const json = (response: ServerResponse, value: unknown, status = 200, headers = {}) =>
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));

/** Writes as long as the other side takes it. */
function flood(response: ServerResponse, chunk: Buffer): { bytes: number } {
  const sent = { bytes: 0 };
  const write = () => {
    while (!response.destroyed && sent.bytes < 1e9) {
      sent.bytes += chunk.length;
      if (!response.write(chunk)) return;
    }
    response.end();
  };
  response.on('drain', write);
  write();
  return sent;
}

describe('what an upstream does, and what it is', () => {
  const short = { limits: { whole: 60 } };
  const rows: [string, RequestListener, LiveFault, Partial<UpstreamOptions>?][] = [
    ['hangs before its headers', () => {}, 'timeout', short],
    ['hangs in its body', (_, response) => response.writeHead(200).write('{"a":'), 'timeout', short],
    [
      'drips',
      (_, response) => {
        const timer = setInterval(() => response.write(' '), 5);
        response.writeHead(200).on('close', () => clearInterval(timer));
      },
      'timeout',
      short,
    ],
    ['resets before its headers', (request) => request.socket.resetAndDestroy(), 'unreachable'],
    [
      'resets in its body',
      (request, response) => response.writeHead(200).write('{', () => request.socket.resetAndDestroy()),
      'unreachable',
    ],
    [
      'ends before it is done',
      (request, response) => response.writeHead(200, { 'content-length': 9 }).write('{', () => request.socket.end()),
      'unreachable',
    ],
    ['speaks something else', (request) => request.socket.end('hello\r\n\r\n'), 'unreadable'],
    ['answers without JSON', (_, response) => response.end('<html>'), 'unreadable'],
    ['answers with half of it', (_, response) => response.end('{"a":'), 'unreadable'],
    ['answers with nothing', (_, response) => response.end(), 'unreadable'],
    ['answers with bytes that are no text', (_, response) => response.end(Buffer.from([34, 0xff, 34])), 'unreadable'],
    [
      'packs it in an unknown way',
      (_, response) => response.writeHead(200, { 'content-encoding': 'br' }).end('x'),
      'unreadable',
    ],
    [
      'packs it in a way that objects have',
      (_, response) => response.writeHead(200, { 'content-encoding': 'constructor' }).end('{}'),
      'unreadable',
    ],
    [
      'packs it wrongly',
      (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('x'),
      'unreadable',
    ],
    ['announces too much', (_, response) => response.writeHead(200, { 'content-length': 3e6 }).write(' '), 'too-large'],
    [
      'sends far too long headers',
      (_, response) => response.writeHead(200, { x: 'x'.repeat(40_000) }).end(),
      'too-large',
    ],
    ['says that nothing changed, unasked', (_, response) => response.writeHead(304).end(), 'unreadable'],
    ['asks for the next answer of 206', (_, response) => json(response, {}, 206), 'unreadable'],
    ['has no content', (_, response) => response.writeHead(204).end(), 'unreadable'],
    ['moved', (_, response) => response.writeHead(301, { location: '/y' }).end(), 'redirected'],
    [
      'sends elsewhere',
      (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
      'redirected',
    ],
    ['refuses the question', (_, response) => json(response, {}, 400), 'refused'],
    ['refuses us', (_, response) => json(response, {}, 401), 'unauthorised'],
    ['forbids it', (_, response) => json(response, {}, 403), 'forbidden'],
    ['does not have it', (_, response) => json(response, {}, 404), 'not-found'],
    ['breaks', (_, response) => json(response, {}, 500), 'failing'],
    ['breaks, and hangs while it says so', (_, response) => response.writeHead(502).write('x'), 'failing'],
  ];
  test.each(rows)('%s', async (_, listener, fault, options = {}) => {
    expect(await askOnce(listener, options)).toEqual({ kind: 'fault', fault });
  });

  test('JSON is read whatever it says that it is, packed or not, and strange keys do no harm', async () => {
    const text = '{"__proto__":{"isAdmin":true},"a":1}';
    const outcome = await askOnce((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'text/html' }).end(gzipSync(text)),
    );
    expect(JSON.stringify(outcome)).toBe(`{"kind":"answer","value":${text}}`);
    expect({}).not.toHaveProperty('isAdmin');
  });

  test.each(['plain', 'packed'])('a gigabyte is cut when it is %s', async (form) => {
    const zeros = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    let sent = { bytes: 0 };
    const outcome = await askOnce((_, response) => {
      response.writeHead(200, form === 'packed' ? { 'content-encoding': 'gzip' } : {});
      sent = flood(response, form === 'packed' ? zeros : Buffer.alloc(65_536, 32));
    });
    expect(outcome).toEqual({ kind: 'fault', fault: 'too-large' });
    expect(sent.bytes).toBeLessThan(20e6);
  });

  test('what may be read is the question’s to say', async () => {
    const listener: RequestListener = (_, response) => json(response, 'x'.repeat(98));
    expect(await askOnce(listener, {}, { maxBytes: 100 })).toMatchObject({ kind: 'answer' });
    expect(await askOnce(listener, {}, { maxBytes: 99 })).toEqual({ kind: 'fault', fault: 'too-large' });
  });
});

describe('an upstream that limits us', () => {
  const at = Date.parse('2026-05-01T00:00:00Z');
  const rows: [string, number, Record<string, string>, number | undefined][] = [
    ['says nothing', 429, {}, 30],
    ['says seconds', 429, { 'retry-after': '7' }, 7],
    [
      'says a date of its own clock, which is an hour late',
      429,
      { date: 'Thu, 30 Apr 2026 23:00:00 GMT', 'retry-after': 'Thu, 30 Apr 2026 23:00:20 GMT' },
      20,
    ],
    [
      'says a date that is over',
      429,
      { date: 'Fri, 01 May 2026 00:00:00 GMT', 'retry-after': 'Thu, 01 Jan 1970 00:00:00 GMT' },
      1,
    ],
    ['says zero', 429, { 'retry-after': '0' }, 1],
    ['says something absurd', 429, { 'retry-after': '99999999999' }, 900],
    ['says nonsense', 429, { 'retry-after': '-5e9x' }, 30],
    ['counts as PagerDuty does', 429, { 'ratelimit-reset': '12' }, 12],
    [
      'counts as GitHub does',
      403,
      { date: 'Fri, 01 May 2026 00:00:00 GMT', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${at / 1000 + 40}` },
      40,
    ],
    ['is GitHub when it was asked too fast', 403, { 'retry-after': '60' }, 60],
  ];
  test.each(rows)('%s', async (_, status, headers, retryAfter) => {
    const outcome = await askOnce((_request, response) => json(response, {}, status, headers), { now: () => at });
    expect(outcome).toEqual({ kind: 'fault', fault: 'rate-limited', retryAfter });
  });

  test('one that fails may say when it will be back', async () => {
    const outcome = await askOnce((_, response) => json(response, {}, 503, { 'retry-after': '9' }));
    expect(outcome).toEqual({ kind: 'fault', fault: 'failing', retryAfter: 9 });
  });

  test('it is left alone until then', async () => {
    let now = at;
    const server = await serve((_, response) =>
      server.requests.length === 1 ? json(response, {}, 429, { 'retry-after': '7' }) : json(response, 'well'),
    );
    const upstream = open({ url: server.url }, { now: () => now });
    await upstream.ask({ path: '/x' });
    now += 5_000;
    expect(await upstream.ask({ path: '/y' })).toEqual({ kind: 'fault', fault: 'rate-limited', retryAfter: 2 });
    expect(server.requests).toHaveLength(1);
    now += 2_000;
    expect(await upstream.ask({ path: '/y' })).toEqual({ kind: 'answer', value: 'well' });
  });
});

describe('an upstream that fails again and again', () => {
  test.each([
    ['failing', 500, 5],
    ['unauthorised', 401, 12],
    ['forbidden', 403, 12],
    ['not-found', 404, 12],
  ])('%s: with status %i it hears %i of 12 questions', async (_, status, heard) => {
    const server = await serve((_request, response) => json(response, {}, status));
    const upstream = open({ url: server.url });
    for (let index = 0; index < 12; index += 1) await upstream.ask({ path: '/x' });
    expect(server.requests).toHaveLength(heard);
  });

  test('it rests, is tried by one question, and is asked again when that went well', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    let status = 500;
    const server = await serve((_, response) => json(response, 'x', status));
    const upstream = open({ url: server.url });
    const ask = async () => {
      const outcome = await upstream.ask({ path: '/x' });
      return outcome.kind === 'fault' ? outcome.fault : outcome.kind;
    };
    for (let index = 0; index < 5; index += 1) expect(await ask()).toBe('failing');
    expect(await ask()).toBe('resting');
    vi.setSystemTime(Date.now() + 10_001);
    expect((await Promise.all([ask(), ask(), ask()])).toSorted()).toEqual(['failing', 'resting', 'resting']);
    expect(server.requests).toHaveLength(6);
    status = 200;
    vi.setSystemTime(Date.now() + 10_001);
    expect(await ask()).toBe('answer');
    expect(await ask()).toBe('answer');
  });
});

test('more questions than are allowed are turned away, and those that wait have an end', async () => {
  const server = await serve(() => {});
  const upstream = open({ url: server.url }, { limits: { atOnce: 2, waiting: 3, whole: 60 } });
  const outcomes = await Promise.all(Array.from({ length: 6 }, () => upstream.ask({ path: '/x' })));
  const faults = outcomes.map((outcome) => (outcome.kind === 'fault' ? outcome.fault : ''));
  expect(faults.slice(0, 2)).toEqual(['timeout', 'timeout']);
  expect(faults[5]).toBe('busy');
  expect(new Set(faults.slice(2, 5)).isSubsetOf(new Set(['busy', 'timeout']))).toBe(true);
});

describe('where it may be', () => {
  const answerWith = (...addresses: string[]) => {
    const found: LookupAddress[] = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    return { lookup: vi.fn<NonNullable<UpstreamOptions['lookup']>>((_, __, answer) => answer(null, found)) };
  };
  const unreachable = { kind: 'fault', fault: 'unreachable' };

  test.each([
    '169.254.169.254',
    '::ffff:169.254.169.254',
    '64:ff9b::a9fe:a9fe',
    '2002:a9fe:a9fe::',
    'fe80::1',
    'fe80::1%eth0',
    'fd00:ec2::254',
    '0.0.0.0',
    '::',
    '100.100.100.200',
    '127.0.0.1',
    '::1',
  ])('a name that leads to %s is not connected to', async (address) => {
    const server = await serve((_, response) => json(response, {}));
    const { lookup } = answerWith(address);
    const upstream = open({ url: `https://elsewhere.test:${server.port}` }, { lookup, allowLoopback: false });
    expect(await upstream.ask({ path: '/x' })).toEqual(unreachable);
    expect(lookup).toHaveBeenCalledOnce();
    expect(server.connections()).toBe(0);
  });

  test('a name that changes its mind is judged at each connection', async () => {
    const server = await serve((_, response) => json(response, {}, 200, { connection: 'close' }));
    const answers = ['127.0.0.1', '169.254.169.254'];
    const lookup: UpstreamOptions['lookup'] = (_, __, answer) =>
      answer(null, [{ address: answers.shift() ?? '', family: 4 }]);
    const upstream = open({ url: server.url.replace('127.0.0.1', 'localhost') }, { lookup });
    expect(await upstream.ask({ path: '/x' })).toMatchObject({ kind: 'answer' });
    expect(await upstream.ask({ path: '/x' })).toEqual(unreachable);
    expect(server.connections()).toBe(1);
  });

  test.each([
    'https://169.254.169.254',
    'https://[fe80::1]',
    'https://0',
    'https://0xa9fea9fe/latest',
    'http://127.0.0.1:PORT',
    'http://localhost:PORT',
    'http://cluster.test:PORT',
    'https://name:password@127.0.0.1:PORT',
    'ftp://127.0.0.1:PORT',
    'nonsense',
  ])('%s is nowhere', async (url) => {
    const server = await serve((_, response) => json(response, {}));
    const upstream = open(
      { url: url.replace('PORT', String(server.port)) },
      { allowLoopback: false, ...answerWith('127.0.0.1') },
    );
    expect(await upstream.ask({ path: '/x' })).toEqual(unreachable);
    expect(await upstream.follow({ path: '/x' }, new AbortController().signal)).toEqual(unreachable);
    expect(server.connections()).toBe(0);
  });

  test.each([
    ['10.1.2.3', true],
    ['172.16.0.1', true],
    ['192.168.1.1', true],
    ['100.64.0.1', true],
    ['fd12:3456::1', true],
    ['8.8.8.8', true],
    ['2606:4700::1111', true],
    ['::ffff:10.1.2.3', true],
    ['169.253.255.255', true],
    ['169.254.0.1', false],
    ['224.0.0.1', false],
    ['255.255.255.255', false],
    ['168.63.129.16', false],
    ['fe80::1', false],
    ['cluster.test', false],
    ['', false],
  ])('a connection to %j is allowed: %s', (address, isAllowed) => {
    expect(isAllowedAddress(address, false)).toBe(isAllowed);
  });
});

describe('TLS', () => {
  const [ours, other] = [createCertificate('ours'), createCertificate('other')];
  const rows: [string, Partial<Place>, string][] = [
    ['the authority that signed it', { ca: ours.cert }, 'answer'],
    ['another authority', { ca: other.cert }, 'unreachable'],
    ['no authority but the system’s', {}, 'unreachable'],
    ['an authority that is no certificate', { ca: '-----BEGIN CERTIFICATE-----\nx' }, 'unreachable'],
    ['the word that it need not be checked', { skipTlsVerify: true }, 'answer'],
    ['the word that it must be checked', { skipTlsVerify: false }, 'unreachable'],
  ];
  test.each(rows)('with %s', async (_, place, expected) => {
    const server = await serve((_request, response) => json(response, {}), ours);
    const outcome = await open({ url: server.url, ...place }, { allowLoopback: false }).ask({ path: '/x' });
    expect(outcome.kind === 'fault' ? outcome.fault : outcome.kind).toBe(expected);
    expect(server.requests).toHaveLength(expected === 'answer' ? 1 : 0);
  });
});

describe('what goes out', () => {
  test('GET, below the address of the upstream, with our own headers alone', async () => {
    const server = await serve((_, response) => json(response, {}, 200, { etag: '"1"' }));
    const credential = async () => ({ Authorization: 'Bearer abc' });
    const upstream = open({ url: `${server.url}/api/v3/`, credential });
    const query = [
      ['a b', 'ä&c=d'],
      ['a b', '#?'],
    ] as const;
    const question: UpstreamQuestion = { path: '/repos/x%20y', query, accept: 'application/vnd.x+json', etag: 'W/"0"' };
    expect(await upstream.ask(question)).toEqual({ kind: 'answer', value: {}, etag: '"1"' });
    expect(server.requests).toEqual([
      {
        method: 'GET',
        url: '/api/v3/repos/x%20y?a+b=%C3%A4%26c%3Dd&a+b=%23%3F',
        headers: {
          host: `127.0.0.1:${server.port}`,
          connection: 'keep-alive',
          accept: 'application/vnd.x+json',
          'accept-encoding': 'gzip',
          'if-none-match': 'W/"0"',
          'user-agent': 'portolan',
          authorization: 'Bearer abc',
        },
      },
    ]);
  });

  test('a tag that would be another header is left out, and `same` is what it says', async () => {
    const server = await serve((request, response) =>
      request.headers['if-none-match'] ? response.writeHead(304).end() : json(response, {}),
    );
    const upstream = open({ url: server.url });
    expect(await upstream.ask({ path: '/x', etag: '"a"' })).toEqual({ kind: 'same' });
    expect(await upstream.ask({ path: '/x', etag: '"a"\r\nx: y' })).toEqual({ kind: 'answer', value: {} });
  });

  test.each([
    'x',
    '',
    '//elsewhere',
    '/a/../b',
    '/a/..',
    '/./a',
    '/a/%2e%2E/b',
    '/a/..%2f..%2fb',
    '/a%5c..%5cb',
    '/a/%252e%252e/b',
    '/a?b=c',
    '/a#b',
    '/a b',
    '/a\\b',
    '/a%00',
    '/a%0d%0ab',
    '/a%zz',
    '/a%ff',
    '/ä',
    'https://elsewhere.test/a',
  ])('the path %j is not asked for', async (path) => {
    const server = await serve((_, response) => json(response, {}));
    const upstream = open({ url: server.url });
    expect(await upstream.ask({ path })).toEqual({ kind: 'fault', fault: 'refused' });
    expect(await upstream.follow({ path }, new AbortController().signal)).toEqual({ kind: 'fault', fault: 'refused' });
    expect(server.requests).toEqual([]);
  });

  test('a path is not longer than 4096 characters', async () => {
    const server = await serve((_, response) => json(response, {}));
    const upstream = open({ url: server.url });
    expect(await upstream.ask({ path: `/${'a'.repeat(4096)}` })).toEqual({ kind: 'fault', fault: 'refused' });
    expect(await upstream.ask({ path: `/${'a'.repeat(4095)}` })).toMatchObject({ kind: 'answer' });
  });

  test('a query is not longer than 64 KB', async () => {
    const upstream = open({ url: (await serve((_, response) => json(response, {}))).url });
    const ask = (length: number) => upstream.ask({ path: '/x', query: [['q', 'x'.repeat(length)]] });
    expect((await ask(70_000)).kind).toBe('fault');
  });

  test.each(['/', '/a', '/a/', '/a%2Fb/c', '/api/v1/namespaces/x/pods:y', '/a/..b'])('the path %j is', async (path) => {
    const server = await serve((_, response) => json(response, {}));
    await open({ url: server.url }).ask({ path });
    expect(server.requests.map(({ url }) => url)).toEqual([path]);
  });
});

describe('what lets us in', () => {
  const serveFor = (token: string) =>
    serve((request, response) => json(response, {}, request.headers.authorization === token ? 200 : 401));
  const rotate = (...tokens: string[]) => ({
    credential: async () => ({ authorization: (tokens.length > 1 ? tokens.shift() : tokens[0]) ?? '' }),
  });

  test.each([
    ['is right', ['a'], 'answer', 1],
    ['was renewed a moment ago', ['old', 'a'], 'answer', 2],
    ['is wrong', ['old'], 'unauthorised', 1],
    ['is renewed for nothing', ['old', 'older', 'a'], 'unauthorised', 2],
    ['cannot stand in a header', ['a\r\nx: y'], 'unauthorised', 0],
  ])('it %s', async (_, tokens, expected, requests) => {
    const server = await serveFor('a');
    const outcome = await open({ url: server.url, ...rotate(...tokens) }).ask({ path: '/x' });
    expect(outcome.kind === 'fault' ? outcome.fault : outcome.kind).toBe(expected);
    expect(server.requests).toHaveLength(requests);
  });

  test.each([
    ['cannot be had', async () => Promise.reject(new Error('no such file')), 'unauthorised'],
    ['never comes', () => new Promise<never>(() => {}), 'timeout'],
  ])('it %s', async (_, credential, fault) => {
    const server = await serveFor('a');
    const upstream = open({ url: server.url, credential }, { limits: { whole: 40 } });
    expect(await upstream.ask({ path: '/x' })).toEqual({ kind: 'fault', fault });
    expect(server.requests).toEqual([]);
  });
});

test('every question is counted with what came of it', async () => {
  const asked = vi.fn();
  const server = await serve((request, response) => json(response, {}, request.url === '/x' ? 200 : 404));
  const upstream = open({ url: server.url }, { meter: { ...noMeter, asked }, now: () => 5 });
  await upstream.ask({ path: '/x' });
  await upstream.ask({ path: '/y' });
  await upstream.ask({ path: '/..' });
  await upstream.follow({ path: '/x' }, AbortSignal.abort());
  expect(asked.mock.calls).toEqual([
    ['test/one', 'answer', 0],
    ['test/one', 'not-found', 0],
    ['test/one', 'refused', 0],
    ['test/one', 'timeout', 0],
  ]);
});

describe('a stream', () => {
  const readAll = async (stream: UpstreamStream) => {
    if (stream.kind === 'fault') return stream.fault;
    const chunks: Uint8Array[] = [];
    for await (const chunk of stream.chunks) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  };
  const follow = async (upstream: OpenUpstream, signal: AbortSignal, question = {}) =>
    readAll(await upstream.follow({ path: '/log', ...question }, signal));
  const never = () => new AbortController().signal;

  test('comes as it is sent', async () => {
    const server = await serve((_, response) => response.end('one\ntwo\n'));
    expect(await follow(open({ url: server.url }), never())).toBe('one\ntwo\n');
    expect(server.requests[0]?.headers).toMatchObject({ accept: '*/*', 'accept-encoding': 'identity' });
  });

  test('lasts longer than a question', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const finish = Promise.withResolvers<void>();
    const server = await serve((_, response) => {
      response.write('one');
      void finish.promise.then(() => response.end('two'));
    });
    const stream = await open({ url: server.url }).follow({ path: '/log' }, never());
    vi.advanceTimersByTime(60_000);
    finish.resolve();
    expect(await readAll(stream)).toBe('onetwo');
  });

  test('ends at its bytes', async () => {
    const server = await serve((_, response) => void flood(response, Buffer.alloc(1000, 'x')));
    expect(await follow(open({ url: server.url }), never(), { maxBytes: 2500 })).toBe('x'.repeat(2500));
  });

  test('ends when the viewer leaves, and its place is free again', async () => {
    const gone = Promise.withResolvers<void>();
    const server = await serve((request, response) => {
      response.on('close', gone.resolve);
      if (request.url === '/log') response.write('x');
      else response.end('y');
    });
    const upstream = open({ url: server.url }, { limits: { streams: 1 } });
    const viewer = new AbortController();
    const first = await upstream.follow({ path: '/log' }, viewer.signal);
    expect(await follow(upstream, never())).toBe('busy');
    viewer.abort();
    await gone.promise;
    expect(first.kind).toBe('stream');
    await vi.waitFor(async () => expect(await follow(upstream, never(), { path: '/other' })).toBe('y'), {
      interval: 5,
    });
  });

  test.each<[string, RequestListener, string]>([
    ['ends where it is reset', (request, response) => response.write('x', () => request.socket.resetAndDestroy()), 'x'],
    ['is not there', (_, response) => json(response, {}, 404), 'not-found'],
    ['is packed', (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('x'), 'unreadable'],
  ])('%s', async (_, listener, expected) => {
    const server = await serve(listener);
    expect(await follow(open({ url: server.url }), never())).toBe(expected);
  });

  test('that does not begin is a question without an answer', async () => {
    const server = await serve(() => {});
    expect(await follow(open({ url: server.url }, { limits: { whole: 60 } }), never())).toBe('timeout');
  });

  test('that says nothing for too long ends', async () => {
    const server = await serve((_, response) => response.write('x'));
    expect(await follow(open({ url: server.url }, { limits: { idle: 50 } }), never())).toBe('x');
  });
});

test('a thousand viewers are one question, and later one whether it changed', async () => {
  const server = await serve((request, response) =>
    request.headers['if-none-match'] === '"1"'
      ? response.writeHead(304).end()
      : json(response, { n: 1 }, 200, { etag: '"1"' }),
  );
  let now = 1_800_000_000_000;
  const pieces = createPieces({ now: () => now, random: () => 0.5, meter: noMeter });
  const row = toPieceRow({
    upstream: open({ url: server.url }),
    question: { path: '/x' },
    fresh: 10,
    schema: z.object({ n: z.number() }),
    project: ({ n }) => ({ number: n }),
  });
  const look = () => Promise.all(Array.from({ length: 1_000 }, () => pieces.read(row)));
  for (const age of [0, 5, 60, 5]) {
    now += age * 1_000;
    expect(new Set((await look()).map(({ value }) => value?.number))).toEqual(new Set([1]));
  }
  expect(server.requests.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"1"']);
});
