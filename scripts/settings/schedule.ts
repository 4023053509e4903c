const minutesOf: Readonly<Record<string, number>> = {
  minutes: 1,
  hours: 60,
  days: 24 * 60,
  weeks: 7 * 24 * 60,
  seconds: 1 / 60,
  milliseconds: 1 / 60_000,
};
const unitOf: Readonly<Record<string, string>> = { s: 'seconds', m: 'minutes', h: 'hours', d: 'days', w: 'weeks' };

/**
 * The cron line that starts a workflow about as often as a provider's `frequency` asks for: `{hours: 3}` is
 * `0 *\/3 * * *`. Undefined for a frequency that cannot be read. GitHub starts no workflow more often than every five minutes.
 */
export function findCron(frequency: unknown): string | undefined {
  if (typeof frequency === 'object' && frequency !== null && 'cron' in frequency && typeof frequency.cron === 'string')
    return frequency.cron;
  const minutes = findMinutes(frequency);
  return minutes === undefined ? undefined : toCron(Math.max(5, Math.round(minutes)));
}

/** The length of a frequency in minutes: a map of units, an ISO 8601 duration, or `30 minutes`, `3h`. */
export function findMinutes(frequency: unknown): number | undefined {
  if (typeof frequency === 'string') return findMinutesOfText(frequency);
  if (typeof frequency !== 'object' || frequency === null) return undefined;
  const parts = Object.entries(frequency).flatMap(([unit, count]) => {
    const minutes = Object.hasOwn(minutesOf, unit) ? minutesOf[unit] : undefined;
    return minutes === undefined || typeof count !== 'number' ? [] : [minutes * count];
  });
  return parts.length === 0 ? undefined : parts.reduce((sum, minutes) => sum + minutes, 0);
}

function findMinutesOfText(text: string): number | undefined {
  const iso = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text);
  if (iso && /\d/.test(text)) {
    const [, weeks, days, hours, minutes, seconds] = iso.map((part) => Number(part ?? 0));
    return findMinutes({ weeks, days, hours, minutes, seconds });
  }
  const [, count, letter = ''] = /^(\d+)\s*([a-z])/.exec(text.trim()) ?? [];
  const unit = unitOf[letter];
  return count === undefined || unit === undefined ? undefined : findMinutes({ [unit]: Number(count) });
}

function toCron(minutes: number): string {
  if (minutes < 60) return `*/${minutes} * * * *`;
  const hours = Math.round(minutes / 60);
  if (hours === 1) return '0 * * * *';
  if (hours < 24) return `0 */${hours} * * *`;
  const days = Math.round(hours / 24);
  return days === 1 ? '0 3 * * *' : `0 3 */${days} * *`;
}
