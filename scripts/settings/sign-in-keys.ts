import type { SectionReader } from './sections.ts';
import { signInSchema } from './sign-in-schema.ts';
import type { Tell } from './sign-in-tell.ts';

/** The secrets of a list, each as long as a key has to be. */
export function listSessionKeys(reader: SectionReader, tell: Tell): string[] {
  const keys = reader.find('portal.signIn.sessionKeys', signInSchema.sessionKeys) ?? [];
  if (keys.length > 10) tell('sessionKeys', 'must be at most ten: what the oldest sealed is long over');
  for (const [at, key] of keys.entries())
    if (toKeyBytes(key).length < 32)
      tell(`sessionKeys[${at}]`, 'must be 32 bytes or more, such as `openssl rand -base64 32` prints');
  return keys;
}

/** The bytes of a secret: of base64 what it stands for, where that is long enough for a key; else its letters. */
export function toKeyBytes(key: string): Uint8Array {
  const letters = new TextEncoder().encode(key);
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(key)) return letters;
  const bytes = findBase64(key);
  return bytes && bytes.length >= 32 ? bytes : letters;
}

function findBase64(text: string): Uint8Array | undefined {
  try {
    const plain = text.replaceAll('-', '+').replaceAll('_', '/');
    return Uint8Array.from(atob(plain), (letter) => letter.charCodeAt(0));
  } catch {
    return undefined;
  }
}
