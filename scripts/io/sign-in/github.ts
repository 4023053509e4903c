import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  ClientSecretPost,
  Configuration,
  calculatePKCECodeChallenge,
  customFetch,
} from 'openid-client';
import type { GithubSignIn } from '../../settings/sign-in.ts';
import type { AllowRules } from '../../sign-in/allow.ts';
import type { Flow } from '../../sign-in/flow.ts';
import {
  findEmail,
  findUser,
  type GithubAnswer,
  listMembershipQuestions,
  listScopes,
  toGithubOutage,
  toGithubPlaces,
  toGithubProfile,
  toMembership,
} from '../../sign-in/github.ts';
import type { Issuer, Verdict } from '../../sign-in/ports.ts';
import { toOutage, toVerdict } from './faults.ts';
import { fetchOfGithub, fetchOfIssuer } from './issuer-fetch.ts';

export type GithubOptions = { settings: GithubSignIn; rules: AllowRules; patience: number };

/** Makes an issuer of GitHub, which says who somebody is by its API and not by a signed token. */
export function createGithubIssuer(options: GithubOptions): Issuer {
  const configuration = toConfiguration(options);
  return {
    findStart: async (flow) => ({ kind: 'start', url: await toStart(configuration, flow, options) }),
    fetchProfile: async (callback, flow) => {
      // There is one issuer here, and it is no issuer of OpenID Connect.
      callback.searchParams.delete('iss');
      const checks = { expectedState: flow.state, pkceCodeVerifier: flow.verifier };
      const tokens = await authorizationCodeGrant(configuration, callback, checks).catch(toVerdict);
      if (!('access_token' in tokens)) return tokens;
      return fetchProfile(createAsking(tokens.access_token, options), options.rules).catch(toOutage);
    },
    findSignOut: async () => undefined,
  };
}

function toConfiguration({ settings, patience }: GithubOptions): Configuration {
  const { web } = toGithubPlaces(settings.host, settings.isInsecure);
  const top = `${web}/login/oauth`;
  const configuration = new Configuration(
    { issuer: top, authorization_endpoint: `${top}/authorize`, token_endpoint: `${top}/access_token` },
    settings.clientId,
    undefined,
    ClientSecretPost(settings.clientSecret),
  );
  configuration[customFetch] = fetchOfGithub;
  configuration.timeout = patience;
  if (settings.isInsecure) allowInsecureRequests(configuration);
  return configuration;
}

async function toStart(configuration: Configuration, flow: Flow, { settings, rules }: GithubOptions): Promise<string> {
  return buildAuthorizationUrl(configuration, {
    redirect_uri: flow.redirectUri,
    scope: (settings.scopes ?? listScopes(rules)).join(' '),
    state: flow.state,
    code_challenge: await calculatePKCECodeChallenge(flow.verifier),
    code_challenge_method: 'S256',
    allow_signup: 'false',
    ...(flow.isAnew && { prompt: 'select_account' }),
  }).href;
}

type Ask = (path: string) => Promise<GithubAnswer>;

function createAsking(token: string, { settings, patience }: GithubOptions): Ask {
  const { api } = toGithubPlaces(settings.host, settings.isInsecure);
  return async (path) => {
    const answer = await fetchOfIssuer(`${api}${path}`, {
      ...{ method: 'GET', redirect: 'manual', body: undefined },
      signal: AbortSignal.timeout(patience * 1000),
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${token}`,
        'user-agent': 'portolan',
        'x-github-api-version': '2022-11-28',
      },
    });
    const body: unknown = await answer.json().catch(() => undefined);
    return { status: answer.status, findHeader: (name) => answer.headers.get(name), body };
  };
}

async function fetchProfile(ask: Ask, rules: AllowRules): Promise<Verdict> {
  const answer = await ask('/user');
  const user = findUser(answer);
  if (!user) return toGithubOutage(answer);
  const email = findEmail(await ask('/user/emails'));
  const questions = listMembershipQuestions(user.login, rules);
  const memberships = await Promise.all(questions.map(async ({ path }) => toMembership(await ask(path))));
  const outage = memberships.find((membership) => typeof membership === 'object');
  if (outage) return outage;
  const groups = questions.filter((_, at) => memberships[at] === 'active').map(({ name }) => name);
  return { kind: 'known', profile: toGithubProfile(user, email, groups) };
}
