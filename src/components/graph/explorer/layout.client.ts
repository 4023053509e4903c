import type { Arrangement, ArrangeOrder } from './arrange.ts';

/** Arranges a graph; nothing comes back for an order that a later one has overtaken. */
export type AskLayout = (order: ArrangeOrder) => Promise<Arrangement | undefined>;

/** Makes a worker for layouts on first use. */
export function createLayout(): AskLayout {
  let worker: Worker | undefined;
  let turn = 0;
  let giveUp = () => {};
  return (order) => {
    giveUp();
    turn += 1;
    const mine = turn;
    worker ??= new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' });
    const asked = worker;
    return new Promise((resolve, reject) => {
      const listener = ({ data }: MessageEvent<{ turn: number; arrangement: Arrangement }>) => {
        if (data.turn !== mine) return;
        asked.removeEventListener('message', listener);
        resolve(data.arrangement);
      };
      giveUp = () => {
        asked.removeEventListener('message', listener);
        resolve(undefined);
      };
      asked.addEventListener('message', listener);
      asked.addEventListener('error', reject, { once: true });
      asked.postMessage({ turn: mine, order });
    });
  };
}
