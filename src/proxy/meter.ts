import type { LiveFault } from '#model/live/answer.ts';
import type { WidgetId } from '#model/live/widgets.ts';

/** What became of the wish for a piece: it was fresh, shown while it is read again, read for this, or shared by several. */
export type CacheState = 'fresh' | 'stale' | 'read' | 'joined' | 'shared' | 'failed';

/** Counts what happens. A widget that nobody uses must be seen, and so must an upstream that is slow. */
export type Meter = {
  /** Somebody was answered. */
  viewed: (widget: WidgetId | 'status' | 'log', state: string, milliseconds: number) => void;
  /** An upstream was asked. */
  asked: (upstream: string, outcome: LiveFault | 'answer' | 'same', milliseconds: number) => void;
  /** A piece was wanted. */
  cached: (upstream: string, state: CacheState) => void;
};

/** A meter that counts nothing. */
export const noMeter: Meter = { viewed: () => {}, asked: () => {}, cached: () => {} };
