import { z } from 'zod';
import {
  type Signer,
  toAssertion,
  toJwk,
  toPem,
  toSharedSecretAssertion,
  toUnsignedAssertion,
} from './assertion-issuer.ts';

/** An answer of a provider, on its way. */
export type ProviderAnswer = { status: number; headers: Readonly<Record<string, string | string[]>>; body: string };
/** What a provider has to do wrong with. */
export type Workshop = { issuer: string; clientSecret: string; own: Signer; stranger: Signer };
/** What becomes of an answer at some addresses; the others stay as they are. */
export type Misdeed = { at: RegExp; spoil: (answer: ProviderAnswer, workshop: Workshop) => ProviderAnswer };

type Fields = Record<string, unknown>;
type Token = { header: Fields; claims: Fields };

const record = z.record(z.string(), z.unknown());
const parseRecord = (text: string) => record.parse(JSON.parse(text));
const decode = (part = '') => parseRecord(Buffer.from(part, 'base64url').toString());
const withBody = (answer: ProviderAnswer, body: string): ProviderAnswer => ({ ...answer, body });
const withoutHeaders = (status: number, body: string, type = 'application/json'): ProviderAnswer => ({
  ...{ status, body, headers: { 'content-type': type } },
});

/** Writes the ID token of an answer anew. */
export function spoilIdToken(answer: ProviderAnswer, write: (token: Token) => string | undefined): ProviderAnswer {
  if (answer.status !== 200) return answer;
  const { id_token: token, ...rest } = parseRecord(answer.body);
  const [header, claims] = String(token).split('.');
  return withBody(
    answer,
    JSON.stringify({ ...rest, id_token: write({ header: decode(header), claims: decode(claims) }) }),
  );
}

const idToken = (write: (token: Token, workshop: Workshop) => string | undefined): Misdeed => ({
  at: /^\/token$/,
  spoil: (answer, workshop) => spoilIdToken(answer, (token) => write(token, workshop)),
});
const claims = (change: (claims: Fields) => Fields): Misdeed =>
  idToken(({ header, claims: old }, { own }) => toAssertion(header, { ...old, ...change(old) }, own));
const head = (toHead: (workshop: Workshop) => Fields): Misdeed =>
  idToken(({ header, claims: old }, workshop) => {
    return toAssertion({ ...header, ...toHead(workshop) }, old, workshop.stranger);
  });
const instead = (at: RegExp, status: number, body: string, type?: string): Misdeed => ({
  ...{ at, spoil: () => withoutHeaders(status, body, type) },
});
const userinfo = (change: Fields): Misdeed => ({
  at: /^\/me$/,
  spoil: (answer) => withBody(answer, JSON.stringify({ ...parseRecord(answer.body), ...change })),
});
const callback = (change: (query: URLSearchParams) => void): Misdeed => ({
  at: /^\/auth\//,
  spoil: (answer) => {
    const { location } = answer.headers;
    if (typeof location !== 'string' || !location.includes('code=')) return answer;
    const url = new URL(location);
    change(url.searchParams);
    return { ...answer, headers: { ...answer.headers, location: url.href } };
  },
});

const another = 'https://id.acme.evil';

/** Ways in which what a provider says proves nothing, or is not what was asked for. */
export const lies = {
  'an ID token with alg none': idToken(({ header, claims: old }) =>
    toUnsignedAssertion({ ...header, alg: 'none' }, old),
  ),
  'an ID token without a signature': idToken(({ header, claims: old }) => toUnsignedAssertion(header, old)),
  'an ID token that is HS256 with the public key': idToken(({ header, claims: old }, { own }) =>
    toSharedSecretAssertion({ ...header, alg: 'HS256' }, old, toPem(own)),
  ),
  'an ID token that is HS256 with the secret of the client': idToken(({ header, claims: old }, { clientSecret }) =>
    toSharedSecretAssertion({ ...header, alg: 'HS256' }, old, clientSecret),
  ),
  'an ID token that a stranger signed': head(() => ({})),
  'an ID token that a stranger signed and brings the key for': head(({ stranger }) => ({ jwk: toJwk(stranger) })),
  'an ID token with a key that is nowhere': head(({ stranger }) => ({ kid: stranger.kid })),
  'an ID token for somebody else': claims(() => ({ aud: 'another-client' })),
  'an ID token for several, given to somebody else': claims(({ aud }) => ({ aud: [aud, 'other'], azp: 'other' })),
  'an ID token of another issuer': claims(() => ({ iss: another })),
  'an ID token with another nonce': claims(() => ({ nonce: 'another' })),
  'an ID token without a nonce': claims(() => ({ nonce: undefined })),
  'an ID token that is over': claims(() => ({ exp: Math.floor(Date.now() / 1000) - 600 })),
  'an ID token that is never over': claims(() => ({ exp: undefined })),
  'an ID token that does not hold yet': claims(() => ({ nbf: Math.floor(Date.now() / 1000) + 600 })),
  'an ID token about nobody': claims(() => ({ sub: undefined })),
  'no ID token': idToken(() => undefined),
  'a callback that does not say whose it is': callback((query) => query.delete('iss')),
  'a callback of another issuer': callback((query) => query.set('iss', another)),
  'a callback twice over': callback((query) => query.append('code', 'another')),
  'a userinfo about somebody else': userinfo({ sub: 'jonas.lindqvist' }),
  'a userinfo about nobody': userinfo({ sub: undefined }),
} as const satisfies Record<string, Misdeed>;

const token = /^\/token$/;
const keys = /^\/jwks$/;

/** Ways in which a provider does not answer, or answers nonsense. */
export const failures = {
  'a token endpoint that fails': instead(token, 500, '{"error":"server_error"}'),
  'a token endpoint that says nothing': instead(token, 200, ''),
  'a token endpoint that says half': instead(token, 200, '{"access_token": "a", '),
  'a token endpoint with a page': instead(token, 200, '<html>Sign in</html>', 'text/html'),
  'a token endpoint that leads away': instead(token, 302, ''),
  'a token endpoint without tokens': instead(token, 200, '{}'),
  'no keys': instead(keys, 200, '{"keys":[]}'),
  'keys that are not to be had': instead(keys, 503, ''),
  'keys that are nonsense': instead(keys, 200, '[]'),
  'a userinfo that fails': instead(/^\/me$/, 500, '{"error":"server_error"}'),
  'a userinfo that is nonsense': instead(/^\/me$/, 200, '"amara"'),
} as const satisfies Record<string, Misdeed>;
