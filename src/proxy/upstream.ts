import type { LiveFault } from '#model/live/answer.ts';

/** A question to an upstream: a path below its fixed origin that we built, and what we would like to have. */
export type UpstreamQuestion = {
  /** Begins with `/`; parts that come from annotations are encoded by `encodeURIComponent`. */
  path: string;
  query?: readonly (readonly [string, string])[];
  accept?: string;
  /** The most bytes that an answer may have; 2 MB unless told, 8 MB for lists. */
  maxBytes?: number;
  /** What a former answer was tagged with: the upstream may say that nothing changed. */
  etag?: string;
};

/** What came back: JSON, `same` when nothing changed since the tag, or why there is nothing. */
export type UpstreamOutcome =
  | { kind: 'answer'; value: unknown; etag?: string }
  | { kind: 'same' }
  | { kind: 'fault'; fault: LiveFault /** When it may be asked again, in seconds. */; retryAfter?: number };

/** A stream of bytes, or why there is none. It ends when `signal` says so or its bytes are used up. */
export type UpstreamStream =
  | { kind: 'stream'; chunks: AsyncIterable<Uint8Array> }
  | { kind: 'fault'; fault: LiveFault };

/**
 * One upstream with its fixed origin, credential, pool, time limit, bulkhead and circuit breaker. Never throws: what goes
 * wrong is a fault. GET only; redirects are not followed.
 */
export type Upstream = {
  /** `kubernetes/prod-us`; a label of metrics, a part of cache keys. */
  id: string;
  /** As its operator calls it: `prod-us`. */
  name: string;
  ask: (question: UpstreamQuestion) => Promise<UpstreamOutcome>;
  /** Text as it comes, for logs. */
  follow: (question: UpstreamQuestion, signal: AbortSignal) => Promise<UpstreamStream>;
};
