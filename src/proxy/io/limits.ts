import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { RequestLimits } from '../limits.ts';
import { createPlaces } from '../places.ts';

/** How much may be asked: points a viewer may use in a minute, and requests that are answered at once. */
export type LimitSettings = {
  perMinute: number;
  atOnce: number;
  /** How many viewers are told apart in a minute; those beyond share what a few of them may. */
  viewers?: number;
};

/** Generous for people, who have several pages open; a list of a hundred entities takes ten points. */
export const usualLimits: LimitSettings = { perMinute: 600, atOnce: 2_000 };

const minute = 60_000;
const crowds = 64;

/** Names what is counted. Whoever has a great many addresses must not fill the memory with them, so their number is bounded. */
function createNaming(most: number): (viewer: string) => string {
  let known = new Set<string>();
  let since = Date.now();
  return (viewer) => {
    if (Math.abs(Date.now() - since) > minute) [known, since] = [new Set(), Date.now()];
    if (!known.has(viewer) && known.size >= most) return `crowd ${toNumber(viewer) % crowds}`;
    known.add(viewer);
    return viewer;
  };
}

const toNumber = (text: string) => [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 65_521, 7);

/** Makes the limits of one proxy; each replica counts for itself. */
export function createLimits({ perMinute, atOnce, viewers = 20_000 }: LimitSettings): RequestLimits {
  const toName = createNaming(viewers);
  const limiter = new RateLimiterMemory({ points: perMinute, duration: 60 });
  const places = createPlaces(atOnce);
  return {
    enter: () => places.take('request'),
    take: async (viewer, points) => {
      try {
        await limiter.consume(toName(viewer), points);
        return { isAllowed: true };
      } catch (spent) {
        const wait = spent instanceof RateLimiterRes ? spent.msBeforeNext : 1_000;
        return { isAllowed: false, retryAfter: Math.max(1, Math.ceil(wait / 1000)) };
      }
    },
  };
}
