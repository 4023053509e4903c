import type { LiveRefusal } from '#model/live/answer.ts';

type Row = { status: number; what: string; mend: string; headers?: Readonly<Record<string, string>> };

const table = {
  method: {
    status: 405,
    what: 'Only GET and HEAD are answered.',
    mend: 'The portal only reads. Change things in the system that owns them.',
    headers: { allow: 'GET, HEAD' },
  },
  'target-too-long': { status: 414, what: 'The address is too long.', mend: 'Ask for fewer entities at once.' },
  'target-wrong': { status: 400, what: 'The address is not a path.', mend: 'Use an address as a page does.' },
  'encoding-wrong': {
    status: 400,
    what: 'The address holds an encoding that is not accepted.',
    mend: 'Encode each part once; no part holds a slash, a backslash, two dots or a control character.',
  },
  body: {
    status: 400,
    what: 'A question has no body.',
    mend: 'Leave the body out.',
    headers: { connection: 'close' },
  },
  'host-wrong': {
    status: 421,
    what: 'This host is not answered for.',
    mend: 'Its operator adds it to the hosts of the proxy in app-config.yaml.',
  },
  'cross-site': { status: 403, what: 'Another site may not ask.', mend: 'Ask from a page of the portal.' },
  'not-found': { status: 404, what: 'There is no such address.', mend: 'See the handbook for what can be asked.' },
  'unknown-widget': { status: 404, what: 'There is no such widget.', mend: 'See the handbook for what can be asked.' },
  'unknown-entity': {
    status: 404,
    what: 'The proxy does not know this entity.',
    mend: 'Wait for the next build of the portal, or check the reference.',
  },
  'no-annotation': {
    status: 404,
    what: 'The entity has no annotation that this widget asks by.',
    mend: 'Its page shows what to add to catalog-info.yaml.',
  },
  'wrong-id': {
    status: 400,
    what: 'A part of the address is not a name.',
    mend: 'Names are lower case: letters, digits, dots, dashes and underscores, at most 63.',
  },
  'unknown-parameter': { status: 400, what: 'A parameter is not known.', mend: 'Leave it out.' },
  'repeated-parameter': { status: 400, what: 'A parameter is given twice.', mend: 'Give it once.' },
  'wrong-parameter': { status: 400, what: 'A parameter is missing or wrong.', mend: 'Use an address as a page does.' },
  'too-many-refs': { status: 400, what: 'Too many entities are asked for.', mend: 'Ask for at most 100 at once.' },
  'sign-in': {
    status: 401,
    what: 'Nobody is signed in, or the proof of it does not hold.',
    mend: 'Load the page again to sign in; if that does not help, tell the platform team.',
  },
  'sign-in-unknown': {
    status: 503,
    what: 'Who is signed in cannot be checked at the moment.',
    mend: 'Try again in a minute.',
    headers: { 'retry-after': '10' },
  },
  'too-often': { status: 429, what: 'Too many questions in a short time.', mend: 'Wait a moment.' },
  busy: {
    status: 503,
    what: 'The proxy has too much to do.',
    mend: 'Try again in a moment.',
    headers: { 'retry-after': '1' },
  },
  'no-catalog': {
    status: 503,
    what: 'The proxy has not read the catalog yet.',
    mend: 'Try again in a minute; if it lasts, tell the platform team.',
    headers: { 'retry-after': '10' },
  },
  'logs-off': {
    status: 403,
    what: 'The logs of this entity are not shown.',
    mend: "Its owners allow it by the annotation portolan.io/kubernetes-logs: 'true'.",
  },
  'logs-not-yours': {
    status: 403,
    what: 'Logs are shown to owners of the entity alone.',
    mend: 'Ask its owners, or use the system that keeps them.',
  },
  'logs-open': {
    status: 429,
    what: 'You follow a log already.',
    mend: 'Close it first.',
    headers: { 'retry-after': '5' },
  },
  broken: { status: 500, what: 'The proxy failed.', mend: 'Tell the platform team; its log says more.' },
} satisfies Record<string, Row>;

/** Why a question is refused. A code, once given, stays. */
export type RefusalCode = keyof typeof table;

/** What every answer says of itself: JSON for this reader alone, nothing to run, nothing to keep. */
export const answerHeaders = {
  'content-type': 'application/json; charset=utf-8',
  'cache-control': 'private, no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
} as const;

const rows: Readonly<Record<RefusalCode, Row>> = table;

/** The refusal that a code stands for. */
export function toRefusal(code: RefusalCode, headers: Readonly<Record<string, string>> = {}): Response {
  const { status, what, mend, headers: own = {} } = rows[code];
  return toRefusalResponse(status, { code, what, mend }, { ...own, ...headers });
}

/** A refusal in words of its own. */
export function toRefusalResponse(
  status: number,
  error: LiveRefusal['error'],
  headers: Readonly<Record<string, string>> = {},
): Response {
  const refusal: LiveRefusal = { error };
  return new Response(JSON.stringify(refusal), { status, headers: { ...answerHeaders, ...headers } });
}
