import type { CallKind } from '../http/call.ts';

/** GitHub's second kind of limit: how much at once, and how much in a minute. */
export type SecondaryLimits = { concurrent: number; pointsPerMinute: Record<'rest' | 'graphql', number> };

export const usualSecondaryLimits: SecondaryLimits = { concurrent: 100, pointsPerMinute: { rest: 900, graphql: 2000 } };

/** Watches how busy each identity is; `enter` answers how many seconds to wait, or the way to leave again. */
export type Turnstile = { enter: (title: string, kind: CallKind) => { retryAfter: number } | { leave: () => void } };

const minute = 60_000;

/** Makes a turnstile by the clock that is passed in. Git is not watched. */
export function createTurnstile(limits: SecondaryLimits, now: () => number): Turnstile {
  const active = new Map<string, number>();
  const recent = new Map<string, number[]>();
  return {
    enter: (title, kind) => {
      if (kind === 'git') return { leave: () => undefined };
      const key = `${title} ${kind}`;
      const times = (recent.get(key) ?? []).filter((time) => time > now() - minute);
      recent.set(key, times);
      const [oldest = now()] = times;
      if (times.length >= limits.pointsPerMinute[kind])
        return { retryAfter: Math.ceil((oldest + minute - now()) / 1000) };
      const busy = active.get(title) ?? 0;
      if (busy >= limits.concurrent) return { retryAfter: 60 };
      times.push(now());
      active.set(title, busy + 1);
      return { leave: () => active.set(title, (active.get(title) ?? 1) - 1) };
    },
  };
}
