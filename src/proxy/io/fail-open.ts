/** Stands before something that we can do without. */
export type FailOpen = {
  /** What a call gives; `otherwise` at once when it fails or lately failed. */
  attempt: <Value>(call: () => Promise<Value>, otherwise: Value) => Promise<Value>;
};

/**
 * Makes what leaves a failing thing alone: its first failure ends all calls that wait for it, and for `rest` milliseconds nobody
 * calls it again. Then a probe does, while callers still go without; when that goes well, it is called again.
 */
export function createFailOpen(probe: () => Promise<unknown>, rest: number, now: () => number): FailOpen {
  const waiting = new Set<() => void>();
  let downSince: number | undefined;
  let isProbing = false;
  const fall = () => {
    downSince = now();
    for (const release of waiting) release();
    waiting.clear();
  };
  const tryAgain = async (since: number) => {
    if (isProbing || Math.abs(now() - since) < rest) return;
    isProbing = true;
    try {
      await probe();
      downSince = undefined;
    } catch {
      downSince = now();
    }
    isProbing = false;
  };
  const call = <Value>(made: Promise<Value>, otherwise: Value): Promise<Value> =>
    new Promise((resolve) => {
      const release = () => resolve(otherwise);
      waiting.add(release);
      made.then(resolve, fall).finally(() => waiting.delete(release));
    });
  return {
    attempt: async (make, otherwise) => {
      if (downSince === undefined) return call(Promise.try(make), otherwise);
      void tryAgain(downSince);
      return otherwise;
    },
  };
}
