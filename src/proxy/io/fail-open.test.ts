import { expect, test, vi } from 'vitest';
import { createFailOpen } from './fail-open.ts';

const failing = () => Promise.reject(new Error('down'));
const settled = () => new Promise((done) => setImmediate(done));

function open() {
  const clock = { now: 1_000 };
  const probe = vi.fn<() => Promise<unknown>>();
  return { clock, probe, ...createFailOpen(probe, 100, () => clock.now) };
}

test('while all is well a call gives what it gives', async () => {
  const { attempt, probe } = open();
  expect(await attempt(async () => 'there', 'otherwise')).toBe('there');
  expect(probe).not.toHaveBeenCalled();
});

test('the first failure ends all calls that wait', async () => {
  const { attempt } = open();
  const hanging = Promise.withResolvers<string>();
  const waiting = [1, 2, 3].map(() => attempt(() => hanging.promise, 'otherwise'));
  expect(await attempt(failing, 'otherwise')).toBe('otherwise');
  expect(await Promise.all(waiting)).toEqual(['otherwise', 'otherwise', 'otherwise']);
  hanging.reject(new Error('late'));
});

test('a call that throws is one that fails', async () => {
  const { attempt } = open();
  const broken = () => {
    throw new Error('broken');
  };
  expect(await attempt(broken, 'otherwise')).toBe('otherwise');
});

test('it is left alone, then tried by a probe alone, then called again', async () => {
  const { attempt, probe, clock } = open();
  const make = vi.fn(async () => 'there');
  await attempt(failing, 'otherwise');
  clock.now += 99;
  expect(await attempt(make, 'otherwise')).toBe('otherwise');
  expect(probe).not.toHaveBeenCalled();

  clock.now += 1;
  probe.mockImplementation(failing);
  expect(await Promise.all([attempt(make, 'otherwise'), attempt(make, 'otherwise')])).toEqual([
    'otherwise',
    'otherwise',
  ]);
  await settled();
  expect(await attempt(make, 'otherwise')).toBe('otherwise');
  expect(probe).toHaveBeenCalledOnce();

  clock.now += 100;
  probe.mockImplementation(async () => 'PONG');
  expect(await attempt(make, 'otherwise')).toBe('otherwise');
  await settled();
  expect(make).not.toHaveBeenCalled();
  expect(await attempt(make, 'otherwise')).toBe('there');
});

test('a clock that goes back does not keep it away for long', async () => {
  const { attempt, probe, clock } = open();
  await attempt(failing, 'otherwise');
  clock.now -= 900;
  probe.mockImplementation(async () => 'PONG');
  await attempt(failing, 'otherwise');
  await settled();
  expect(await attempt(async () => 'there', 'otherwise')).toBe('there');
});
