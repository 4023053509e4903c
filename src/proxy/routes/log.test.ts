import { expect, test } from 'vitest';
import { z } from 'zod';
import type { LogOpening, LogQuestion, OpenLog } from '../log.ts';
import { createSampleProxy, readCode, sampleSettings, settle, signedIn } from '../proxy.sample.ts';

const query = 'cluster=prod-us&namespace=shop&pod=checkout-1&container=app';
const target = `/api/live/log/component/default/checkout?${query}`;
const ada = signedIn('ada@acme.example');

async function* toLines(...lines: string[]) {
  yield* lines;
}

/** A log whose lines are written when told; it ends with its signal. */
function createWrittenLog() {
  const asked: LogQuestion[] = [];
  const signals: AbortSignal[] = [];
  let waiting = Promise.withResolvers<string>();
  async function* lines(signal: AbortSignal) {
    const ended = Promise.withResolvers<never>();
    signal.addEventListener('abort', () => ended.reject(new Error('aborted')));
    ended.promise.catch(() => {});
    for (;;) yield await Promise.race([waiting.promise, ended.promise]);
  }
  const openLog: OpenLog = async (_, question, __, signal) => {
    asked.push(question);
    signals.push(signal);
    return { kind: 'lines', lines: lines(signal) };
  };
  const write = async (line: string) => {
    waiting.resolve(line);
    waiting = Promise.withResolvers();
    await settle();
  };
  return { openLog, asked, signals, write };
}

/** Reads a stream bit by bit. */
function createReader(response: Response) {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const chunks: string[] = [];
  const done = (async () => {
    for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) chunks.push(next.value);
    return chunks.join('');
  })();
  return { chunks, done, leave: () => reader?.cancel() };
}

test('gives the end of a log to an owner', async () => {
  const asked: unknown[] = [];
  const openLog: OpenLog = async ({ ref }, question) => {
    asked.push(ref, question);
    return { kind: 'lines', lines: toLines('first words', 'two') };
  };
  const { ask, lines, views } = createSampleProxy({ identify: ada, openLog });
  const response = await ask(`${target}&previous=1`);
  expect([response.status, await response.json()]).toEqual([200, { lines: ['first words', 'two'] }]);
  expect(asked).toEqual([
    'component:default/checkout',
    { cluster: 'prod-us', namespace: 'shop', pod: 'checkout-1', container: 'app', previous: true, follow: false },
  ]);
  expect(views).toEqual(['log tail']);
  expect(JSON.stringify(lines)).not.toMatch(/checkout-1|first words/);
  expect(lines[0]).toMatchObject({ user: 'user:default/ada', route: 'log', entity: 'component:default/checkout' });
});

const everyone = { ...sampleSettings, logReaders: 'everyone' } as const;
const quiet = target.replace('checkout?', 'quiet?');

test.each([
  ['someone anonymous', undefined, sampleSettings, target, 403, 'logs-not-yours'],
  ['someone of another team', signedIn('bob@acme.example'), sampleSettings, target, 403, 'logs-not-yours'],
  ['someone the catalog does not know', signedIn('eve@acme.example'), sampleSettings, target, 403, 'logs-not-yours'],
  ['one of two with one address', signedIn('twin@acme.example'), sampleSettings, target, 403, 'logs-not-yours'],
  ['an owner, of an entity that does not allow it', ada, sampleSettings, quiet, 403, 'logs-off'],
  ['anyone, of an entity that does not allow it', undefined, everyone, quiet, 403, 'logs-off'],
  [
    'anyone, of an entity that nobody knows',
    ada,
    everyone,
    target.replace('checkout?', 'nobody?'),
    404,
    'unknown-entity',
  ],
])('refuses the log to %s', async (_, identify, settings, asked, status, code) => {
  const openLog: OpenLog = () => Promise.reject(new Error('it was opened'));
  const { ask } = createSampleProxy({ ...(identify && { identify }), settings, openLog });
  for (const suffix of ['', '&follow=1']) {
    const response = await ask(asked + suffix);
    expect([response.status, await readCode(response)]).toEqual([status, code]);
  }
});

test('gives the log to everyone where the operator says so', async () => {
  const openLog: OpenLog = async () => ({ kind: 'lines', lines: toLines('one') });
  const { ask } = createSampleProxy({ settings: everyone, openLog });
  expect((await ask(target)).status).toBe(200);
});

test.each([
  '',
  query.replace('cluster=prod-us&', ''),
  query.replace('prod-us', 'other'),
  query.replace('prod-us', 'https:%2F%2Fevil.example'),
  query.replace('shop', ''),
  query.replace('checkout-1', 'Checkout'),
  query.replace('checkout-1', 'a%2Fb'),
  query.replace('checkout-1', '..'),
  query.replace('checkout-1', '__proto__'),
  query.replace('container=app', 'container=app%3FtailLines'),
  `${query}&previous=yes`,
  `${query}&follow=`,
  `${query}&follow=toString`,
  `${query}&follow=1&follow=0`,
  `${query}&tailLines=100000`,
])('refuses the question "%s"', async (text) => {
  const openLog: OpenLog = () => Promise.reject(new Error('it was opened'));
  const { ask } = createSampleProxy({ identify: ada, openLog });
  const response = await ask(`/api/live/log/component/default/checkout?${text}`);
  expect(response.status).toBe(400);
  expect(await readCode(response)).toMatch(/^(wrong|unknown|repeated)-parameter$/);
});

const refused: LogOpening = { kind: 'refused', code: 'no-such-pod', what: 'There is none.', mend: 'Look again.' };

test.each([
  [refused, 404, 'no-such-pod'],
  [{ kind: 'fault', fault: 'forbidden' } as LogOpening, 503, 'log-forbidden'],
])('says why a log was not opened: %o', async (opening, status, code) => {
  const { ask } = createSampleProxy({ identify: ada, openLog: async () => opening });
  for (const suffix of ['', '&follow=1', '&follow=1']) {
    const response = await ask(target + suffix);
    expect([response.status, await readCode(response)]).toEqual([status, code]);
  }
});

test('cuts the end of a log at its most lines and bytes', async () => {
  const linesSchema = z.object({ lines: z.array(z.string()) });
  for (const [line, most] of [
    ['x', 500],
    ['x'.repeat(1023), 256],
  ] as const) {
    const openLog: OpenLog = async () => ({ kind: 'lines', lines: toLines(...Array<string>(2_000).fill(line)) });
    const { ask } = createSampleProxy({ identify: ada, openLog });
    const { lines } = linesSchema.parse(await (await ask(target)).json());
    expect(lines).toHaveLength(most);
  }
});

test('does not wait for a log that hangs, and ends what is read', async () => {
  const { openLog, signals } = createWrittenLog();
  const { ask, clock } = createSampleProxy({ identify: ada, openLog });
  const asking = ask(target);
  await clock.advance(10_000);
  expect([(await asking).status, signals[0]?.aborted]).toEqual([503, true]);
  const hanging = createSampleProxy({ identify: ada, openLog: () => new Promise(() => {}) });
  const opening = hanging.ask(`${target}&follow=1`);
  await hanging.clock.advance(10_000);
  expect(await readCode(await opening)).toBe('log-timeout');
});

test('sends a followed log line by line, with signs of life, until its time is over', async () => {
  const { openLog, signals, write } = createWrittenLog();
  const { ask, clock } = createSampleProxy({ identify: ada, openLog });
  const response = await ask(`${target}&follow=1`);
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  expect(response.headers.get('cache-control')).toBe('private, no-store');
  const { chunks, done } = createReader(response);
  await settle();
  await write('one\r\ntwo');
  expect(chunks.join('')).toBe('event: lines\ndata: {"lines":["one\\r\\ntwo"]}\n\n');
  await clock.advance(15_000);
  expect(chunks.at(-1)).toBe(': still here\n\n');
  await clock.advance(300_000 - 15_000);
  expect(await done).toMatch(/event: end\ndata: {"why":"time"}\n\n$/);
  expect(signals[0]?.aborted).toBe(true);
  expect(clock.countWaiting()).toBe(0);
});

test.each([
  ['over', toLines('one')],
  ['size', toLines('one', 'x'.repeat(256 * 1024), 'two')],
])('a followed log ends when it is %s', async (why, lines) => {
  const { ask, clock } = createSampleProxy({ identify: ada, openLog: async () => ({ kind: 'lines', lines }) });
  const { done } = createReader(await ask(`${target}&follow=1`));
  const text = await done;
  expect(text).toBe(`event: lines\ndata: {"lines":["one"]}\n\nevent: end\ndata: {"why":"${why}"}\n\n`);
  expect(clock.countWaiting()).toBe(0);
});

test('a followed log that breaks says nothing of why', async () => {
  // biome-ignore lint/correctness/useYield: it breaks before it gives anything
  async function* breaking(): AsyncGenerator<string> {
    throw new Error('secret words');
  }
  const { ask } = createSampleProxy({ identify: ada, openLog: async () => ({ kind: 'lines', lines: breaking() }) });
  expect(await createReader(await ask(`${target}&follow=1`)).done).toBe('event: end\ndata: {"why":"broken"}\n\n');
});

test('ends what is read when the reader leaves, and lets them come again', async () => {
  const { openLog, signals } = createWrittenLog();
  const { ask, clock } = createSampleProxy({ identify: ada, openLog });
  const { leave } = createReader(await ask(`${target}&follow=1`));
  await settle();
  const second = await ask(`${target}&follow=1`);
  expect([second.status, await readCode(second)]).toEqual([429, 'logs-open']);
  await leave();
  await settle();
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  expect(clock.countWaiting()).toBe(0);
  expect((await ask(`${target}&follow=1`)).status).toBe(200);
});

test('a reader who takes nothing is left when the time is over', async () => {
  async function* endless() {
    for (;;) yield 'x'.repeat(1_000);
  }
  const { ask, clock } = createSampleProxy({
    identify: ada,
    openLog: async () => ({ kind: 'lines', lines: endless() }),
    follow: { milliseconds: 60_000, bytes: Number.POSITIVE_INFINITY, lines: Number.POSITIVE_INFINITY },
  });
  await ask(`${target}&follow=1`);
  await clock.advance(60_000);
  expect(clock.countWaiting()).toBe(0);
  expect((await ask(`${target}&follow=1`)).status).toBe(200);
});

test('HEAD follows nothing', async () => {
  const { openLog, asked } = createWrittenLog();
  const { ask } = createSampleProxy({ identify: ada, openLog });
  expect((await ask(`${target}&follow=1`, {}, 'HEAD')).status).toBe(405);
  expect(asked).toEqual([]);
});
