import type { Timer } from '../timer.ts';

/**
 * Does many tasks, a few at a time, for as long as told. Gives what was done by then, in order; what was not begun is not
 * begun any more. Tasks never fail.
 */
export function gather<Result>(
  tasks: readonly (() => Promise<Result>)[],
  { width, milliseconds, timer }: { width: number; milliseconds: number; timer: Timer },
): Promise<(Result | undefined)[]> {
  const results: (Result | undefined)[] = tasks.map(() => undefined);
  const waiting = tasks.entries();
  let isOver = false;
  const work = async () => {
    for (const [at, task] of waiting) {
      if (isOver) return;
      const result = await task();
      if (!isOver) results[at] = result;
    }
  };
  return new Promise((resolve, reject) => {
    const end = () => {
      isOver = true;
      cancel();
      resolve(results);
    };
    const cancel = timer(milliseconds, end);
    Promise.all(Array.from({ length: width }, work)).then(end, reject);
  });
}
