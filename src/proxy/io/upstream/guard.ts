import {
  BrokenCircuitError,
  BulkheadRejectedError,
  bulkhead,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhenResult,
  TaskCancelledError,
  TimeoutStrategy,
  timeout,
} from 'cockatiel';
import type { UpstreamOutcome } from '../../upstream.ts';
import { isBreaking } from './faults.ts';

export type GuardLimits = {
  /** How many questions are under way at once, and how many more may wait. */
  atOnce: number;
  waiting: number;
  /** After how many failures on end it is left alone, and for how long, in milliseconds. */
  failures: number;
  rest: number;
  /** How long a question may take, waiting included, in milliseconds. */
  whole: number;
};

export type Guard = {
  run: (call: (signal: AbortSignal) => Promise<UpstreamOutcome>) => Promise<UpstreamOutcome>;
};

const isFailure = (outcome: unknown): boolean => {
  const { kind, fault } = outcome as UpstreamOutcome & { kind: 'fault' };
  return kind === 'fault' && isBreaking(fault);
};

const refusals = [
  [BrokenCircuitError, 'resting'],
  [BulkheadRejectedError, 'busy'],
  [TaskCancelledError, 'busy'],
] as const;

/** What came of a call that was never made, or that threw. */
function toRefusal(error: unknown): UpstreamOutcome {
  const refusal = refusals.find(([kind]) => error instanceof kind);
  return { kind: 'fault', fault: refusal?.[1] ?? 'unreachable' };
}

/** Leaves an upstream alone until it says that it may be asked again. */
function createPause(now: () => number) {
  let since = 0;
  let until = 0;
  return {
    /** In how many seconds it may be asked again; nothing when it may now. */
    findRest: (): number | undefined => {
      const isOver = now() >= until || now() < since;
      return isOver ? undefined : Math.ceil((until - now()) / 1000);
    },
    note: (outcome: UpstreamOutcome) => {
      if (outcome.kind !== 'fault' || outcome.fault !== 'rate-limited') return;
      since = now();
      until = since + (outcome.retryAfter ?? 0) * 1000;
    },
  };
}

/**
 * Stands before an upstream: so many questions at once and so many that wait, a time for each, a rest after several failures
 * (then one question tries it, and the others go without), and a pause where it asks for one.
 */
export function createGuard(limits: GuardLimits, now: () => number): Guard {
  const gate = bulkhead(limits.atOnce, limits.waiting);
  const breaker = circuitBreaker(handleWhenResult(isFailure), {
    halfOpenAfter: limits.rest,
    breaker: new ConsecutiveBreaker(limits.failures),
  });
  const deadline = timeout(limits.whole, { strategy: TimeoutStrategy.Cooperative, abortOnReturn: true });
  const pause = createPause(now);
  const enter = async (call: (signal: AbortSignal) => Promise<UpstreamOutcome>, signal: AbortSignal) => {
    const retryAfter = pause.findRest();
    if (retryAfter !== undefined) return { kind: 'fault', fault: 'rate-limited', retryAfter } as const;
    if (breaker.state === CircuitState.HalfOpen) throw new BrokenCircuitError();
    const outcome = await breaker.execute(() => call(signal));
    pause.note(outcome);
    return outcome;
  };
  return {
    run: (call) => deadline.execute(({ signal }) => gate.execute(() => enter(call, signal), signal)).catch(toRefusal),
  };
}
