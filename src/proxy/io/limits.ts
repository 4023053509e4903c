import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { RequestLimits } from '../limits.ts';
import { createPlaces } from '../places.ts';

/** How much may be asked: points a viewer may use in a minute, and requests that are answered at once. */
export type LimitSettings = { perMinute: number; atOnce: number };

/** Generous for people, who have several pages open; a list of a hundred entities takes ten points. */
export const usualLimits: LimitSettings = { perMinute: 600, atOnce: 2_000 };

/** Makes the limits of one proxy; each replica counts for itself. */
export function createLimits({ perMinute, atOnce }: LimitSettings): RequestLimits {
  const limiter = new RateLimiterMemory({ points: perMinute, duration: 60 });
  const places = createPlaces(atOnce);
  return {
    enter: () => places.take('request'),
    take: async (viewer, points) => {
      try {
        await limiter.consume(viewer, points);
        return { isAllowed: true };
      } catch (spent) {
        const wait = spent instanceof RateLimiterRes ? spent.msBeforeNext : 1_000;
        return { isAllowed: false, retryAfter: Math.max(1, Math.ceil(wait / 1000)) };
      }
    },
  };
}
