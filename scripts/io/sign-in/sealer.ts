import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import { EncryptJWT, jwtDecrypt } from 'jose';
import type { Purpose, Sealer } from '../../sign-in/ports.ts';

/** A text that nobody can guess: 32 bytes. */
export const toRandomText = (): string => randomBytes(32).toString('base64url');

/** SHA-256 of a text, in base64. */
export const toDigest = (text: string): string => createHash('sha256').update(text).digest('base64');

type SealerOptions = {
  /** Secrets of the operator: the first seals, all open. */
  keys: readonly Uint8Array[];
  /** Which portal it is for; what was sealed for another one is not opened, though it has the same keys. */
  audience: string;
  now: () => number;
};

/** Makes a sealer: AES-GCM with a key for each purpose, made from the operator's. */
export function createSealer({ keys, audience, now }: SealerOptions): Sealer {
  const derived: Record<Purpose, Uint8Array[]> = {
    session: keys.map((key) => toKey(key, 'session')),
    flow: keys.map((key) => toKey(key, 'flow')),
  };
  return {
    seal: async (purpose, content, until) =>
      new EncryptJWT({ content })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setIssuedAt(new Date(now()))
        .setExpirationTime(new Date(until))
        .setAudience(audience)
        .encrypt(derived[purpose][0] ?? randomBytes(32)),
    open: async (purpose, sealed) => {
      for (const key of derived[purpose]) {
        const content = await openWith(key, sealed, audience, now());
        if (content !== undefined) return content;
      }
      return undefined;
    },
  };
}

const toKey = (secret: Uint8Array, purpose: Purpose) =>
  new Uint8Array(hkdfSync('sha256', secret, 'portolan', `portolan sign-in ${purpose}`, 32));

async function openWith(key: Uint8Array, sealed: string, audience: string, now: number): Promise<unknown> {
  try {
    const { payload } = await jwtDecrypt(sealed, key, {
      audience,
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
      requiredClaims: ['exp', 'aud'],
      currentDate: new Date(now),
    });
    return payload.content;
  } catch {
    return undefined;
  }
}
