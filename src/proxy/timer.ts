/** Acts after some time, unless what it gave back is called before. */
export type Timer = (milliseconds: number, act: () => void) => () => void;

/** Waits for something, but not longer than told; what is `late` when the time is over first. The thing itself goes on. */
export function withDeadline<Value, Late>(
  work: Promise<Value>,
  { milliseconds, late, timer }: { milliseconds: number; late: Late; timer: Timer },
): Promise<Value | Late> {
  return new Promise((resolve, reject) => {
    const cancel = timer(milliseconds, () => resolve(late));
    work.then(resolve, reject).finally(cancel);
  });
}
