import { expect, test } from 'vitest';
import { type Measured, toVerdicts } from './targets.ts';

const measured = (entities: number, seconds: number, more: Partial<Measured> = {}): Measured => ({
  ...{ entities, cold: { seconds, peakBytes: 1e9 }, changed: { seconds: seconds / 3, differing: 0 } },
  ...more,
});

const page = (bytes: number, requests: number) => ({ pages: [{ name: 'a component', bytes, requests }] });

test.each<[string, Measured[], RegExp, boolean | undefined]>([
  ['59.9 s', [measured(10_000, 59.9)], /first build/, true],
  ['60 s', [measured(10_000, 60)], /first build/, false],
  ['1 GB', [measured(10_000, 30)], /peak memory/, true],
  ['1.5 GB', [measured(10_000, 30, { cold: { seconds: 30, peakBytes: 1.5e9 } })], /peak memory/, false],
  ['unknown memory', [measured(10_000, 30, { cold: { seconds: 30 } })], /peak memory/, undefined],
  ['a third of the first', [measured(1000, 30)], /1 % changed/, true],
  ['half of the first', [measured(1000, 30, { changed: { seconds: 15, differing: 0 } })], /1 % changed/, false],
  ['the same bytes', [measured(1000, 30)], /bytes/, true],
  ['other bytes', [measured(1000, 30, { changed: { seconds: 1, differing: 2 } })], /bytes/, false],
  ['a light page', [measured(1000, 30, page(39_999, 8))], /page of a component/, true],
  ['a heavy page', [measured(1000, 30, page(40_000, 8))], /page of a component/, false],
  ['a page in pieces', [measured(1000, 30, page(10_000, 9))], /page of a component/, false],
  ['linear growth', [measured(30_000, 90), measured(10_000, 30)], /10,000 to 30,000/, true],
  ['faster growth', [measured(10_000, 30), measured(30_000, 100)], /10,000 to 30,000/, false],
])('%s', (_, sizes, subject, isMet) => {
  const verdicts = toVerdicts(sizes).filter((verdict) => subject.test(verdict.subject));
  expect(verdicts.map((verdict) => verdict.isMet)).toEqual([isMet]);
});

test('time and memory are promised for 10,000 entities, growth from there on', () => {
  const subjects = toVerdicts([measured(1000, 100), measured(10_000, 30)]).map(({ subject }) => subject);
  expect(subjects.filter((subject) => /first build|peak|to/.test(subject))).toHaveLength(2);
});
