import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  Configuration,
  calculatePKCECodeChallenge,
  clockSkew,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  None,
  type ServerMetadata,
} from 'openid-client';
import type { OidcSettings } from '../../settings/sign-in.ts';
import { isIncomplete, toProfile } from '../../sign-in/claims.ts';
import type { Flow } from '../../sign-in/flow.ts';
import type { Issuer, Verdict } from '../../sign-in/ports.ts';
import { toOutage, toVerdict } from './faults.ts';
import { fetchOfIssuer } from './issuer-fetch.ts';

export type OidcOptions = {
  settings: OidcSettings;
  /** Whether the rules ask for groups. */
  isGrouped: boolean;
  now: () => number;
  /** Seconds that the issuer has for each answer. */
  patience: number;
};

/** Algorithms with a public key: with any other, whoever can check a proof could write one. */
const asymmetric = /^(RS|PS|ES)(256|384|512)$|^(EdDSA|Ed25519)$/;
/** How long what the issuer says of itself is believed, in milliseconds. */
const fresh = 10 * 60_000;

/** Makes an issuer that speaks OpenID Connect. */
export function createOidcIssuer(options: OidcOptions): Issuer {
  const findConfiguration = createDiscovery(options);
  return {
    findStart: async (flow) => {
      try {
        return { kind: 'start', url: await toStart(await findConfiguration(), flow, options) };
      } catch (error) {
        return toOutage(error);
      }
    },
    fetchProfile: async (callback, flow) => {
      const configuration = await findConfiguration().catch(toOutage);
      if (!(configuration instanceof Configuration)) return configuration;
      return fetchProfile(configuration, callback, flow, options).catch(toVerdict);
    },
    findSignOut: async () => {
      const configuration = await findConfiguration().catch(() => undefined);
      return configuration && findSignOut(configuration, options.settings);
    },
  };
}

/**
 * Asks the issuer what it says of itself, now and then. Each time a configuration is made anew, and with it the keys are asked
 * for: a key that the issuer took back proves nothing from then on.
 */
function createDiscovery(options: OidcOptions): () => Promise<Configuration> {
  let known: { metadata: ServerMetadata; at: number } | undefined;
  let asking: Promise<ServerMetadata> | undefined;
  return async () => {
    if (!known || Math.abs(options.now() - known.at) > fresh) {
      asking ??= fetchMetadata(options).finally(() => {
        asking = undefined;
      });
      known = { metadata: await asking, at: options.now() };
    }
    return toConfiguration(known.metadata, options);
  };
}

async function fetchMetadata({ settings, patience }: OidcOptions): Promise<ServerMetadata> {
  const { issuer, clientId, isInsecure } = settings;
  const execute = isInsecure ? [allowInsecureRequests] : [];
  const found = await discovery(new URL(issuer), clientId, undefined, None(), {
    ...{ execute, timeout: patience, [customFetch]: fetchOfIssuer },
  });
  const { supportsPKCE: _, ...metadata } = found.serverMetadata();
  if (new URL(metadata.issuer).href !== new URL(issuer).href) throw new Error('the issuer gives itself another name');
  const named = metadata.id_token_signing_alg_values_supported ?? ['RS256'];
  const algorithms = named.filter((name) => asymmetric.test(name));
  if (algorithms.length === 0) throw new Error('the issuer signs with no algorithm that has a public key');
  return { ...metadata, id_token_signing_alg_values_supported: algorithms };
}

function toConfiguration(metadata: ServerMetadata, { settings, now, patience }: OidcOptions): Configuration {
  const skew = Math.round((now() - Date.now()) / 1000);
  const configuration = new Configuration(
    metadata,
    settings.clientId,
    { ...(settings.clientSecret !== undefined && { client_secret: settings.clientSecret }), [clockSkew]: skew },
    toClientAuth(metadata, settings),
  );
  configuration[customFetch] = fetchOfIssuer;
  configuration.timeout = patience;
  // Without this a signature is not looked at, because the token comes from the issuer itself.
  enableNonRepudiationChecks(configuration);
  if (settings.isInsecure) allowInsecureRequests(configuration);
  return configuration;
}

/** How we prove who we are: as the operator says, else by the header that every issuer has to know, if it does. */
function toClientAuth(metadata: ServerMetadata, { clientSecret, clientAuthentication }: OidcSettings): ClientAuth {
  if (clientSecret === undefined) return None();
  const known = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
  const usual = known.includes('client_secret_basic') ? 'client_secret_basic' : 'client_secret_post';
  const isPosted = (clientAuthentication ?? usual) === 'client_secret_post';
  return isPosted ? ClientSecretPost(clientSecret) : ClientSecretBasic(clientSecret);
}

async function toStart(
  configuration: Configuration,
  flow: Flow,
  { settings, isGrouped }: OidcOptions,
): Promise<string> {
  const known = configuration.serverMetadata().scopes_supported ?? [];
  const usual = ['openid', 'profile', 'email', ...(isGrouped && known.includes('groups') ? ['groups'] : [])];
  return buildAuthorizationUrl(configuration, {
    redirect_uri: flow.redirectUri,
    scope: (settings.scopes ?? usual).join(' '),
    state: flow.state,
    nonce: flow.nonce,
    code_challenge: await calculatePKCECodeChallenge(flow.verifier),
    code_challenge_method: 'S256',
    ...(flow.isAnew && { prompt: 'login' }),
  }).href;
}

async function fetchProfile(
  configuration: Configuration,
  callback: URL,
  flow: Flow,
  { settings: { claims: names }, isGrouped }: OidcOptions,
): Promise<Verdict> {
  if (!isOneAnswer(callback, configuration.serverMetadata().issuer))
    return { kind: 'wrong', reason: 'the callback is of another issuer, or says something twice' };
  const tokens = await authorizationCodeGrant(configuration, callback, {
    expectedState: flow.state,
    expectedNonce: flow.nonce,
    pkceCodeVerifier: flow.verifier,
    idTokenExpected: true,
  });
  const claims = tokens.claims();
  if (!claims) return { kind: 'wrong', reason: 'the issuer gave no ID token' };
  const isAsked = isIncomplete(claims, names, isGrouped) && configuration.serverMetadata().userinfo_endpoint;
  const more = isAsked ? [await fetchUserInfo(configuration, tokens.access_token, claims.sub)] : [];
  return { kind: 'known', profile: toProfile(claims.sub, [claims, ...more], names) };
}

/** Whether a callback says everything once, and names no other issuer (RFC 9207); that it names one at all is checked later. */
function isOneAnswer({ searchParams }: URL, issuer: string): boolean {
  const isOnce = [...searchParams.keys()].every((name, at, all) => all.indexOf(name) === at);
  return isOnce && (searchParams.get('iss') ?? issuer) === issuer;
}

function findSignOut(configuration: Configuration, { clientId, afterSignOut }: OidcSettings): string | undefined {
  const { end_session_endpoint: place } = configuration.serverMetadata();
  if (place === undefined || !/^https?:\/\//.test(place)) return undefined;
  const parameters = { client_id: clientId, ...(afterSignOut && { post_logout_redirect_uri: afterSignOut }) };
  return buildEndSessionUrl(configuration, parameters).href;
}
