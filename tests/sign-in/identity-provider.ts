import { randomBytes } from 'node:crypto';
import { request as ask, createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { Provider } from 'oidc-provider';
import { createMemoryAdapter } from 'oidc-provider/lib/adapters/memory_adapter.js';
import { startLocally } from '../../scripts/demo/start.ts';
import { listen } from '../../scripts/io/listen.ts';
import { createSigner, type Signer, toAssertion, toJwk } from './assertion-issuer.ts';
import { answerInteraction } from './login-pages.ts';
import { type Misdeed, type ProviderAnswer, spoilIdToken, type Workshop } from './misdeeds.ts';
import { people } from './people.ts';

/** An identity provider of this machine that may be told to do wrong. */
export type IdentityProvider = {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Does something wrong from now on; nothing when told so. */
  misbehave: (misdeed: Misdeed | undefined) => void;
  /** Signs with another key from now on, and publishes that one alone. */
  rotate: () => void;
  /** Method and path of everything that was asked of it. */
  asked: string[];
  /** Codes, tokens and cookies that it gave: none of them belongs in a log. */
  secrets: Set<string>;
  stop: () => Promise<void>;
};

type Options = {
  redirectUris: readonly string[];
  /** Where claims are: in the ID token too, or only where they are asked for. */
  claimsIn?: 'id-token' | 'userinfo';
};

const client = { id: 'portolan', secret: randomBytes(24).toString('hex') };

/** Starts an identity provider whose people are those of the demo organisation. */
export async function startIdentityProvider({
  redirectUris,
  claimsIn = 'id-token',
}: Options): Promise<IdentityProvider> {
  const asked: string[] = [];
  const secrets = new Set<string>([client.secret]);
  let misdeed: Misdeed | undefined;
  let fresh: Signer | undefined;
  let inner = 0;
  const own = createSigner('RS256', 'one');
  const front = await startLocally(async (request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://front');
    asked.push(`${request.method} ${pathname}`);
    const answer = renew(await pass(request, inner).catch(toBroken), pathname, fresh);
    noteSecrets(answer, secrets);
    const workshop: Workshop = { issuer: front.url, clientSecret: client.secret, own: fresh ?? own, stranger };
    send(response, misdeed?.at.test(pathname) ? misdeed.spoil(answer, workshop) : answer);
  });
  const provider = createProvider(front.url, { redirectUris, claimsIn, own });
  const answer = provider.callback();
  const server = createServer((request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void answer(request, response);
    answerInteraction(provider, { request, response }).catch(() => response.writeHead(400).end());
  });
  inner = await listen(server, 0);
  return {
    ...{ issuer: front.url, clientId: client.id, clientSecret: client.secret, asked, secrets },
    misbehave: (next) => {
      misdeed = next;
    },
    rotate: () => {
      fresh = createSigner('RS256', `key-${asked.length}`);
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await front.stop();
    },
  };
}

const stranger = createSigner('RS256', 'stranger');

type Wanted = Required<Options> & { own: Signer };

function createProvider(issuer: string, { redirectUris, claimsIn, own }: Wanted): Provider {
  const known = ['email', 'email_verified', 'groups', 'name', 'preferred_username'];
  return new Provider(issuer, {
    adapter: createMemoryAdapter(0),
    clients: [
      {
        ...{ client_id: client.id, client_secret: client.secret, redirect_uris: redirectUris },
        ...{ grant_types: ['authorization_code'], response_types: ['code'], id_token_signed_response_alg: 'RS256' },
        post_logout_redirect_uris: redirectUris.map((uri) => uri.replace(/callback$/, 'signed-out')),
      },
    ],
    jwks: { keys: [{ ...toJwk(own), ...own.privateKey.export({ format: 'jwk' }) }] },
    cookies: { keys: [randomBytes(24).toString('hex')] },
    scopes: ['openid', 'email', 'profile', 'groups'],
    claims: { email: known.slice(0, 2), groups: ['groups'], profile: known.slice(3) },
    conformIdTokenClaims: claimsIn === 'userinfo',
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true, ...logout } },
    interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 3600, IdToken: 600, Interaction: 600, Session: 3600 },
    clientBasedCORS: () => false,
    findAccount: (_: unknown, id: string) => findAccount(id),
  });
}

type Page = { body: string };
const logout = {
  logoutSource: (context: Page, form: string) => {
    context.body = `<!doctype html><html lang="en"><title>Sign out of Acme</title>${form}
      <button form="op.logoutForm" name="logout" value="yes">Sign out</button></html>`;
  },
  postLogoutSuccessSource: (context: Page) => {
    context.body = '<!doctype html><html lang="en"><title>Signed out</title></html>';
  },
};

function findAccount(id: string) {
  const person = people.find(({ name }) => name === id);
  if (!person) return undefined;
  const { email, groups, login, title } = person;
  const claims = { sub: id, email, email_verified: true, groups, name: title, preferred_username: login };
  return { accountId: id, claims: () => claims };
}

/** Passes a request on to the provider behind, and waits for all of its answer. */
function pass(request: IncomingMessage, port: number): Promise<ProviderAnswer> {
  const { url, method, headers } = request;
  return new Promise((done, fail) => {
    const onward = ask({ host: '127.0.0.1', port, path: url, method, headers }, async (answer) => {
      const { 'content-length': _, 'transfer-encoding': __, ...kept } = answer.headers;
      const body = (await buffer(answer)).toString();
      done({ status: answer.statusCode ?? 502, headers: toPlain(kept), body });
    });
    onward.on('error', fail);
    request.pipe(onward);
  });
}

const toPlain = (headers: IncomingMessage['headers']): ProviderAnswer['headers'] =>
  Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));

const toBroken = (): ProviderAnswer => ({ status: 502, headers: {}, body: '' });

function send(response: ServerResponse, { status, headers, body }: ProviderAnswer): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
}

/** What a provider whose key is another one by now answers. */
function renew(answer: ProviderAnswer, path: string, fresh: Signer | undefined): ProviderAnswer {
  if (!fresh) return answer;
  if (path === '/jwks') return { ...answer, body: JSON.stringify({ keys: [toJwk(fresh)] }) };
  if (path !== '/token') return answer;
  return spoilIdToken(answer, ({ header, claims }) => toAssertion({ ...header, kid: fresh.kid }, claims, fresh));
}

/** Keeps what must stay between provider and portal. */
function noteSecrets({ headers, body }: ProviderAnswer, secrets: Set<string>): void {
  const code = /[?&]code=([^&]+)/.exec(String(headers.location ?? ''))?.[1];
  const tokens = [...body.matchAll(/"(?:access|id|refresh)_token":"([^"]+)"/g)].map(([, token = '']) => token);
  for (const secret of [code, ...tokens]) if (secret) secrets.add(secret);
}
