import { type RefusalCode, toRefusal } from '../../src/proxy/refusals.ts';
import type { AllowRules } from './allow.ts';
import { parseCookies, sessionName, toCookieName } from './cookies.ts';
import { createOnce } from './flow.ts';
import { toSafetyHeaders } from './headers.ts';
import { findRedirectUri, isNavigation, isProbe } from './places.ts';
import type { Answer, Asked, Issuer, Sealer, SignInEvent } from './ports.ts';
import { openSession, type Session } from './session.ts';
import { findWay, type Visit } from './ways.ts';

/** All that a gate is made of. */
export type GateParts = {
  /** Where the site lies: `/` or `/portal/`. */
  top: string;
  /** Exact addresses that the issuer leads back to; their hosts are the only ones that are answered for. */
  redirectUris: readonly string[];
  rules: AllowRules;
  /** How long a session lasts, whatever happens in it. */
  hours: number;
  issuer: Issuer;
  sealer: Sealer;
  /** Milliseconds since 1970. */
  now: () => number;
  /** A text that nobody can guess. */
  random: () => string;
  /** SHA-256 of a text, in base64. */
  digest: (text: string) => string;
  /** Takes one of the attempts that an address has. */
  take: (asked: Asked) => Promise<{ isAllowed: true } | { isAllowed: false; retryAfter: number }>;
  log: (event: SignInEvent) => void;
};

/** What a request gets at the gate: it goes on, as somebody or as a probe, or it is answered here. */
export type Admission = { kind: 'probe' } | { kind: 'session'; session: Session } | { kind: 'answer'; answer: Answer };

/** Makes the gate before a site: whoever has no session gets the way to sign in, and nothing else whatever they ask for. */
export function createGate(parts: GateParts): (asked: Asked) => Promise<Admission> {
  const takeOnce = createOnce(parts.now);
  return async (asked) => {
    if (isProbe(asked.target)) return { kind: 'probe' };
    const redirectUri = findRedirectUri(asked.findHeader('host') ?? '', parts.redirectUris);
    if (redirectUri === undefined) return toAnswered(await toRefusalAnswer('host-wrong', false));
    const visit = toVisit(asked, redirectUri, parts, takeOnce);
    const way = findWay(asked.target, parts.top);
    if (way) return toAnswered(await way(visit));
    const session = await findSession(visit);
    return session ? { kind: 'session', session } : toAnswered(await toStrangerAnswer(visit));
  };
}

const toAnswered = (answer: Answer): Admission => ({ kind: 'answer', answer });

function toVisit(asked: Asked, redirectUri: string, parts: GateParts, takeOnce: (state: string) => boolean): Visit {
  const { origin, protocol } = new URL(redirectUri);
  const cookies = parseCookies(asked.findHeader('cookie'));
  return { asked, parts, takeOnce, cookies, redirectUri, origin, isSecure: protocol === 'https:' };
}

async function findSession({ cookies, parts, isSecure }: Visit): Promise<Session | undefined> {
  const sealed = cookies.get(toCookieName(sessionName, { isSecure }));
  return sealed === undefined ? undefined : openSession(sealed, { ...parts, now: parts.now() });
}

/** A page leads to where one signs in; everything else is refused in the same words, whether it is there or not. */
async function toStrangerAnswer({ asked, parts, isSecure }: Visit): Promise<Answer> {
  if (!isNavigation(asked.method, asked.findHeader)) return toRefusalAnswer('sign-in', isSecure);
  const location = `${parts.top}auth/sign-in?return=${encodeURIComponent(asked.target.slice(0, 4096))}`;
  const headers = { ...toSafetyHeaders(isSecure), 'cache-control': 'private, no-store', location };
  return { status: 302, headers, cookies: [], body: '' };
}

/** A refusal as the proxy words it. */
async function toRefusalAnswer(code: RefusalCode, isSecure: boolean): Promise<Answer> {
  const response = toRefusal(code);
  const headers = { ...toSafetyHeaders(isSecure), ...Object.fromEntries(response.headers) };
  return { status: response.status, headers, cookies: [], body: await response.text() };
}
