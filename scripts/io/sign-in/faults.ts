import {
  AuthorizationResponseError,
  ClientError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client';
import type { Outage, Verdict } from '../../sign-in/ports.ts';

/** What the issuer says to somebody who may not, or does not want to. */
const refused = new Set(['access_denied', 'unauthorized_client']);
const laterErrors = new Set(['temporarily_unavailable', 'server_error']);

/** Codes of `openid-client` for an answer that is understood and proves nothing. */
const judged = new Set([
  'OAUTH_INVALID_RESPONSE',
  'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
  'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED',
  'OAUTH_JWT_TIMESTAMP_CHECK_FAILED',
  'OAUTH_KEY_SELECTION_FAILED',
  'OAUTH_UNSUPPORTED_OPERATION',
  'OAUTH_JWT_USERINFO_EXPECTED',
]);
/** Codes for an answer that is none. */
const nonsense = new Set(['OAUTH_RESPONSE_IS_NOT_JSON', 'OAUTH_PARSE_ERROR', 'OAUTH_RESPONSE_IS_NOT_CONFORM']);

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
    return { kind: error.error === 'invalid_grant' ? 'wrong' : 'broken', reason };
  }
  if (error instanceof ClientError && judged.has(error.code ?? '')) return { kind: 'wrong', reason: toReason(error) };
  return toOutage(error);
}

/** Why an issuer could not be asked. */
export function toOutage(error: unknown): Outage {
  const isNonsense = error instanceof ClientError && (nonsense.has(error.code ?? '') || judged.has(error.code ?? ''));
  const isRefusal = error instanceof WWWAuthenticateChallengeError || error instanceof ResponseBodyError;
  return { kind: isNonsense || isRefusal ? 'broken' : 'unavailable', reason: toReason(error) };
}

function toReason(error: unknown): string {
  if (!(error instanceof Error)) return 'the issuer cannot be asked';
  const code = 'code' in error && typeof error.code === 'string' ? ` (${toWord(error.code)})` : '';
  return `${error.message.slice(0, 200)}${code}`;
}

const toWord = (text: string) => text.replace(/[^\w.-]/g, '').slice(0, 64) || 'nothing';
