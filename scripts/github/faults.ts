/** Why a question was not answered. `heavy` is asked again in smaller parts, `spent` and `offline` are not asked at all. */
export type Fault =
  | 'heavy'
  | 'spent'
  | 'offline'
  | 'unknown'
  | 'refused'
  | 'sso'
  | 'absent'
  | 'blocked'
  | 'unreachable'
  | 'invalid';

/** An answer, perhaps with parts that were refused; or why there is none, in words that may be shown. */
export type Answer =
  | { data: unknown; errors: AnswerError[]; fault?: undefined }
  | { fault: Fault; message: string /** When a limit that is used up is reset. */; resetAt?: string };

/** One part of an answer that was refused. */
export type AnswerError = { type?: string; message: string; path: (string | number)[] };

const faultOfStatus: Readonly<Record<number, Fault>> = {
  401: 'unknown',
  403: 'refused',
  404: 'absent',
  408: 'heavy',
  410: 'absent',
  451: 'blocked',
  500: 'heavy',
  502: 'heavy',
  503: 'unreachable',
  504: 'heavy',
};

/** What a status, a message and the headers of an answer together say. */
export function toFault(status: number, message: string, headers: Readonly<Record<string, unknown>>): Fault {
  if (headers['x-github-sso'] !== undefined || /SAML|single sign-on/i.test(message)) return 'sso';
  if (isLimit(status, message, headers)) return 'spent';
  return faultOfStatus[status] ?? 'invalid';
}

function isLimit(status: number, message: string, headers: Readonly<Record<string, unknown>>): boolean {
  if (status !== 403 && status !== 429) return false;
  return headers['x-ratelimit-remaining'] === '0' || /rate limit/i.test(message) || status === 429;
}

const heavyTypes: ReadonlySet<string> = new Set(['RESOURCE_LIMITS_EXCEEDED', 'MAX_NODE_LIMIT_EXCEEDED']);

/** The fault of a whole answer, where its errors are of that kind; undefined where they are about parts of it. */
export function findWholeFault(errors: readonly AnswerError[]): Fault | undefined {
  if (errors.some(({ type }) => type === 'RATE_LIMITED')) return 'spent';
  if (errors.some(({ type, message }) => heavyTypes.has(type ?? '') || /timeout|Something went wrong/i.test(message)))
    return 'heavy';
  return undefined;
}

/** The fault of one refused part. */
export function toPartFault({ type, message }: AnswerError): Fault {
  if (/SAML|single sign-on/i.test(message)) return 'sso';
  if (type === 'NOT_FOUND') return 'absent';
  return /451|DMCA|legal/i.test(message) ? 'blocked' : 'refused';
}

/** What git says of a host that it could not fetch from. */
export function toGitFault(message: string): Fault {
  const status = Number(/returned error: (\d{3})/.exec(message)?.[1] ?? Number.NaN);
  if (/Authentication failed|could not read (?:Username|Password)/i.test(message)) return 'unknown';
  return Number.isNaN(status) ? 'unreachable' : toFault(status, message, {});
}

const reasons: Readonly<Record<Fault, string>> = {
  heavy: 'GitHub took too long to answer',
  spent: 'the rate limit is used up',
  offline: 'it is not in the store, and no network was to be used',
  unknown: 'the token is not valid, or not any more',
  refused: 'the token may not read it',
  sso: 'the token is not authorised for the single sign-on of the organisation',
  absent: 'it is not there, or the token may not see it',
  blocked: 'GitHub withholds it for legal reasons (451)',
  unreachable: 'GitHub could not be reached',
  invalid: 'GitHub answered something that cannot be understood',
};

/** Why an answer does not say what was asked for. */
export function formatAnswerFault(answer: Answer): string {
  if (answer.fault !== undefined) return formatFault(answer.fault, answer.message);
  const [error] = answer.errors;
  return error ? formatFault(toPartFault(error), error.message) : formatFault('absent');
}

const mostSaid = 160;

/** A fault as part of a sentence; what GitHub itself says is added where it may help. */
export function formatFault(fault: Fault, message?: string): string {
  const more = message?.split('\n', 1)[0]?.trim();
  return more && fault !== 'spent' && fault !== 'offline'
    ? `${reasons[fault]} (${more.length > mostSaid ? `${more.slice(0, mostSaid)}…` : more})`
    : reasons[fault];
}
