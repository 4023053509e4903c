import type { Timer } from '../timer.ts';

/** Why a log ended: it was over, the time or the bytes were used up, the reader left, or it broke. */
export type LogEnd = 'over' | 'time' | 'size' | 'closed' | 'broken';

/** How long and how much of a log is sent. */
export type LogLimits = { milliseconds: number; bytes: number; lines: number };

/** Sends lines one by one until they or the limits end. */
export async function sendLines(
  lines: AsyncIterable<string>,
  send: (line: string) => Promise<unknown> | unknown,
  { limits, timer, closed }: { limits: LogLimits; timer: Timer; closed: AbortSignal },
): Promise<LogEnd> {
  const iterator = lines[Symbol.asyncIterator]();
  const ended = Promise.withResolvers<'time' | 'closed'>();
  const cancel = timer(limits.milliseconds, () => ended.resolve('time'));
  const leave = () => ended.resolve('closed');
  closed.addEventListener('abort', leave);
  if (closed.aborted) leave();
  try {
    const pumped = pump(iterator, send, limits, closed);
    pumped.catch(() => {});
    return await Promise.race([ended.promise, pumped]);
  } catch {
    return 'broken';
  } finally {
    cancel();
    closed.removeEventListener('abort', leave);
    // An upstream that hangs is not waited for; its own signal ends it.
    iterator.return?.()?.catch(() => {});
  }
}

async function pump(
  iterator: AsyncIterator<string>,
  send: (line: string) => Promise<unknown> | unknown,
  limits: LogLimits,
  closed: AbortSignal,
): Promise<LogEnd> {
  const encoder = new TextEncoder();
  let bytes = 0;
  for (let count = 0; count < limits.lines; count += 1) {
    const next = await iterator.next();
    if (next.done) return 'over';
    bytes += encoder.encode(next.value).length + 1;
    if (bytes > limits.bytes) return 'size';
    if (closed.aborted) return 'closed';
    await send(next.value);
  }
  return 'size';
}

/** Does something again and again until what it gave back is called. */
export function every(milliseconds: number, act: () => void, timer: Timer): () => void {
  let cancel = timer(milliseconds, beat);
  function beat() {
    act();
    cancel = timer(milliseconds, beat);
  }
  return () => cancel();
}
