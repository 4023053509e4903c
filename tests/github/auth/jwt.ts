import { verify } from 'node:crypto';
import type { App } from './apps.ts';

const longest = 600;
/** GitHub's clock and the client's may differ by this much. */
const slack = 60;

type Claims = { iss?: unknown; iat?: unknown; exp?: unknown };

/** The App that signed a JSON web token, or GitHub's words of refusal. */
export function verifyJwt(jwt: string, apps: readonly App[], now: number): App | { refusal: string } {
  const [head = '', body = '', signature = ''] = jwt.split('.');
  const claims = parseClaims(body);
  const app = apps.find(({ id }) => String(id) === String(claims?.iss));
  if (!claims || parseClaims(head)?.alg !== 'RS256') return { refusal: 'A JSON web token could not be decoded' };
  if (!app) return { refusal: 'Integration not found' };
  const isSigned = verify(
    'RSA-SHA256',
    Buffer.from(`${head}.${body}`),
    app.publicKey,
    Buffer.from(signature, 'base64url'),
  );
  if (!isSigned) return { refusal: 'A JSON web token could not be decoded' };
  const refusal = findTimeRefusal(claims, Math.floor(now / 1000));
  return refusal === undefined ? app : { refusal };
}

function findTimeRefusal({ iat, exp }: Claims, now: number): string | undefined {
  if (typeof iat !== 'number' || iat > now + slack)
    return "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued";
  if (typeof exp !== 'number' || exp <= now)
    return "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires";
  if (exp > now + longest + slack) return "'Expiration time' claim ('exp') is too far in the future";
  return undefined;
}

function parseClaims(part: string): (Claims & { alg?: unknown }) | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
