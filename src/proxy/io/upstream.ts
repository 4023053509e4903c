import { Pool } from 'undici';
import type { Meter } from '../meter.ts';
import type { Cluster, Endpoint } from '../settings.ts';
import type { Upstream, UpstreamOutcome, UpstreamQuestion, UpstreamStream } from '../upstream.ts';
import { createConnector, type Lookup } from './upstream/connector.ts';
import { exchangeJson } from './upstream/exchange.ts';
import { createFollow } from './upstream/follow.ts';
import { createGuard, type GuardLimits } from './upstream/guard.ts';
import { findPath, findTarget, type Target } from './upstream/target.ts';

export type UpstreamOptions = {
  id: string;
  meter: Meter;
  /** Whether it may be this machine, by plain http too: for demonstrations and tests. */
  allowLoopback: boolean;
  /** Hosts that the operator lets us speak to in plain http, each as `host` or `host:port`. */
  plainHttp?: ReadonlySet<string>;
  now?: () => number;
  lookup?: Lookup;
  limits?: Partial<UpstreamLimits>;
};

/** What an upstream may cost us; times in milliseconds. */
export type UpstreamLimits = GuardLimits & {
  connect: number;
  /** For how long a stream may say nothing. */
  idle: number;
  /** How many streams there are at once. */
  streams: number;
  maxBytes: number;
};

const usual: UpstreamLimits = {
  atOnce: 8,
  waiting: 64,
  failures: 5,
  rest: 10_000,
  whole: 5_000,
  connect: 3_000,
  idle: 120_000,
  streams: 32,
  maxBytes: 2_000_000,
};

export type OpenUpstream = Upstream & { close: () => Promise<void> };

type Place = Endpoint & Partial<Pick<Cluster, 'ca' | 'skipTlsVerify'>>;

/** Stands for an upstream whose address must not be used. */
function createNowhere(place: Place, { id, meter }: UpstreamOptions): OpenUpstream {
  const outcome = { kind: 'fault', fault: 'unreachable' } as const;
  return {
    id,
    name: place.name,
    ask: async () => {
      meter.asked(id, outcome.fault, 0);
      return outcome;
    },
    follow: async () => outcome,
    close: async () => {},
  };
}

function createPool(
  place: Place,
  target: Target,
  options: UpstreamOptions,
  limits: UpstreamLimits,
  use: 'questions' | 'streams',
) {
  return new Pool(target.origin, {
    connections: use === 'streams' ? limits.streams : limits.atOnce,
    // Longer than from one reading to the next, so that a piece that is looked at needs no new connection each time.
    keepAliveTimeout: 20_000,
    headersTimeout: limits.whole,
    bodyTimeout: use === 'streams' ? limits.idle : limits.whole,
    connect: createConnector({
      allowLoopback: options.allowLoopback || target.isLoopback,
      timeout: limits.connect,
      ...(place.ca !== undefined && { ca: place.ca }),
      ...(place.skipTlsVerify !== undefined && { skipTlsVerify: place.skipTlsVerify }),
      ...(options.lookup && { lookup: options.lookup }),
    }),
  });
}

/**
 * Makes an upstream of where it is and what lets us in. Its origin never changes, redirects are not followed, and every
 * question is bounded in time, bytes and number; logs have connections of their own, so that they never starve questions.
 */
export function createUpstream(place: Place, options: UpstreamOptions): OpenUpstream {
  const target = findTarget(place.url, options);
  if (!target) return createNowhere(place, options);
  const { id, meter, now = Date.now } = options;
  const limits = { ...usual, ...options.limits };
  const guard = createGuard(limits, now);
  const dispatcher = createPool(place, target, options, limits, 'questions');
  const streams = createPool(place, target, options, limits, 'streams');
  const askUnmeasured = async (question: UpstreamQuestion): Promise<UpstreamOutcome> => {
    const path = findPath(target, question);
    if (path === undefined) return { kind: 'fault', fault: 'refused' };
    const maxBytes = question.maxBytes ?? limits.maxBytes;
    const exchange = { dispatcher, path, credential: place.credential, maxBytes, now };
    return guard.run((signal) => exchangeJson(exchange, question, signal));
  };
  const follow = createFollow({ dispatcher: streams, target, credential: place.credential, limits, now });
  const measure = async <Outcome extends UpstreamOutcome | UpstreamStream>(
    made: Promise<Outcome>,
  ): Promise<Outcome> => {
    const began = now();
    const outcome = await made;
    const counted = outcome.kind === 'fault' ? outcome.fault : outcome.kind === 'same' ? 'same' : 'answer';
    meter.asked(id, counted, now() - began);
    return outcome;
  };
  return {
    id,
    name: place.name,
    ask: (question) => measure(askUnmeasured(question)),
    follow: (question, signal) => measure(follow(question, signal)),
    close: async () => {
      await Promise.all([dispatcher.destroy(), streams.destroy()]);
    },
  };
}
