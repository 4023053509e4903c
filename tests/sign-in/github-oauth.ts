import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { startLocally } from '../../scripts/demo/start.ts';
import { toRefusal } from '../github/http/answer.ts';
import { findDeparture } from '../github/schemas/conformance.ts';
import { answerRest } from './github-rest.ts';
import { readForm, sendPage, toPage } from './login-pages.ts';
import { type Person, people } from './people.ts';

/** What keeps somebody's membership from being seen as one. */
export type Obstacle = 'pending' | 'pending in teams' | 'sso' | 'restricted' | 'gone' | 'fails';

/** Somebody with an account, who may be in the organisation `acme` and in its teams. */
export type Account = Person & { id: number; isVerified: boolean; isMember: boolean; obstacle?: Obstacle };

type Grant = { login: string; redirectUri: string; challenge: string | null; scopes: string };

/** A GitHub that people sign in with: its own pages, and what it says of who they are. */
export type GithubOauth = {
  /** `127.0.0.1:PORT`, as `portal.signIn.host` names it; answers of REST are below `/api/v3`. */
  host: string;
  clientId: string;
  clientSecret: string;
  /** By login; may be changed. */
  accounts: Map<string, Account>;
  /** Takes back every token that it gave. */
  revoke: () => void;
  /** Method and path of everything that was asked of it. */
  asked: string[];
  /** Codes and tokens that it gave. */
  secrets: Set<string>;
  /** What departs from GitHub's own description of its answers. */
  departures: string[];
  stop: () => Promise<void>;
};

type State = Omit<GithubOauth, 'host' | 'revoke' | 'stop'> & {
  redirectUris: readonly string[];
  codes: Map<string, Grant>;
  tokens: Map<string, Grant>;
};
type Pair = { request: IncomingMessage; response: ServerResponse; url: URL };

/** Starts a GitHub whose organisation is the demo organisation: its people, and groups as teams. */
export async function startGithubOauth(redirectUris: readonly string[]): Promise<GithubOauth> {
  const accounts = people.map((person, at): Account => ({ ...person, id: 100 + at, isVerified: true, isMember: true }));
  const state: State = {
    ...{ clientId: 'Iv1.8a61f9b3a7aba766', clientSecret: randomBytes(20).toString('hex') },
    ...{ accounts: new Map(accounts.map((one) => [one.login, one])), asked: [], secrets: new Set(), departures: [] },
    ...{ redirectUris, codes: new Map(), tokens: new Map() },
  };
  state.secrets.add(state.clientSecret);
  const { url: origin, stop } = await startLocally(async (request, response) => {
    const url = new URL(request.url ?? '', origin);
    state.asked.push(`${request.method} ${url.pathname}`);
    const pair = { request, response, url };
    if (url.pathname === '/login/oauth/authorize') return authorize(pair, state);
    if (url.pathname === '/login/oauth/access_token') return exchange(pair, state);
    return rest(pair, origin, state);
  });
  return { ...state, host: new URL(origin).host, revoke: () => state.tokens.clear(), stop };
}

/** https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps#1-request-a-users-github-identity */
async function authorize({ request, response, url }: Pair, state: State): Promise<void> {
  const query = url.searchParams;
  const redirectUri = query.get('redirect_uri') ?? state.redirectUris[0] ?? '';
  if (query.get('client_id') !== state.clientId) return sendPage(response, 404, toPage('Not Found', ''));
  const back = new URL(redirectUri);
  back.searchParams.set('state', query.get('state') ?? '');
  if (!state.redirectUris.includes(redirectUri)) {
    back.searchParams.set('error', 'redirect_uri_mismatch');
    return leadTo(response, back);
  }
  const form = request.method === 'POST' ? await readForm(request) : new URLSearchParams();
  const login = form.get('login') ?? '';
  if (form.get('do') === 'cancel') back.searchParams.set('error', 'access_denied');
  else if (!state.accounts.has(login)) return sendPage(response, 200, toSignInPage(url));
  else back.searchParams.set('code', grant({ login, redirectUri, ...toAsked(query) }, state));
  return leadTo(response, back);
}

const toAsked = (query: URLSearchParams) => ({
  challenge: query.get('code_challenge_method') === 'S256' ? query.get('code_challenge') : null,
  scopes: query.get('scope') ?? '',
});

function grant(given: Grant, { codes, secrets }: State): string {
  const code = randomBytes(10).toString('hex');
  codes.set(code, given);
  secrets.add(code);
  return code;
}

function leadTo(response: ServerResponse, url: URL): void {
  response.writeHead(302, { location: url.href }).end();
}

const toSignInPage = ({ pathname, search }: URL) =>
  toPage(
    'Sign in to GitHub',
    `<form method="post" action="${`${pathname}${search}`.replaceAll('&', '&amp;')}">
     <label>Username <input name="login" required></label><button name="do" value="login">Authorize</button></form>`,
  );

/** What is said of a code that is not exchanged, always with 200. */
const faults = {
  incorrect_client_credentials: 'The client_id and/or client_secret passed are incorrect.',
  bad_verification_code: 'The code passed is incorrect or expired.',
  redirect_uri_mismatch: 'The redirect_uri MUST match the registered callback URL for this application.',
} as const;

/** https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps#2-users-are-redirected-back-to-your-site-by-github */
async function exchange({ request, response }: Pair, state: State): Promise<void> {
  const form = await readForm(request);
  const given = judgeExchange(form, state);
  const isJson = request.headers.accept?.includes('application/json') ?? false;
  const said: Record<string, string> =
    typeof given === 'string'
      ? { error: given, error_description: faults[given], error_uri: 'https://docs.github.com/apps' }
      : { access_token: toToken(given, state), scope: given.scopes.replaceAll(' ', ','), token_type: 'bearer' };
  const type = isJson ? 'application/json; charset=utf-8' : 'application/x-www-form-urlencoded; charset=utf-8';
  response.writeHead(200, { 'content-type': type });
  response.end(isJson ? JSON.stringify(said) : new URLSearchParams(said).toString());
}

function judgeExchange(form: URLSearchParams, state: State): Grant | keyof typeof faults {
  const { clientId, clientSecret, codes } = state;
  if (form.get('client_id') !== clientId || form.get('client_secret') !== clientSecret)
    return 'incorrect_client_credentials';
  const code = form.get('code') ?? '';
  const given = codes.get(code);
  codes.delete(code);
  if (!given) return 'bad_verification_code';
  const redirectUri = form.get('redirect_uri');
  if (redirectUri !== null && redirectUri !== given.redirectUri) return 'redirect_uri_mismatch';
  const proof = createHash('sha256')
    .update(form.get('code_verifier') ?? '')
    .digest('base64url');
  return given.challenge === null || given.challenge === proof ? given : 'bad_verification_code';
}

function toToken(given: Grant, { tokens, secrets }: State): string {
  const token = `gho_${randomBytes(18).toString('hex')}`;
  tokens.set(token, given);
  secrets.add(token);
  return token;
}

function rest({ request, response, url }: Pair, origin: string, state: State): void {
  const token = /^(?:bearer|token) (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const { login, scopes } = state.tokens.get(token) ?? { login: '', scopes: '' };
  const account = state.accounts.get(login);
  const { answer, operation } = account
    ? answerRest(url.pathname, { account, accounts: state.accounts, scopes, origin })
    : { answer: toRefusal(401, 'Bad credentials'), operation: '' };
  const departure = findDeparture(operation, answer);
  if (departure !== undefined) state.departures.push(departure);
  response.writeHead(answer.status, { ...answer.headers, 'x-oauth-scopes': scopes.replaceAll(' ', ', ') });
  response.end(answer.body);
}
