import { createRemoteJWKSet, errors, importSPKI, type JWTVerifyGetKey } from 'jose';
import { LRUCache } from 'lru-cache';
import type { IdentitySettings } from '../settings.ts';

/** How long one fetch may take, how long a key is kept, and how often ids that nobody knows are looked up, in milliseconds. */
const patience = 3_000;
const longestKept = 600_000;
const rest = 30_000;
/** Look-ups of ids that were never seen, in that time: whoever makes them up must not make us ask for ever. */
const mostStrange = 10;
const largestPem = 10_000;

type Sources = { now: () => number; fetch?: typeof globalThis.fetch };

/** Makes what finds the public key that an assertion names: in the issuer's list, or one by one where there is none. */
export function createKeys({ jwksUrl, pemUrl }: IdentitySettings, sources: Sources): JWTVerifyGetKey {
  if (pemUrl !== undefined) return createPemKeys(pemUrl, sources);
  return createRemoteJWKSet(new URL(jwksUrl ?? 'https://nobody.invalid/'), {
    timeoutDuration: patience,
    cooldownDuration: rest,
    cacheMaxAge: longestKept,
  });
}

/** Finds keys that are published in PEM, each below `pemUrl` at its id, as load balancers of AWS have theirs. */
function createPemKeys(pemUrl: string, { now, fetch = globalThis.fetch }: Sources): JWTVerifyGetKey {
  const known = new LRUCache<string, { pem: string; until: number }>({ max: 100 });
  let strange = { count: 0, until: 0 };
  const isTooMany = () => {
    if (strange.until <= now()) strange = { count: 0, until: now() + rest };
    strange.count += 1;
    return strange.count > mostStrange;
  };
  return async ({ kid, alg }) => {
    if (typeof kid !== 'string' || !/^[\w-]{1,128}$/.test(kid)) throw new errors.JWKSNoMatchingKey();
    const kept = known.get(kid);
    if (kept && kept.until > now()) return importSPKI(kept.pem, alg ?? '');
    if (!kept && isTooMany()) throw new Error('Too many ids of keys that nobody knows.');
    const pem = await fetchPem(`${pemUrl.replace(/\/+$/, '')}/${kid}`, fetch);
    known.set(kid, { pem, until: now() + longestKept });
    return importSPKI(pem, alg ?? '');
  };
}

async function fetchPem(url: string, fetch: typeof globalThis.fetch): Promise<string> {
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(patience) });
  // A bucket that may not be listed answers 403 for what it does not have.
  if (response.status === 404 || response.status === 403) throw new errors.JWKSNoMatchingKey();
  const pem = await response.text();
  if (!response.ok || pem.length > largestPem || !pem.includes('BEGIN PUBLIC KEY')) throw new Error('This is no key.');
  return pem;
}
