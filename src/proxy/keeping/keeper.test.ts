import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { LiveFault } from '#model/live/answer.ts';
import { type CacheState, noMeter } from '../meter.ts';
import { createPieces, type PiecesOptions } from './keeper.ts';
import type { PieceReading, PieceRow } from './pieces.ts';
import type { SharedEntry, SharedStore } from './shared.ts';

const start = 1_800_000_000_000;
const second = 1_000;

/** A keeper with a clock that only the test moves, without chance: `random` in the middle gives exactly what is asked for. */
function open(options: Partial<PiecesOptions> = {}) {
  const clock = { now: start };
  const states: CacheState[] = [];
  const meter = { ...noMeter, cached: (_: string, state: CacheState) => void states.push(state) };
  const wait = async (milliseconds: number) => {
    clock.now += milliseconds;
  };
  const pieces = createPieces({ now: () => clock.now, random: () => 0.5, meter, wait, ...options });
  return { clock, states, pieces };
}

const fail = (fault: LiveFault, retryAfter?: number): PieceReading<string> => ({ kind: 'fault', fault, retryAfter });
const give = (value: string, etag?: string): PieceReading<string> => ({ kind: 'read', value, etag });

/** A row whose readings are these, the last one again and again. */
function toRow(...readings: PieceReading<string>[]) {
  const read = vi.fn(
    async (_etag?: string) => (readings.length > 1 ? readings.shift() : readings[0]) ?? fail('failing'),
  );
  const row: PieceRow<string> = { key: 'kubernetes/prod /pods?x=y', fresh: 10, read };
  return { row, read };
}

/** Lets what is under way behind a viewer's back end. */
const settle = () => new Promise((done) => setImmediate(done));

describe('by its age a piece', () => {
  const rows: [string, number, CacheState, string, number][] = [
    ['is fresh and nobody asks', 9.9, 'fresh', 'old', 1],
    ['is stale, shown at once and read behind the viewer’s back', 10, 'stale', 'old', 2],
    ['is stale until its grace ends', 40, 'stale', 'old', 2],
    ['is old and waited for', 40.1, 'read', 'new', 2],
    ['is gone and waited for', 3_600, 'read', 'new', 2],
  ];
  test.each(rows)('%s', async (_, age, state, value, reads) => {
    const { clock, states, pieces } = open();
    const { row, read } = toRow(give('old'), give('new'));
    await pieces.read(row);
    clock.now += age * second;
    expect(await pieces.read(row)).toMatchObject({ value });
    await settle();
    expect(states).toEqual(['read', state]);
    expect(read).toHaveBeenCalledTimes(reads);
    expect(await pieces.read(row)).toMatchObject({ value: reads === 1 ? 'old' : 'new' });
  });

  test.each([
    ['is shown with why when it is stale', 20, 'old'],
    ['is shown with why when it is old', 300, 'old'],
    ['is not shown when it is gone', 300.1, undefined],
  ])('%s and cannot be read', async (_, age, value) => {
    const { clock, pieces } = open();
    const { row } = toRow(give('old'), fail('timeout'));
    await pieces.read(row);
    clock.now += age * second;
    await pieces.read(row);
    await settle();
    const piece = await pieces.read(row);
    expect(piece.fault).toBe('timeout');
    expect(piece.value).toBe(value);
    expect(piece.readAt).toBe(start);
  });

  test('is gone when its time comes while nobody is asked', async () => {
    const { clock, states, pieces } = open();
    const { row, read } = toRow(give('old'), fail('rate-limited', 600));
    await pieces.read(row);
    clock.now += 290 * second;
    expect(await pieces.read(row)).toMatchObject({ value: 'old', fault: 'rate-limited' });
    clock.now += 11 * second;
    expect(await pieces.read(row)).toEqual({ readAt: start, fault: 'rate-limited', freshUntil: expect.any(Number) });
    expect(read).toHaveBeenCalledTimes(2);
    expect(states).toEqual(['read', 'read', 'failed']);
  });

  test('says when asking again may bring something new', async () => {
    const { clock, pieces } = open();
    const { row } = toRow(give('a'));
    expect((await pieces.read(row)).freshUntil).toBe(start + 10 * second);
    clock.now += 10 * second;
    expect((await pieces.read(row)).freshUntil).toBe(clock.now + second);
    await settle();
    expect((await pieces.read(row)).freshUntil).toBe(clock.now + 10 * second);
  });

  test('that is slower than the hard limit is still fresh as long as it says', async () => {
    const { clock, pieces } = open();
    const { row, read } = toRow(give('a'));
    await pieces.read({ ...row, fresh: 3_600 });
    clock.now += 3_500 * second;
    expect(await pieces.read({ ...row, fresh: 3_600 })).toMatchObject({ value: 'a' });
    expect(read).toHaveBeenCalledOnce();
  });
});

describe('upstream calls do not grow with viewers', () => {
  test.each([1, 100, 1_000])('%i viewers at once are one reading, fresh, stale and old', async (viewers) => {
    const { clock, states, pieces } = open();
    const { row, read } = toRow(give('a'));
    for (const age of [0, 5, 10, 100, 1_000]) {
      clock.now += age * second;
      const seen = await Promise.all(Array.from({ length: viewers }, () => pieces.read(row)));
      expect(new Set(seen.map(({ value }) => value))).toEqual(new Set(['a']));
      await settle();
    }
    expect(read).toHaveBeenCalledTimes(4);
    expect(states.filter((state) => state === 'joined')).toHaveLength(3 * (viewers - 1));
  });

  test('a failure is shared by all who wait for it', async () => {
    const { states, pieces } = open();
    const { row, read } = toRow(fail('unreachable'));
    const seen = await Promise.all(Array.from({ length: 100 }, () => pieces.read(row)));
    expect(new Set(seen.map(({ fault }) => fault))).toEqual(new Set(['unreachable']));
    expect(read).toHaveBeenCalledOnce();
    expect(new Set(states)).toEqual(new Set(['failed']));
  });

  test('nobody is asked without a viewer', async () => {
    vi.useFakeTimers();
    try {
      const { row, read } = toRow(give('a'));
      await open().pieces.read(row);
      await vi.advanceTimersByTimeAsync(3_600 * second);
      expect(read).toHaveBeenCalledOnce();
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  test('pieces of other keys are read side by side', async () => {
    const { pieces } = open();
    const { row, read } = toRow(give('a'));
    await Promise.all(['one /a', 'one /b', 'two /a'].map((key) => pieces.read({ ...row, key })));
    expect(read).toHaveBeenCalledTimes(3);
  });
});

describe('what is known of a piece', () => {
  test('its tag is sent, and `same` makes it fresh again', async () => {
    const { clock, pieces } = open();
    const { row, read } = toRow(give('a', '"1"'), { kind: 'same' });
    await pieces.read(row);
    clock.now += 100 * second;
    expect(await pieces.read(row)).toEqual({ value: 'a', readAt: clock.now, freshUntil: clock.now + 10 * second });
    expect(read.mock.calls).toEqual([[undefined], ['"1"']]);
  });

  test('`same` of what nobody has is not understood', async () => {
    const { row } = toRow({ kind: 'same' });
    expect(await open().pieces.read(row)).toMatchObject({ fault: 'unreadable' });
  });

  test.each<[string, () => Promise<PieceReading<string>>]>([
    ['rejects', () => Promise.reject(new Error('broken'))],
    [
      'throws',
      () => {
        throw new Error('broken');
      },
    ],
  ])('a reading that %s is an upstream that fails', async (_, read) => {
    const { pieces } = open();
    expect(await pieces.read({ ...toRow().row, read })).toMatchObject({ fault: 'failing' });
  });

  test('a reading that breaks behind the viewer’s back disturbs nobody', async () => {
    const { clock, pieces } = open();
    const { row } = toRow(give('a'));
    await pieces.read(row);
    clock.now += 20 * second;
    const broken = { ...row, read: () => Promise.reject(new Error('broken')) };
    expect(await pieces.read(broken)).toMatchObject({ value: 'a' });
    await settle();
    expect(await pieces.read(broken)).toMatchObject({ value: 'a', fault: 'failing' });
  });

  test('what cannot be kept is not understood', async () => {
    const circle: { self?: unknown } = {};
    circle.self = circle;
    const row: PieceRow<unknown> = { key: 'one /', fresh: 10, read: async () => ({ kind: 'read', value: circle }) };
    expect(await open().pieces.read(row)).toMatchObject({ fault: 'failing' });
  });

  test('room is bounded: what nobody wanted for longest goes first', async () => {
    const { pieces } = open({ maxBytes: 10_000 });
    const { row, read } = toRow(give('x'.repeat(2_000)));
    for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) await pieces.read({ ...row, key });
    expect(read).toHaveBeenCalledTimes(4);
  });

  test('what is larger than all the room is still read once', async () => {
    const { pieces } = open({ maxBytes: 1_000 });
    const { row, read } = toRow(give('x'.repeat(5_000)));
    await pieces.read(row);
    expect(await pieces.read(row)).toMatchObject({ value: 'x'.repeat(5_000) });
    expect(read).toHaveBeenCalledOnce();
  });

  test('those who wait see what was read, whatever else was read meanwhile', async () => {
    const { pieces } = open({ maxBytes: 1_000 });
    const { row } = toRow(give('x'.repeat(5_000)));
    const seen = await Promise.all(['a', 'b', 'c'].map((key) => pieces.read({ ...row, key })));
    expect(seen.every(({ value }) => value?.length === 5_000)).toBe(true);
  });
});

describe('after a failure nobody is asked for a while', () => {
  /** When it is asked, in seconds from the beginning, when a viewer looks every half second. */
  async function listReadings(readings: PieceReading<string>[], seconds: number, options: Partial<PiecesOptions> = {}) {
    const { clock, pieces } = open({ random: () => 0, ...options });
    const { row, read } = toRow(...readings);
    const times: number[] = [];
    for (; clock.now <= start + seconds * second; clock.now += second / 2) {
      const before = read.mock.calls.length;
      await pieces.read(row);
      await settle();
      if (read.mock.calls.length > before) times.push((clock.now - start) / second);
    }
    return times;
  }

  test.each<[string, PieceReading<string>[], number, number[]]>([
    ['half a minute when it is not there', [fail('not-found')], 50, [0, 24, 48]],
    ['half a minute when it is forbidden', [fail('forbidden')], 50, [0, 24, 48]],
    ['half a minute when we are not let in', [fail('unauthorised')], 50, [0, 24, 48]],
    ['longer and longer, up to a minute, when it fails', [fail('failing')], 200, [0, 4, 12, 28, 60, 108, 156]],
    ['as long as it says', [fail('rate-limited', 17)], 40, [0, 17, 34]],
    ['not less than usual when it says less', [fail('timeout', 1)], 12, [0, 4, 12]],
    ['not absurdly long', [fail('rate-limited', 1e12)], 1_000, [0, 900]],
    ['as usual when it says nonsense', [fail('rate-limited', Number.NaN)], 4, [0, 4]],
  ])('%s', async (_, readings, seconds, times) => {
    expect(await listReadings(readings, seconds)).toEqual(times);
  });

  test('shortly again when it was well in between', async () => {
    const well = give('a');
    // Fresh for nine seconds without chance, then stale: read behind the viewer's back, which fails and counts from the start.
    expect(await listReadings([fail('failing'), fail('failing'), well, fail('failing')], 34)).toEqual([
      0, 4, 12, 21, 25, 33,
    ]);
  });

  test('chance shortens a pause by a fifth at most, and lengthens what the upstream says by a tenth at most', async () => {
    const last = () => 0.999;
    expect(await listReadings([fail('not-found')], 40, { random: last })).toEqual([0, 30]);
    expect(await listReadings([fail('rate-limited', 100)], 120, { random: last })).toEqual([0, 110]);
  });
});

test('chance makes a piece fresh a tenth shorter or longer, never more', async () => {
  const fresh = fc.integer({ min: 1, max: 600 });
  const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  await fc.assert(
    fc.asyncProperty(fresh, chance, async (seconds, random) => {
      const { pieces } = open({ random: () => random });
      const piece = await pieces.read({ ...toRow(give('a')).row, fresh: seconds });
      expect(piece.freshUntil - start).toBeGreaterThanOrEqual(seconds * 900);
      expect(piece.freshUntil - start).toBeLessThanOrEqual(seconds * 1_100);
    }),
  );
});

test('whatever happens, nothing is shown beyond the hard limit, a reading is not repeated in its pause, and something is said', async () => {
  const faults: LiveFault[] = ['timeout', 'not-found', 'rate-limited', 'busy'];
  const reading = fc.oneof(
    fc.constant(give('a', '"1"')),
    fc.constant<PieceReading<string>>({ kind: 'same' }),
    fc.record({
      kind: fc.constant('fault' as const),
      fault: fc.constantFrom(...faults),
      retryAfter: fc.option(fc.double(), { nil: undefined }),
    }),
  );
  const step = fc.record({ reading, jump: fc.integer({ min: -600, max: 600 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
      const { clock, pieces } = open({ hardLimit: 120 });
      const next = { reading: give('a') as PieceReading<string> };
      const read = vi.fn(async () => next.reading);
      const row = { ...toRow().row, read };
      for (const { reading: following, jump } of steps) {
        next.reading = following;
        clock.now += jump * second;
        const reads = read.mock.calls.length;
        const piece = await pieces.read(row);
        await settle();
        expect(read.mock.calls.length - reads).toBeLessThanOrEqual(1);
        expect(piece.value !== undefined || piece.fault !== undefined).toBe(true);
        if (piece.value !== undefined && piece.readAt !== undefined)
          expect(clock.now - piece.readAt).toBeLessThanOrEqual(120 * second);
        if (piece.readAt !== undefined) expect(piece.readAt).toBeLessThanOrEqual(clock.now);
        const seen = read.mock.calls.length;
        await pieces.read(row);
        await settle();
        expect(read.mock.calls.length - seen).toBe(0);
      }
    }),
    { numRuns: 40 },
  );
});

describe('a clock that goes back', () => {
  test('does not keep a piece fresh, and is told behind the viewer’s back', async () => {
    const { clock, states, pieces } = open();
    const { row } = toRow(give('old'), give('new'));
    await pieces.read(row);
    clock.now -= 3_600 * second;
    expect(await pieces.read(row)).toMatchObject({ value: 'old', readAt: clock.now });
    await settle();
    expect(await pieces.read(row)).toMatchObject({ value: 'new', readAt: clock.now });
    expect(states).toEqual(['read', 'stale', 'fresh']);
  });

  test('does not let a value outlive its limit', async () => {
    const { clock, pieces } = open();
    const { row } = toRow(give('old'), fail('timeout'));
    await pieces.read(row);
    clock.now -= 3_600 * second;
    await pieces.read(row);
    clock.now += 301 * second;
    expect(await pieces.read(row)).not.toHaveProperty('value');
  });

  test('does not prolong a pause', async () => {
    const { clock, pieces } = open();
    const { row } = toRow(fail('not-found'), give('a'));
    await pieces.read(row);
    clock.now -= 3_600 * second;
    expect(await pieces.read(row)).toMatchObject({ value: 'a' });
  });
});

describe('replicas', () => {
  /** What they share, as a plain object. */
  function createStore() {
    const kept = new Map<string, SharedEntry>();
    const claims = new Set<string>();
    const store: SharedStore = {
      find: async (key) => kept.get(key),
      keep: async (key, entry) => {
        kept.set(key, entry);
        claims.delete(key);
      },
      claim: async (key) => !claims.has(key) && Boolean(claims.add(key)),
    };
    return { kept, claims, store };
  }

  test('what one has read the others take, as old as it is', async () => {
    const { store } = createStore();
    const [one, two] = [open({ shared: store }), open({ shared: store })];
    const { row, read } = toRow(give('a', '"1"'), give('b'));
    await one.pieces.read(row);
    two.clock.now += 4 * second;
    expect(await two.pieces.read(row)).toEqual({ value: 'a', readAt: start, freshUntil: start + 10 * second });
    expect(two.states).toEqual(['shared']);
    expect(read).toHaveBeenCalledOnce();
    two.clock.now += 40 * second;
    await two.pieces.read(row);
    expect(read).toHaveBeenLastCalledWith('"1"');
  });

  test('of several that want it at once one reads', async () => {
    const { store } = createStore();
    const { row, read } = toRow(give('a'));
    const all = Array.from({ length: 5 }, () => open({ shared: store, wait: async () => void (await settle()) }));
    const seen = await Promise.all(all.flatMap(({ pieces }) => [pieces.read(row), pieces.read(row)]));
    expect(seen.map(({ value }) => value)).toEqual(Array(10).fill('a'));
    expect(read).toHaveBeenCalledOnce();
  });

  test('one that waits for another reads itself after a second', async () => {
    const { store, claims } = createStore();
    const { clock, pieces } = open({ shared: store });
    const { row } = toRow(give('a'));
    claims.add(row.key);
    expect(await pieces.read(row)).toMatchObject({ value: 'a' });
    expect(clock.now - start).toBe(second);
  });

  test('what is stale there is what is shown when reading fails', async () => {
    const { store, kept } = createStore();
    const { row } = toRow(fail('timeout'));
    kept.set(row.key, { value: 'theirs', readAt: start - 60 * second });
    expect(await open({ shared: store }).pieces.read(row)).toMatchObject({ value: 'theirs', fault: 'timeout' });
  });

  test('what is beyond the hard limit there is not taken', async () => {
    const { store, kept } = createStore();
    const { row } = toRow(fail('timeout'));
    kept.set(row.key, { value: 'theirs', readAt: start - 301 * second });
    expect(await open({ shared: store }).pieces.read(row)).not.toHaveProperty('value');
  });

  test('a replica whose clock is ahead does not make it fresh for longer', async () => {
    const { store, kept } = createStore();
    const { row } = toRow(give('ours'));
    kept.set(row.key, { value: 'theirs', readAt: start + 3_600 * second });
    const piece = await open({ shared: store }).pieces.read(row);
    expect(piece).toEqual({ value: 'theirs', readAt: start, freshUntil: start + 10 * second });
  });

  test('a value of another shape is not taken', async () => {
    const { store, kept } = createStore();
    const { row } = toRow(give('ours'));
    kept.set(row.key, { value: { not: 'ours' }, readAt: start });
    const checked = { ...row, isValue: (value: unknown) => typeof value === 'string' };
    expect(await open({ shared: store }).pieces.read(checked)).toMatchObject({ value: 'ours' });
  });

  test.each<[string, Partial<SharedStore>]>([
    [
      'rejects',
      {
        find: () => Promise.reject(new Error()),
        claim: () => Promise.reject(new Error()),
        keep: () => Promise.reject(new Error()),
      },
    ],
    [
      'throws',
      {
        find: () => {
          throw new Error();
        },
        claim: () => {
          throw new Error();
        },
        keep: () => {
          throw new Error();
        },
      },
    ],
    ['is empty whatever is kept', { find: async () => undefined, claim: async () => true, keep: async () => {} }],
    ['never says that it kept something', { find: async () => undefined, keep: () => new Promise(() => {}) }],
  ])('a store that %s is in nobody’s way', async (_, broken) => {
    const { row, read } = toRow(give('a'));
    const { states, pieces } = open({ shared: { ...createStore().store, ...broken } });
    expect(await pieces.read(row)).toMatchObject({ value: 'a' });
    expect(await pieces.read(row)).toMatchObject({ value: 'a' });
    expect(states).toEqual(['read', 'fresh']);
    expect(read).toHaveBeenCalledOnce();
  });
});
