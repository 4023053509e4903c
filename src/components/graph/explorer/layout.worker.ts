import { type ArrangeOrder, arrange } from './arrange.ts';

/** Arranges what it is sent, away from the page. */
addEventListener('message', ({ data }: MessageEvent<{ turn: number; order: ArrangeOrder }>) => {
  postMessage({ turn: data.turn, arrangement: arrange(data.order) });
});
