import { findDenial } from './allow.ts';
import { sessionName, toClearedCookie, toCookieName, toSetCookie } from './cookies.ts';
import { createFlow, type Flow, flowTime, listSpentFlows, openFlow } from './flow.ts';
import type { GateParts } from './gate.ts';
import { toPageHeaders, toSafetyHeaders } from './headers.ts';
import { formatPage, type PageName, pageStyle } from './pages.ts';
import { isOwnRequest } from './places.ts';
import type { Answer, Asked, Outage, Profile, Verdict } from './ports.ts';
import { toReturnPath } from './return-path.ts';
import { toSession } from './session.ts';

/** A request that came to the right host, and what answers it. */
export type Visit = {
  asked: Asked;
  parts: GateParts;
  /** Whether a state was not used before. */
  takeOnce: (state: string) => boolean;
  cookies: ReadonlyMap<string, string>;
  redirectUri: string;
  origin: string;
  isSecure: boolean;
};

type Way = (visit: Visit) => Promise<Answer>;

const flowName = 'portolan-flow-';

/** What stands below `auth/`, by method. */
const ways: Readonly<Record<string, Readonly<Record<string, Way>>>> = {
  'sign-in': { GET: signIn },
  callback: { GET: callBack },
  'sign-out': { GET: async (visit) => toPage('signOut', visit), POST: signOut },
  'signed-out': { GET: async (visit) => toPage('signedOut', visit) },
};

/** The way that a target names; nothing where it is none of signing in. */
export function findWay(target: string, top: string): Way | undefined {
  if (!target.startsWith(`${top}auth/`)) return undefined;
  const name = target.slice(top.length + 'auth/'.length).replace(/\?.*$/s, '');
  const methods = Object.hasOwn(ways, name) ? ways[name] : undefined;
  return async (visit) => {
    const taken = await visit.parts.take(visit.asked);
    if (!taken.isAllowed) return toPage('often', visit, { headers: { 'retry-after': String(taken.retryAfter) } });
    if (!methods) return toPage('nowhere', visit);
    const { method } = visit.asked;
    const way = Object.hasOwn(methods, method) ? methods[method] : undefined;
    return way ? way(visit) : toUnusable(Object.keys(methods), visit);
  };
}

const toQuery = ({ asked }: Visit) => new URLSearchParams(asked.target.split('?').slice(1).join('?'));

async function signIn(visit: Visit): Promise<Answer> {
  const { parts, cookies, isSecure } = visit;
  const now = parts.now();
  const query = toQuery(visit);
  const returnTo = toReturnPath(query.get('return') ?? undefined, parts.top);
  const wanted = { returnTo, redirectUri: visit.redirectUri, isAnew: query.has('anew') };
  const flow = createFlow(wanted, now, parts.random);
  const start = await parts.issuer.findStart(flow);
  if (start.kind !== 'start') return toOutage(start, visit);
  const sealed = await parts.sealer.seal('flow', flow, now + flowTime);
  const spent = await listSpentFlows(cookies, toCookieName(flowName, { isSecure }), parts.sealer, now);
  return toRedirect(302, start.url, visit, [
    ...spent.map((name) => toClearedCookie(name, visit)),
    toSetCookie(toFlowName(flow.state, visit), sealed, flowTime / 1000, visit),
  ]);
}

async function toOutage({ kind, reason }: Outage, visit: Visit): Promise<Answer> {
  visit.parts.log({ event: 'unavailable', reason });
  return toPage(refusals[kind][0], visit, { headers: { 'retry-after': '30' } });
}

/** Each way has its own cookie, so that tabs do not disturb each other. */
function toFlowName(state: string, { parts, isSecure }: Visit): string {
  const short = parts
    .digest(state)
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(0, 12);
  return toCookieName(flowName + short, { isSecure });
}

async function callBack(visit: Visit): Promise<Answer> {
  const { parts, cookies } = visit;
  const [state = '', ...others] = toQuery(visit).getAll('state');
  const name = toFlowName(state, visit);
  const sealed = cookies.get(name);
  const flow = sealed === undefined ? undefined : await openFlow(sealed, parts.sealer, parts.now());
  const isOurs = flow?.state === state && others.length === 0 && parts.redirectUris.includes(flow.redirectUri);
  if (!flow || !isOurs || !visit.takeOnce(state)) {
    parts.log({ event: 'failed', reason: flow ? 'the state was used before' : 'no such way was begun here' });
    return toPage('failed', visit, sealed === undefined ? {} : { cookies: [toClearedCookie(name, visit)] });
  }
  const callback = new URL(flow.redirectUri);
  callback.search = toQuery(visit).toString();
  const verdict = await parts.issuer.fetchProfile(callback, flow);
  return conclude(verdict, flow, name, visit);
}

/** The page for each verdict that lets nobody in. */
const refusals: Readonly<Record<Exclude<Verdict['kind'], 'known'>, [PageName, 'failed' | 'refused' | 'unavailable']>> =
  {
    wrong: ['failed', 'failed'],
    refused: ['denied', 'refused'],
    broken: ['broken', 'unavailable'],
    unavailable: ['unreachable', 'unavailable'],
  };

async function conclude(verdict: Verdict, flow: Flow, name: string, visit: Visit): Promise<Answer> {
  const { parts } = visit;
  const spent = toClearedCookie(name, visit);
  if (verdict.kind !== 'known') {
    const [page, event] = refusals[verdict.kind];
    parts.log({ event, reason: verdict.reason });
    return toPage(page, visit, { cookies: [spent] });
  }
  const { profile } = verdict;
  const session = toSession(profile, parts.rules, parts.now(), parts.hours);
  const denial = findDenial(profile, parts.rules) ?? findDenial(session, parts.rules);
  const signs = toSigns(profile);
  if (denial !== undefined) {
    parts.log({ event: 'denied', reason: denial, ...signs });
    return toPage('denied', visit, { cookies: [spent, toClearedCookie(toCookieName(sessionName, visit), visit)] });
  }
  parts.log({ event: 'signed-in', ...signs });
  const sealed = await parts.sealer.seal('session', session, session.until);
  const seconds = Math.floor((session.until - session.began) / 1000);
  return toRedirect(302, flow.returnTo, visit, [
    spent,
    toSetCookie(toCookieName(sessionName, visit), sealed, seconds, visit),
  ]);
}

const toSigns = ({ subject, email, login }: Profile) => ({
  subject,
  ...(email !== undefined && { email }),
  ...(login !== undefined && { login }),
});

async function signOut(visit: Visit): Promise<Answer> {
  const { parts, asked, origin } = visit;
  if (!isOwnRequest(origin, asked.findHeader)) return toPage('signOut', visit, { status: 403 });
  parts.log({ event: 'signed-out' });
  const further = await parts.issuer.findSignOut();
  const cleared = toClearedCookie(toCookieName(sessionName, visit), visit);
  return toRedirect(303, further ?? `${parts.top}auth/signed-out`, visit, [cleared]);
}

type More = { status?: number; headers?: Readonly<Record<string, string>>; cookies?: readonly string[] };

async function toPage(name: PageName, { parts, isSecure }: Visit, more: More = {}): Promise<Answer> {
  const { status, html } = formatPage(name, parts.top);
  const signOutUrl = name === 'signOut' ? await parts.issuer.findSignOut() : undefined;
  const formPlaces = signOutUrl === undefined ? [] : [new URL(signOutUrl).origin];
  const headers = { ...toPageHeaders(isSecure, parts.digest(pageStyle), formPlaces), ...more.headers };
  return { status: more.status ?? status, headers, cookies: more.cookies ?? [], body: html };
}

async function toUnusable(methods: readonly string[], visit: Visit): Promise<Answer> {
  return toPage('nowhere', visit, { status: 405, headers: { allow: methods.join(', ') } });
}

function toRedirect(status: number, location: string, { isSecure }: Visit, cookies: readonly string[]): Answer {
  const headers = { ...toSafetyHeaders(isSecure), 'cache-control': 'private, no-store', location };
  return { status, headers, cookies, body: '' };
}
