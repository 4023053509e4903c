import {
  AuthorizationResponseError,
  ClientError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client';
import type { Outage, Verdict } from '../../sign-in/ports.ts';

/** What the issuer says to somebody who may not, or does not want to. */
const refused = new Set(['access_denied', 'unauthorized_client']);
/** A code that is over, was used, or belongs to another way; GitHub has its own word for it. */
const spentCodes = new Set(['invalid_grant', 'bad_verification_code']);
const laterErrors = new Set(['temporarily_unavailable', 'server_error']);

/** Codes of `openid-client` for an answer that is understood, and speaks of somebody or something else. */
const judged = new Set([
  'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
  'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED',
  'OAUTH_JWT_TIMESTAMP_CHECK_FAILED',
]);
/** Codes for time that ran out, and for answers that never came. */
const silent = new Set(['OAUTH_TIMEOUT', 'OAUTH_ABORT']);

type Failure = Exclude<Verdict, { kind: 'known' }>;

/** What a failure of a callback means. The reason is for the log: it names codes, never what was sent. */
export function toVerdict(error: unknown): Failure {
  if (error instanceof AuthorizationResponseError) {
    const reason = `the issuer answers ${toWord(error.error)}`;
    if (refused.has(error.error)) return { kind: 'refused', reason };
    return { kind: laterErrors.has(error.error) ? 'unavailable' : 'wrong', reason };
  }
  if (error instanceof ResponseBodyError) {
    const reason = `the issuer refuses the code: ${toWord(error.error)}`;
    return { kind: spentCodes.has(error.error) ? 'wrong' : 'broken', reason };
  }
  if (error instanceof ClientError && judged.has(error.code ?? '')) return { kind: 'wrong', reason: toReason(error) };
  return toOutage(error);
}

/** Why an issuer could not be asked: it said something that cannot be used, or nothing. */
export function toOutage(error: unknown): Outage {
  const isCoded = error instanceof ClientError && error.code !== undefined && !silent.has(error.code);
  const isRefusal = error instanceof WWWAuthenticateChallengeError || error instanceof ResponseBodyError;
  return { kind: isCoded || isRefusal ? 'broken' : 'unavailable', reason: toReason(error) };
}

function toReason(error: unknown): string {
  if (!(error instanceof Error)) return 'the issuer cannot be asked';
  const code = 'code' in error && typeof error.code === 'string' ? ` (${toWord(error.code)})` : '';
  return `${error.message.slice(0, 200)}${code}`;
}

const toWord = (text: string) => text.replace(/[^\w.-]/g, '').slice(0, 64) || 'nothing';
