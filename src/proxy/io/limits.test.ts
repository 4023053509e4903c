import { expect, test } from 'vitest';
import { createPlaces } from '../places.ts';
import { createSampleProxy, readCode, sampleSettings, signedIn } from '../proxy.sample.ts';
import { createLimits } from './limits.ts';

const checkout = '/api/live/kubernetes/component/default/checkout';
const list = '/api/live/status?refs=component:default/checkout';

test('says when someone asks too often, and lets others ask', async () => {
  const { ask } = createSampleProxy({ limits: createLimits({ perMinute: 3, atOnce: 10 }) });
  const statuses = [];
  for (const target of [checkout, '/nothing', list, checkout]) statuses.push((await ask(target)).status);
  expect(statuses).toEqual([200, 404, 200, 429]);
  const response = await ask(checkout);
  expect(await readCode(response)).toBe('too-often');
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await ask(checkout, {}, 'GET', '192.0.2.8')).status).toBe(200);
  expect((await ask('/healthz')).status).toBe(200);
});

test('counts people wherever they ask from', async () => {
  const limits = createLimits({ perMinute: 1, atOnce: 10 });
  const ada = createSampleProxy({ limits, identify: signedIn('ada@acme.example') });
  const bob = createSampleProxy({ limits, identify: signedIn('bob@acme.example') });
  expect((await ada.ask(checkout, {}, 'GET', '192.0.2.7')).status).toBe(200);
  expect((await ada.ask(checkout, {}, 'GET', '192.0.2.8')).status).toBe(429);
  expect((await bob.ask(checkout, {}, 'GET', '192.0.2.7')).status).toBe(200);
});

test('nobody becomes another by what they say of their address', async () => {
  const asks = async (proxiesInFront: number) => {
    const settings = { ...sampleSettings, proxiesInFront };
    const { ask } = createSampleProxy({ settings, limits: createLimits({ perMinute: 1, atOnce: 10 }) });
    const statuses = [];
    for (const forwarded of ['1.1.1.1, 203.0.113.9', '2.2.2.2, 203.0.113.9', '3.3.3.3, 203.0.113.10'])
      statuses.push((await ask(checkout, { 'x-forwarded-for': forwarded })).status);
    return statuses;
  };
  expect(await asks(0)).toEqual([200, 429, 429]);
  expect(await asks(1)).toEqual([200, 429, 200]);
});

test('a list costs by its length', async () => {
  const { ask } = createSampleProxy({ limits: createLimits({ perMinute: 9, atOnce: 10 }) });
  const refs = Array.from({ length: 100 }, (_, at) => `a:b/${at}`).join(',');
  expect((await ask(`/api/live/status?refs=${refs}`)).status).toBe(429);
});

test('those who prove nothing are counted, too', async () => {
  const { ask } = createSampleProxy({
    identify: async () => ({ kind: 'refused' }),
    limits: createLimits({ perMinute: 2, atOnce: 10 }),
  });
  const statuses = [];
  for (let turn = 0; turn < 3; turn += 1) statuses.push((await ask(checkout)).status);
  expect(statuses).toEqual([401, 401, 429]);
});

test('whoever has a great many addresses is a crowd, and takes nothing from those who came before', async () => {
  const limits = createLimits({ perMinute: 2, atOnce: 10, viewers: 2 });
  const ask = async (viewer: string) => (await limits.take(viewer, 1)).isAllowed;
  expect([await ask('ann'), await ask('bob')]).toEqual([true, true]);
  const asked = await Promise.all(Array.from({ length: 1_000 }, (_, index) => ask(`address 2001:db8:0:${index}::/64`)));
  expect(asked.filter((isAllowed) => isAllowed).length).toBeLessThanOrEqual(128);
  expect([await ask('ann'), await ask('ann'), await ask('bob')]).toEqual([true, false, true]);
});

test('takes no more at once than there are places', async () => {
  const { ask } = createSampleProxy({ limits: createLimits({ perMinute: 100, atOnce: 2 }) });
  const responses = await Promise.all([ask(checkout), ask(checkout), ask(checkout)]);
  expect(responses.map(({ status }) => status)).toEqual([200, 200, 503]);
  expect((await ask(checkout)).status).toBe(200);
});

test('a place is freed once', () => {
  const places = createPlaces(2, 1);
  const free = places.take('ada');
  expect(places.take('ada')).toBeUndefined();
  free?.();
  free?.();
  expect([places.take('ada'), places.take('bob'), places.take('cy')].map(Boolean)).toEqual([true, true, false]);
});
