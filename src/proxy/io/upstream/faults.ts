import type { LiveFault } from '#model/live/answer.ts';

/** An answer that grew beyond what may be read. */
export class TooLarge extends Error {}

const byStatus: Readonly<Record<number, LiveFault>> = {
  204: 'unreadable',
  205: 'unreadable',
  206: 'unreadable',
  304: 'unreadable',
  401: 'unauthorised',
  403: 'forbidden',
  404: 'not-found',
  407: 'unauthorised',
  408: 'timeout',
  410: 'not-found',
  429: 'rate-limited',
};
const byHundred: Readonly<Record<number, LiveFault>> = { 1: 'unreadable', 3: 'redirected', 4: 'refused', 5: 'failing' };

/** The fault that a status is; nothing for one that brings an answer. */
export function findStatusFault(status: number): LiveFault | undefined {
  return byStatus[status] ?? byHundred[Math.floor(status / 100)];
}

/** What a failed call is, by the code of its error; the first row that fits. */
const byCode: readonly (readonly [RegExp, LiveFault])[] = [
  [/^UND_ERR_(HEADERS|BODY)_TIMEOUT$/, 'timeout'],
  [/^UND_ERR_(RES_EXCEEDED_MAX_SIZE|HEADERS_OVERFLOW)$|^HPE_HEADER_OVERFLOW$/, 'too-large'],
  [/^HTTPParserError$|^HPE_|^Z_|^ERR_(ENCODING_INVALID_ENCODED_DATA|STRING_TOO_LONG)$/, 'unreadable'],
  // Paths and tags were judged before; what is left that cannot stand in a header is the credential.
  [/^UND_ERR_INVALID_ARG$/, 'unauthorised'],
];

/** The fault that an error of a call is; whatever is not known better is a network that is broken. */
export function toErrorFault(error: unknown): LiveFault {
  if (error instanceof TooLarge) return 'too-large';
  if (error instanceof SyntaxError) return 'unreadable';
  const { code, name } = error instanceof Error ? (error as NodeJS.ErrnoException) : {};
  const sign = code ?? name ?? '';
  return byCode.find(([pattern]) => pattern.test(sign))?.[1] ?? 'unreachable';
}

/** The faults after which an upstream is better left alone; the others say that it is there and answers. */
const breaking: ReadonlySet<LiveFault> = new Set(['timeout', 'unreachable', 'failing', 'unreadable']);

/** Whether a fault is a sign that the upstream itself is not well. */
export function isBreaking(fault: LiveFault): boolean {
  return breaking.has(fault);
}
