import { z } from 'zod';
import type { ProxyCatalogFile } from '#model/live/catalog.ts';
import type { WidgetId } from '#model/live/widgets.ts';
import { createProxyApp } from './app.ts';
import type { AuditLine } from './audit.ts';
import { toProxyCatalog } from './catalog.ts';
import type { ProxyParts } from './parts.ts';
import type { IdentitySettings, ProxySettings } from './settings.ts';
import type { Timer } from './timer.ts';
import type { Widget, WidgetReport } from './widgets/define.ts';

/** A time to begin tests at. */
export const noon = Date.UTC(2026, 10, 20, 12);

/** A clock that goes on only when told; whoever waits for it is called on the way. */
export function createManualClock() {
  let now = noon;
  let waiting: { at: number; act: () => void }[] = [];
  const timer: Timer = (milliseconds, act) => {
    const row = { at: now + milliseconds, act };
    waiting.push(row);
    return () => {
      waiting = waiting.filter((other) => other !== row);
    };
  };
  const advance = async (milliseconds: number) => {
    const end = now + milliseconds;
    await settle();
    for (;;) {
      const next = waiting.filter(({ at }) => at <= end).toSorted((one, other) => one.at - other.at)[0];
      if (!next) break;
      waiting = waiting.filter((other) => other !== next);
      now = Math.max(now, next.at);
      next.act();
      await settle();
    }
    now = end;
    await settle();
  };
  return { timer, advance, now: () => now, countWaiting: () => waiting.length };
}

/** Lets everything happen that waits for nothing. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise<void>((done) => setImmediate(done));
}

const noCredential = () => undefined;

/** Settings of a proxy with one of everything. */
export const sampleSettings: ProxySettings = {
  clusters: [{ name: 'prod-us', url: 'https://kube.example', skipTlsVerify: false }],
  customResources: [],
  argocd: [{ name: 'main', url: 'https://argocd.example' }],
  pagerduty: { name: 'pagerduty', url: 'https://api.pagerduty.example' },
  prometheus: [],
  github: [
    {
      host: 'github.com',
      apiUrl: 'https://api.github.example',
      webUrl: 'https://github.example',
      toCredential: noCredential,
    },
  ],
  secrets: new Map([['CHECKOUT_KEY', 'hush']]),
  plainHttp: new Set<string>(),
  hosts: [],
  proxiesInFront: 0,
  logReaders: 'owners',
  isDemo: false,
};

/** How somebody who signed in is known. */
export const sampleIdentity: IdentitySettings = {
  header: 'x-assertion',
  issuer: 'https://id.example',
  audience: 'portal',
  jwksUrl: 'https://id.example/keys',
  algorithms: ['ES256'],
  emailClaim: 'email',
  loginClaim: 'login',
};

/** A small catalog with what widgets and logs need. */
export const sampleCatalog: ProxyCatalogFile = {
  version: 1,
  entities: [
    {
      ref: 'component:default/checkout',
      title: 'Checkout',
      annotations: {
        'backstage.io/kubernetes-id': 'checkout',
        'github.com/project-slug': 'acme/checkout',
        'pagerduty.com/service-id': 'P1',
        'portolan.io/kubernetes-logs': 'true',
      },
      owners: ['group:default/payments', 'group:default/commerce'],
    },
    {
      ref: 'component:default/quiet',
      title: 'Quiet',
      annotations: { 'backstage.io/kubernetes-id': 'quiet' },
      owners: ['group:default/payments'],
    },
    { ref: 'component:default/plain', title: 'Plain', annotations: {}, owners: [] },
  ],
  people: [
    {
      ref: 'user:default/ada',
      title: 'Ada',
      email: 'Ada@acme.example',
      login: 'ada-l',
      groups: ['group:default/checkout-team', 'group:default/commerce'],
    },
    {
      ref: 'user:default/bob',
      title: 'Bob',
      email: 'bob@acme.example',
      login: 'bob',
      groups: ['group:default/search'],
    },
    { ref: 'user:default/twin-one', title: 'Twin', email: 'twin@acme.example', groups: ['group:default/commerce'] },
    { ref: 'user:default/twin-two', title: 'Twin', email: 'twin@acme.example', groups: [] },
  ],
};

/** A report of a widget that found all well. */
export function toReport(change: Partial<WidgetReport<unknown>> = {}): WidgetReport<unknown> {
  return {
    data: { words: 'hello' },
    isEmpty: false,
    status: { level: 'well', words: '6 of 6 pods ready' },
    readAt: noon - 5_000,
    isStale: false,
    freshUntil: noon + 10_000,
    troubles: [],
    links: [],
    ...change,
  };
}

/** A widget that answers as told, and counts how often it was asked. */
export function createFakeWidget(id: WidgetId, change: Partial<Widget<unknown>> = {}) {
  const asked: string[] = [];
  const answer = change.answer ?? (async () => toReport());
  const widget: Widget<unknown> = {
    id,
    schema: z.unknown(),
    isConfigured: () => true,
    check: async () => [],
    ...change,
    answer: (entity, context) => {
      asked.push(entity.ref);
      return answer(entity, context);
    },
  };
  return { widget, asked };
}

/** A header and its value. */
export type SampleHeaders = Readonly<Record<string, string>>;

/** A proxy of fakes, and all that it did. */
export function createSampleProxy(change: Partial<ProxyParts> = {}) {
  const clock = createManualClock();
  const lines: AuditLine[] = [];
  const problems: string[] = [];
  const views: string[] = [];
  const catalog = toProxyCatalog(sampleCatalog);
  const parts: ProxyParts = {
    settings: sampleSettings,
    upstreams: { kubernetes: [], argocd: [], prometheus: [], findGithub: () => undefined },
    pieces: { read: async () => ({ freshUntil: 0 }) },
    findCatalog: () => catalog,
    widgets: [createFakeWidget('kubernetes').widget, createFakeWidget('github').widget],
    openLog: async () => ({ kind: 'fault', fault: 'unreachable' }),
    identify: async () => ({ kind: 'anonymous' }),
    limits: { enter: () => () => {}, take: async () => ({ isAllowed: true }) },
    log: { request: (line) => lines.push(line), problem: (what) => problems.push(what) },
    meter: { viewed: (widget, state) => views.push(`${widget} ${state}`), asked: () => {}, cached: () => {} },
    now: clock.now,
    timer: clock.timer,
    base: '/',
    ...change,
  };
  const app = createProxyApp(parts);
  const ask = async (target: string, headers: SampleHeaders = {}, method = 'GET', address = '192.0.2.7') =>
    app.fetch(new Request(new URL(target, 'http://portal.example'), { headers, method }), { target, address });
  return { app, ask, clock, lines, problems, views };
}

/** The code of a refusal. */
export async function readCode(response: Response): Promise<string> {
  return z.object({ error: z.object({ code: z.string() }) }).parse(await response.json()).error.code;
}

/** Someone who signed in with an e-mail address. */
export const signedIn = (email: string): ProxyParts['identify'] => {
  return async () => ({ kind: 'signed-in', claims: { subject: email, email } });
};
