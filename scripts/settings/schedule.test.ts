import { expect, test } from 'vitest';
import { findCron } from './schedule.ts';

test.each([
  [{ hours: 3 }, '0 */3 * * *'],
  [{ minutes: 30 }, '*/30 * * * *'],
  [{ minutes: 60 }, '0 * * * *'],
  [{ minutes: 1 }, '*/5 * * * *'],
  [{ hours: 1, minutes: 30 }, '0 */2 * * *'],
  [{ days: 1 }, '0 3 * * *'],
  [{ weeks: 1 }, '0 3 */7 * *'],
  [{ seconds: 600 }, '*/10 * * * *'],
  [{ cron: '5 4 * * 1' }, '5 4 * * 1'],
  ['PT3H', '0 */3 * * *'],
  ['P1DT12H', '0 3 */2 * *'],
  ['30m', '*/30 * * * *'],
  ['2 hours', '0 */2 * * *'],
  ['often', undefined],
  [{ hours: 'three' }, undefined],
  [undefined, undefined],
])('%j is %s', (frequency, cron) => expect(findCron(frequency)).toBe(cron));
