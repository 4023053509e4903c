import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { type StartedServer, startLocally } from '../../scripts/demo/start.ts';

/** A pair of keys with the name that its public half is published under. */
export type Signer = { alg: 'RS256' | 'ES256'; kid: string; privateKey: KeyObject; publicKey: KeyObject };
type Claims = Readonly<Record<string, unknown>>;
/** AWS writes the parts of its assertions with the `=` that other issuers leave away. */
type Form = 'plain' | 'padded';

/** Makes a pair of keys. */
export function createSigner(alg: Signer['alg'], kid: string): Signer {
  const pair =
    alg === 'RS256'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { alg, kid, ...pair };
}

/** Writes a JWT whose parts are exactly what they are told to be, and signs it. */
export function toAssertion(header: Claims, claims: Claims, { privateKey }: Signer, form: Form = 'plain'): string {
  const input = `${encode(header, form)}.${encode(claims, form)}`;
  const signature = sign('sha256', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return `${input}.${toText(signature, form)}`;
}

/** Writes a JWT that is signed with a secret that everybody may know. */
export function toSharedSecretAssertion(header: Claims, claims: Claims, secret: string | Buffer): string {
  const input = `${encode(header)}.${encode(claims)}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

/** Writes a JWT that nobody signed. */
export function toUnsignedAssertion(header: Claims, claims: Claims): string {
  return `${encode(header)}.${encode(claims)}.`;
}

const encode = (value: Claims, form: Form = 'plain') => toText(Buffer.from(JSON.stringify(value)), form);

function toText(bytes: Buffer, form: Form): string {
  const text = bytes.toString('base64url');
  return form === 'plain' ? text : text.padEnd(Math.ceil(text.length / 4) * 4, '=');
}

/** The public half of a key in PEM. */
export function toPem({ publicKey }: Signer): string {
  return publicKey.export({ type: 'spki', format: 'pem' }).toString();
}

/** The public half of a key as issuers list it. */
export function toJwk({ publicKey, alg, kid }: Signer): Record<string, unknown> {
  return { ...publicKey.export({ format: 'jwk' }), alg, kid, use: 'sig' };
}

/** The place where an issuer publishes its keys: a list at any address, and each in PEM below `/pem/`. */
export type KeyServer = StartedServer & {
  /** What is published; may be changed. */
  published: Signer[];
  /** The paths that were asked for. */
  asked: string[];
};

/** Starts a server of keys. */
export async function startKeyServer(published: Signer[]): Promise<KeyServer> {
  const asked: string[] = [];
  const answerPem = (kid: string) => {
    const signer = keys.published.find((one) => one.kid === kid);
    return signer && toPem(signer);
  };
  const started = await startLocally(({ url = '' }, response) => {
    asked.push(url);
    const isPem = url.startsWith('/pem/');
    const text = isPem ? answerPem(url.slice(5)) : JSON.stringify({ keys: keys.published.map(toJwk) });
    response.writeHead(text === undefined ? 403 : 200).end(text);
  });
  const keys: KeyServer = { ...started, published, asked };
  return keys;
}
