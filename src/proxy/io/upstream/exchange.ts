import type { Dispatcher } from 'undici';
import type { LiveFault } from '#model/live/answer.ts';
import type { Credential } from '../../settings.ts';
import type { UpstreamOutcome, UpstreamQuestion } from '../../upstream.ts';
import { readBody } from './body.ts';
import { findStatusFault, TooLarge, toErrorFault } from './faults.ts';
import { findPatience, isLimit } from './patience.ts';

type Headers = Readonly<Record<string, string>>;
type Response = Pick<Dispatcher.ResponseData, 'statusCode' | 'headers' | 'body'>;

/** A tag that may stand in a header. Tags come from upstreams and from a cache that others write to. */
const aTag = /^[\x21-\x7e]{1,256}$/;

/** The headers that go out: our own few and the credential's. Nothing of a request that came in is known here. */
export function toHeaders(question: UpstreamQuestion, credential: Headers, encoding: string): Headers {
  const { accept = 'application/json', etag } = question;
  const lower = Object.entries(credential).map(([name, value]) => [name.toLowerCase(), value] as const);
  return {
    ...Object.fromEntries(lower),
    accept,
    'accept-encoding': encoding,
    'user-agent': 'portolan',
    ...(etag !== undefined && aTag.test(etag) && { 'if-none-match': etag }),
  };
}

/** Lets go of a body that nobody will read. */
export function discard(body: Response['body']): void {
  body.on('error', () => {});
  body.destroy();
}

/** The fault that an answer is, and when to come back, by its status and headers; nothing where its body is the answer. */
export function findFault(response: Response, now: number): (UpstreamOutcome & { kind: 'fault' }) | undefined {
  const status = findStatusFault(response.statusCode);
  if (status === undefined) return undefined;
  discard(response.body);
  const fault: LiveFault = isLimit(status, response.headers) ? 'rate-limited' : status;
  const retryAfter = findPatience(fault, response.headers, now);
  return { kind: 'fault', fault, ...(retryAfter !== undefined && { retryAfter }) };
}

/** Reads JSON of a body and the tag that it has. */
async function toAnswer({ headers, body }: Response, maxBytes: number): Promise<UpstreamOutcome> {
  if (Number(headers['content-length']) > maxBytes) {
    discard(body);
    throw new TooLarge();
  }
  const value: unknown = JSON.parse(await readBody(body, String(headers['content-encoding'] ?? ''), maxBytes));
  const { etag } = headers;
  return { kind: 'answer', value, ...(typeof etag === 'string' && aTag.test(etag) && { etag }) };
}

/** Ends when what is awaited ends, or throws as soon as the time is up. */
export async function inTime<Value>(signal: AbortSignal, awaited: Promise<Value>): Promise<Value> {
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = () => reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    return await Promise.race([awaited, promise]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Asks for what lets us in; a credential that cannot be had is one that is not accepted. */
export async function fetchCredential(credential: Credential | undefined): Promise<Headers | undefined> {
  try {
    return credential ? await credential() : {};
  } catch {
    return undefined;
  }
}

export type Exchange = {
  dispatcher: Dispatcher;
  path: string;
  credential: Credential | undefined;
  maxBytes: number;
  now: () => number;
};

async function exchangeOnce(
  { dispatcher, path, maxBytes, now }: Exchange,
  headers: Headers,
  signal: AbortSignal,
): Promise<UpstreamOutcome> {
  const response = await dispatcher.request({ path, method: 'GET', headers, signal });
  if (response.statusCode === 304 && headers['if-none-match'] !== undefined) {
    discard(response.body);
    return { kind: 'same' };
  }
  return findFault(response, now()) ?? (await toAnswer(response, maxBytes));
}

/** Asks, and once more where the credential was not accepted and has been renewed meanwhile. */
async function exchangeTwice(exchange: Exchange, question: UpstreamQuestion, signal: AbortSignal) {
  const refused = { kind: 'fault', fault: 'unauthorised' } as const;
  const first = await fetchCredential(exchange.credential);
  if (!first) return refused;
  const outcome = await exchangeOnce(exchange, toHeaders(question, first, 'gzip'), signal);
  if (outcome.kind !== 'fault' || outcome.fault !== 'unauthorised') return outcome;
  const second = await fetchCredential(exchange.credential);
  if (!second || JSON.stringify(second) === JSON.stringify(first)) return outcome;
  return exchangeOnce(exchange, toHeaders(question, second, 'gzip'), signal);
}

/** Carries a question out; what goes wrong is a fault, and when the signal comes it is the time that is up. */
export async function exchangeJson(
  exchange: Exchange,
  question: UpstreamQuestion,
  signal: AbortSignal,
): Promise<UpstreamOutcome> {
  try {
    return await inTime(signal, exchangeTwice(exchange, question, signal));
  } catch (error) {
    return { kind: 'fault', fault: signal.aborted ? 'timeout' : toErrorFault(error) };
  }
}
