const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** How long ago a moment was, in the largest unit that fits: `5 hours ago`, `yesterday`. */
export function formatAgo(seconds: number): string {
  const [unit, size] = units.find(([, length]) => seconds >= length) ?? ['minute', 60];
  return relative.format(-Math.round(seconds / size), unit);
}

const ages: [string, number][] = [
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** How old something is, for a sentence: `36 hours`, `5 days`. A unit is taken from two of it on, so that little is rounded away. */
export function formatAge(seconds: number): string {
  const [unit, size] = ages.find(([, length]) => seconds >= 2 * length) ?? ['minute', 60];
  const count = Math.max(1, Math.floor(seconds / size));
  return `${count.toLocaleString('en')} ${unit}${count === 1 ? '' : 's'}`;
}

/** A moment to the minute, as the clock of its reader has it. */
export function formatMoment(time: string): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(time));
}
