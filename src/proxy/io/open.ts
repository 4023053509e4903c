import type { RequestListener } from 'node:http';
import { createProxyApp } from '../app.ts';
import type { AuditLog } from '../audit.ts';
import { type Identify, identifyByGate } from '../identity.ts';
import type { Pieces } from '../keeping/pieces.ts';
import type { OpenLog } from '../log.ts';
import type { Meter } from '../meter.ts';
import type { ProxySettings } from '../settings.ts';
import type { Upstreams, Widget } from '../widgets/define.ts';
import { type CatalogPlace, openCatalog } from './catalog-source.ts';
import { createIdentify } from './identity.ts';
import { createLimits, type LimitSettings, usualLimits } from './limits.ts';
import { createAuditLog } from './log.ts';
import { createMetrics } from './metrics.ts';
import { type FindClaims, toListener } from './serve.ts';
import { systemTimer } from './timer.ts';

/** What a proxy is opened with. */
export type ProxyOptions = {
  settings: ProxySettings;
  catalog: CatalogPlace;
  /** The site's base: `/` or `/portal`. */
  base: string;
  version: string;
  widgets: readonly Widget<unknown>[];
  openLog: OpenLog;
  /** Makes what asks; told how to count. */
  toSources: (meter: Meter) => { upstreams: Upstreams; pieces: Pieces; close?: () => Promise<void> };
  limits?: LimitSettings;
  /** Milliseconds since 1970. */
  now?: (() => number) | undefined;
  log?: AuditLog & { flush?: () => void };
  /** Who asks, where a gate stands before us in the same process; it alone is believed then. */
  findClaims?: FindClaims | undefined;
};

/** A proxy that runs: what answers its questions, what tells its numbers, and how to end it. */
export type OpenProxy = {
  listener: RequestListener;
  metricsListener: RequestListener;
  /** Settles when the catalog was tried for the first time. */
  ready: Promise<void>;
  hasCatalog: () => boolean;
  stop: () => void;
};

function toIdentify({ isDemo, demoReader, identity }: ProxySettings, now: () => number): Identify {
  if (isDemo && demoReader) return async () => ({ kind: 'signed-in', claims: demoReader });
  return createIdentify(identity, { now });
}

/** Puts a proxy together; whoever opened it gives its listeners to servers. */
export function openProxy(options: ProxyOptions): OpenProxy {
  const { settings, base, widgets, openLog, limits = usualLimits, now = Date.now } = options;
  const log = options.log ?? createAuditLog();
  const metrics = createMetrics(options.version);
  const catalog = openCatalog(options.catalog, { log, timer: systemTimer, random: Math.random });
  const sources = options.toSources(metrics.meter);
  const app = createProxyApp({
    settings,
    base,
    widgets,
    openLog,
    log,
    upstreams: sources.upstreams,
    pieces: sources.pieces,
    findCatalog: catalog.find,
    identify: options.findClaims ? identifyByGate : toIdentify(settings, now),
    limits: createLimits(limits),
    meter: metrics.meter,
    now,
    timer: systemTimer,
  });
  return {
    listener: toListener(app, options.findClaims),
    metricsListener: metrics.listener,
    ready: catalog.ready,
    hasCatalog: () => catalog.find() !== undefined,
    stop: () => {
      catalog.stop();
      void sources.close?.();
      metrics.clear();
      log.flush?.();
    },
  };
}
