import type { Timer } from '../timer.ts';

/** The clock of the machine. It keeps no program running that has nothing else to do. */
export const systemTimer: Timer = (milliseconds, act) => {
  const timeout = setTimeout(act, milliseconds);
  timeout.unref();
  return () => clearTimeout(timeout);
};
