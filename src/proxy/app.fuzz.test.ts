import fc from 'fast-check';
import { expect, test } from 'vitest';
import { liveRefusalSchema } from '#model/live/answer.ts';
import { isId } from './guard/question.ts';
import { findDecoded } from './guard/rules.ts';
import { createFakeWidget, createSampleProxy, sampleSettings } from './proxy.sample.ts';

/** A proxy in which everything that would be asked of an upstream is counted. */
function createWatchedProxy() {
  const fakes = (['kubernetes', 'argocd', 'github', 'prometheus', 'pagerduty'] as const).map((id) =>
    createFakeWidget(id),
  );
  const opened: string[] = [];
  const { app, problems } = createSampleProxy({
    settings: { ...sampleSettings, logReaders: 'everyone' },
    widgets: fakes.map(({ widget }) => widget),
    pieces: {
      read: async ({ key }) => {
        opened.push(key);
        return { freshUntil: 0 };
      },
    },
    openLog: async ({ ref }) => {
      opened.push(ref);
      return { kind: 'fault', fault: 'unreachable' };
    },
  });
  const countCalls = () => opened.length + fakes.reduce((sum, { asked }) => sum + asked.length, 0);
  const ask = async (target: string, headers: Record<string, string> = {}) =>
    app.fetch(new Request(toUrl(target), { headers }), { target, address: '192.0.2.7' });
  return { ask, countCalls, problems };
}

/** The address as a server would read it; where it can read none, the application is asked for another. */
function toUrl(target: string): URL {
  return URL.parse(`http://portal.example${target}`) ?? new URL('http://portal.example/');
}

async function expectRefusal(response: Response): Promise<void> {
  expect(response.status).toBeGreaterThanOrEqual(400);
  expect(response.status).toBeLessThan(500);
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  const text = await response.text();
  expect(liveRefusalSchema.safeParse(JSON.parse(text)).success).toBe(true);
  expect(text).not.toMatch(/\bat .*:\d+|node_modules|\.ts\b|Error:/);
}

const nasty = fc.constantFrom(
  '',
  '.',
  '..',
  '...',
  '%2e%2e',
  '%2e',
  '%2f',
  '%5c',
  '%00',
  '%',
  '%0',
  '%zz',
  '%25',
  '%252e%252e',
  '%c0%ae',
  '%ff',
  '%u002e',
  '\\',
  '..\\',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'prototype',
  'null',
  'undefined',
  'NaN',
  ':',
  ';',
  '*',
  '$(id)',
  '${jndi:ldap://x}',
  "' or 1=1",
  '<script>',
  'http://evil.example',
  '//evil.example',
  'http:%2F%2F169.254.169.254',
  '@evil.example',
  'secret:0000000000000000',
  'ﬁ',
  '\u202e',
  '\u0000',
  '😀',
  '\ud800',
  'CHECKOUT',
  '-checkout',
  'x'.repeat(64),
  'x'.repeat(3_000),
);
const part = fc.oneof(
  nasty,
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc
    .string({ unit: 'grapheme', maxLength: 20 })
    .map((text) => text.replace(/\p{Cs}/gu, ''))
    .map(encodeURIComponent),
  fc.tuple(nasty, fc.constantFrom('checkout', 'a'), nasty).map((parts) => parts.join('')),
);
const right = ['kubernetes', 'component', 'default', 'checkout'];
const logQuery = {
  cluster: 'prod-us',
  namespace: 'shop',
  pod: 'checkout-1',
  container: 'app',
  previous: '0',
  follow: '0',
};

/** Any part of an address replaced by something else. */
const widgetTarget = fc
  .tuple(fc.nat(3), part, fc.constantFrom('', 'log/'))
  .filter(([at, text]) => text !== right[at])
  .map(([at, text, log]) => {
    const parts = right.with(at, text);
    return log === ''
      ? `/api/live/${parts.join('/')}`
      : `/api/live/log/${parts.slice(1).join('/')}?${toLogQuery({})}&pod=${text}`;
  });

function toLogQuery(change: Record<string, string>): string {
  return Object.entries({ ...logQuery, ...change })
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** Whether a parameter is right after all: a name, or a switch. */
function isRight(text: string): boolean {
  return isId(findDecoded(text) ?? '');
}

const logTarget = fc
  .tuple(
    fc.constantFrom(...Object.keys(logQuery)),
    part.filter((text) => !isRight(text) && !text.includes('&')),
  )
  .map(([name, text]) => `/api/live/log/component/default/checkout?${toLogQuery({ [name]: text })}`);

const statusTarget = fc
  .tuple(part, fc.constantFrom('', ',component:default/checkout'))
  .filter(([text]) => !/^[,&]*$/.test(text))
  .map(([text, more]) => `/api/live/status?refs=${text}${more}`);

const knownParameters = new Set(['refs', ...Object.keys(logQuery)]);
const extraTarget = fc
  .tuple(
    fc.constantFrom(
      '/api/me',
      '/healthz',
      '/readyz',
      '/api/live/kubernetes/component/default/checkout',
      '/api/live/status',
    ),
    part.filter((name) => !/^[&]*$/.test(name) && !knownParameters.has(name)),
  )
  .map(([path, name]) => `${path}?${name}=1`);

const anyTarget = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.webUrl({ withQueryParameters: true }),
    fc.array(part, { maxLength: 8 }).map((parts) => `/${parts.join('/')}`),
  )
  .filter((target) => !/^\/(healthz|readyz|api\/me)\??$/.test(target));

test.each([
  ['parts of an address', widgetTarget],
  ['parameters of a log', logTarget],
  ['references of a list', statusTarget],
  ['parameters that nobody knows', extraTarget],
  ['whole addresses', anyTarget],
])('whatever %s are, they are refused in JSON, and nobody is asked', async (_, targets) => {
  const { ask, countCalls, problems } = createWatchedProxy();
  await fc.assert(
    fc.asyncProperty(targets, async (target) => {
      await expectRefusal(await ask(target));
      expect(countCalls()).toBe(0);
    }),
    { numRuns: 600 },
  );
  expect(problems).toEqual([]);
});

test('whatever headers say, the answer is the same', async () => {
  const { ask, problems } = createWatchedProxy();
  const target = '/api/live/kubernetes/component/default/checkout';
  const names = fc.constantFrom(
    'x-forwarded-host',
    'x-original-url',
    'x-http-method-override',
    'forwarded',
    'range',
    'cookie',
    'accept',
    'traceparent',
  );
  const expected = await (await ask(target)).text();
  await fc.assert(
    fc.asyncProperty(names, fc.string({ unit: 'grapheme-ascii', maxLength: 100 }), async (name, value) => {
      const response = await ask(target, { [name]: value.trim() });
      expect([response.status, await response.text()]).toEqual([200, expected]);
    }),
    { numRuns: 200 },
  );
  expect(problems).toEqual([]);
});
