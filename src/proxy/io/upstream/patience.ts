import type { LiveFault } from '#model/live/answer.ts';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** How long an upstream that limits us is left alone, in seconds: when it does not say, and at most whatever it says. */
const unsaid = 30;
const most = 900;

function findHeader(headers: Headers, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function findSeconds(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}(\.\d{1,9})?$/.test(text.trim()) ? Number(text) : undefined;
}

/** A date counts from the upstream's own clock, where it tells it, so that it does not matter that ours differs. */
function findDelay(date: number, headers: Headers, now: number): number | undefined {
  const said = Date.parse(findHeader(headers, 'date') ?? '');
  const delay = (date - (Number.isNaN(said) ? now : said)) / 1000;
  return Number.isNaN(delay) ? undefined : delay;
}

function findRetryAfter(headers: Headers, now: number): number | undefined {
  const text = findHeader(headers, 'retry-after');
  if (text === undefined) return undefined;
  return findSeconds(text) ?? findDelay(Date.parse(text), headers, now);
}

/** `ratelimit-reset` of PagerDuty counts seconds, `x-ratelimit-reset` of GitHub is a time. */
function findReset(headers: Headers, now: number): number | undefined {
  const reset = findSeconds(findHeader(headers, 'x-ratelimit-reset'));
  return (
    findSeconds(findHeader(headers, 'ratelimit-reset')) ??
    (reset === undefined ? undefined : findDelay(reset * 1000, headers, now))
  );
}

/** In how many seconds an upstream may be asked again by what it says; nothing where it says nothing. Never absurd. */
export function findPatience(fault: LiveFault, headers: Headers, now: number): number | undefined {
  const isLimit = fault === 'rate-limited';
  const said = findRetryAfter(headers, now) ?? (isLimit ? (findReset(headers, now) ?? unsaid) : undefined);
  return said === undefined ? undefined : Math.ceil(Math.min(Math.max(said, 1), most));
}

/** Whether a refusal means `not so often`, as GitHub says it with 403. */
export function isLimit(fault: LiveFault, headers: Headers): boolean {
  const isSaid = headers['retry-after'] !== undefined || findHeader(headers, 'x-ratelimit-remaining') === '0';
  return fault === 'rate-limited' || (fault === 'forbidden' && isSaid);
}
