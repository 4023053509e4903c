/** How much may be asked: by each viewer over time, and by all at once. */
export type RequestLimits = {
  /** Takes points from what is left to a viewer; says how many seconds to wait when it is not enough. */
  take: (viewer: string, points: number) => Promise<{ isAllowed: true } | { isAllowed: false; retryAfter: number }>;
  /** Takes a place among the requests that are answered now; what it gives back frees it. Nothing when all are taken. */
  enter: () => (() => void) | undefined;
};
