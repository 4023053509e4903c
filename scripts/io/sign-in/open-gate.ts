import { toAddress } from '../../../src/proxy/guard/address.ts';
import { createLimits } from '../../../src/proxy/io/limits.ts';
import type { SignInSettings } from '../../settings/sign-in.ts';
import { toKeyBytes } from '../../settings/sign-in-keys.ts';
import { createGate } from '../../sign-in/gate.ts';
import type { Issuer, SignInEvent } from '../../sign-in/ports.ts';
import { createGithubIssuer } from './github.ts';
import { createOidcIssuer } from './oidc.ts';
import { createSealer, toDigest, toRandomText } from './sealer.ts';

export type GateOptions = {
  settings: SignInSettings;
  /** Where the site lies: `/` or `/portal/`. */
  top: string;
  /** How many proxies stand in front of us, each adding an address to `X-Forwarded-For`. */
  proxiesInFront: number;
  log: (event: SignInEvent) => void;
  /** Milliseconds since 1970. */
  now?: (() => number) | undefined;
  /** Seconds that the provider has for each answer. */
  patience?: number | undefined;
};

/** Generous for an office behind one address: signing in takes two requests. */
const perMinute = 300;
const usualPatience = 8;

/** Puts a gate together as the operator says. Without keys of theirs, sessions are over when the process is. */
export function openGate(options: GateOptions): ReturnType<typeof createGate> {
  const { settings, top, proxiesInFront, log, now = Date.now } = options;
  const { allow: rules, redirectUris, hours, sessionKeys, provider } = settings;
  const keys = sessionKeys.length > 0 ? sessionKeys.map(toKeyBytes) : [new TextEncoder().encode(toRandomText())];
  const limits = createLimits({ perMinute, atOnce: 1_000 });
  return createGate({
    ...{ top, redirectUris, rules, hours, log, now, random: toRandomText, digest: toDigest },
    issuer: createIssuer(options, now),
    sealer: createSealer({ keys, audience: toAudience(provider, top), now }),
    take: ({ address, findHeader }) =>
      limits.take(`sign-in ${toAddress(address, findHeader('x-forwarded-for'), proxiesInFront)}`, 1),
  });
}

/** What a session is for: who proved it belongs to it, for another issuer may call somebody else by the same name. */
const toAudience = (provider: SignInSettings['provider'], top: string) =>
  `${provider.kind} ${provider.kind === 'oidc' ? provider.issuer : provider.host} ${provider.clientId} ${top}`;

function createIssuer({ settings, patience = usualPatience }: GateOptions, now: () => number): Issuer {
  const { provider, allow } = settings;
  return provider.kind === 'github'
    ? createGithubIssuer({ settings: provider, rules: allow, patience })
    : createOidcIssuer({ settings: provider, isGrouped: allow.groups !== undefined, now, patience });
}
