import { decodeProtectedHeader, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import type { Claims, Identification, Identify } from '../identity.ts';
import type { IdentitySettings } from '../settings.ts';
import { createKeys } from './identity-keys.ts';

/** Algorithms with a public key. With any other, whoever can check an assertion could write one. */
const asymmetric = /^(RS|PS|ES)(256|384|512)$|^(EdDSA|Ed25519)$/;
const tolerance = 60;
const longestKept = 60_000;

type Kept = { identification: Identification; until: number };
const refused: Kept = { identification: { kind: 'refused' }, until: 0 };
type Sources = { now: () => number; toKeys?: (settings: IdentitySettings) => JWTVerifyGetKey };

/**
 * Makes the reader of assertions. What a header says is believed only when the issuer's key signed it, for us, and it is not
 * over. Where no identity is configured everybody is anonymous.
 */
export function createIdentify(settings: IdentitySettings | undefined, { now, toKeys }: Sources): Identify {
  if (!settings) return async () => ({ kind: 'anonymous' });
  const keys = toKeys?.(settings) ?? createKeys(settings, { now });
  const known = new LRUCache<string, Kept>({ max: 1_000 });
  return async (findHeader) => {
    const assertion = (findHeader(settings.header.toLowerCase()) ?? '').replace(/^Bearer /i, '');
    if (assertion === '') return { kind: 'refused' };
    const kept = known.get(assertion);
    if (kept && kept.until > now()) return kept.identification;
    const { identification, until } = await verify(assertion, keys, settings, now());
    if (identification.kind === 'signed-in') known.set(assertion, { identification, until });
    return identification;
  };
}

async function verify(
  assertion: string,
  keys: JWTVerifyGetKey,
  settings: IdentitySettings,
  now: number,
): Promise<Kept> {
  try {
    // Before its key is asked for: whoever writes an assertion chooses which key that is.
    if (!isOurSigner(assertion, settings)) return refused;
    const { payload } = await jwtVerify(assertion, keys, {
      issuer: settings.issuer,
      ...(settings.signer === undefined && { audience: settings.audience }),
      algorithms: settings.algorithms.filter((name) => asymmetric.test(name)),
      requiredClaims: ['exp'],
      clockTolerance: tolerance,
      currentDate: new Date(now),
    });
    // No library asks this; who signs for tomorrow has a clock, or a purpose, that we do not share.
    if ((payload.iat ?? 0) > now / 1000 + tolerance) return refused;
    const over = ((payload.exp ?? 0) + tolerance) * 1000;
    const identification = { kind: 'signed-in', claims: toClaims(payload, settings) } as const;
    return { identification, until: Math.min(over, now + longestKept) };
  } catch (error) {
    return { identification: { kind: isJudgement(error) ? 'refused' : 'unknown' }, until: 0 };
  }
}

/**
 * Whether the load balancer that we stand behind wrote the assertion, for the client that we are. All load balancers of a region
 * share the place of their keys, so the signature alone says nothing: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
 */
function isOurSigner(assertion: string, { signer, audience }: IdentitySettings): boolean {
  if (signer === undefined) return true;
  const header = findProtectedHeader(assertion);
  return header?.signer === signer && header?.client === audience;
}

function findProtectedHeader(assertion: string) {
  try {
    return decodeProtectedHeader(assertion);
  } catch {
    return undefined;
  }
}

/** Whether the assertion was judged; otherwise the keys could not be had. */
function isJudgement(error: unknown): boolean {
  if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) return false;
  return error instanceof errors.JOSEError && error.code !== 'ERR_JOSE_GENERIC';
}

function toClaims(payload: JWTPayload, { emailClaim, loginClaim }: IdentitySettings): Claims {
  const { email_verified: isVerified } = payload;
  // Some issuers write it as a word.
  const email = isVerified === false || isVerified === 'false' ? undefined : findText(payload, emailClaim);
  const login = findText(payload, loginClaim);
  const subject = payload.sub ?? email ?? login ?? 'someone';
  return { subject: subject.slice(0, 200), ...(email && { email }), ...(login && { login }) };
}

function findText(payload: JWTPayload, claim: string): string | undefined {
  const value = Object.hasOwn(payload, claim) ? payload[claim] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}
