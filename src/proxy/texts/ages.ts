const steps: readonly [seconds: number, unit: string][] = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
];

/** How long ago something was: `12 min ago`; what is to come, or a moment ago, is `just now`. */
export function formatAge(at: number, now: number): string {
  const seconds = (now - at) / 1000;
  const step = steps.find(([size]) => seconds >= size);
  return step ? `${Math.floor(seconds / step[0])} ${step[1]} ago` : 'just now';
}

/** A moment that an upstream told, in milliseconds since 1970; nothing for what is no moment. */
export function findMoment(text: string | null | undefined): number | undefined {
  const moment = Date.parse(text ?? '');
  return Number.isNaN(moment) ? undefined : moment;
}

/** The seconds from one moment to another, never less than none; nothing where one of them is not known. */
export function findSpan(from: string | null | undefined, to: string | null | undefined): number | undefined {
  const [start, end] = [findMoment(from), findMoment(to)];
  return start === undefined || end === undefined ? undefined : Math.max(0, Math.round((end - start) / 1000));
}

/** A moment as it is answered, in ISO 8601; nothing for what is no moment. */
export function findTime(text: string | null | undefined): string | undefined {
  const moment = findMoment(text);
  return moment === undefined ? undefined : new Date(moment).toISOString();
}
