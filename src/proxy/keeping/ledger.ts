import { LRUCache } from 'lru-cache';
import type { LiveFault } from '#model/live/answer.ts';
import { isShowable, isStaleEnough, type Rules, toFreshTime, toPause } from './freshness.ts';
import type { Piece, PieceRow } from './pieces.ts';
import type { SharedEntry } from './shared.ts';

type Row = Pick<PieceRow<unknown>, 'key' | 'fresh'>;

/** What is known of a piece. */
export type Entry = {
  known?: SharedEntry;
  fault?: LiveFault;
  /** How many readings on end failed. */
  failures: number;
  /** When it was decided how long nobody is asked, and until when. A clock that went back before it says nothing. */
  decidedAt: number;
  restsUntil: number;
};

/** What is known of all pieces, in bounded room; those that nobody wanted for longest go first. */
export type Ledger = {
  find: (row: Row) => Entry;
  /** Notes a value, just read or from another replica. */
  noteValue: (row: Row, known: SharedEntry) => Entry;
  /** Notes that a reading failed; what was known stays. */
  noteFault: (row: Row, fault: LiveFault, retryAfter?: number) => Entry;
  /** Whether nobody needs to be asked, or may be. */
  isResting: (entry: Entry) => boolean;
  /** Whether its value may be shown before it is read again. */
  isAtHand: (row: Row, entry: Entry) => boolean;
  /** Whether a value of that time may be shown at all. */
  isShown: (row: Row, known: SharedEntry) => boolean;
  toPiece: (row: Row, entry: Entry) => Piece<unknown>;
};

const nothing: Entry = { failures: 0, decidedAt: 0, restsUntil: 0 };

/** About as many bytes as an entry takes: two a character, and what it is wrapped in. */
function toSize({ known }: Entry): number {
  return 500 + 2 * (JSON.stringify(known?.value)?.length ?? 0);
}

/** Makes an empty ledger of about so many bytes at most. */
export function createLedger(rules: Rules, now: () => number, maxBytes: number): Ledger {
  const entries = new LRUCache<string, Entry>({ max: 50_000, maxSize: maxBytes });
  const keep = ({ key }: Row, entry: Entry): Entry => {
    // What is larger than all the room still takes its place, lest every viewer ask for it.
    entries.set(key, entry, { size: Math.min(toSize(entry), maxBytes) });
    return entry;
  };
  /** A value of a clock that is ahead of ours is one of now, so that it does not outlive its limit. */
  const find = (row: Row): Entry => {
    const entry = entries.get(row.key) ?? nothing;
    const { known } = entry;
    return known && known.readAt > now() ? keep(row, { ...entry, known: { ...known, readAt: now() } }) : entry;
  };
  const isShown = ({ fresh }: Row, { readAt }: SharedEntry) => isShowable(now() - readAt, fresh, rules);
  return {
    find,
    noteValue: (row, known) => {
      const readAt = Math.min(known.readAt, now());
      const restsUntil = readAt + toFreshTime(row.fresh, rules);
      return keep(row, { known: { ...known, readAt }, failures: 0, decidedAt: now(), restsUntil });
    },
    noteFault: (row, fault, retryAfter) => {
      const entry = find(row);
      const failures = entry.failures + 1;
      const restsUntil = now() + toPause(fault, failures, retryAfter, rules);
      return keep(row, { ...entry, fault, failures, decidedAt: now(), restsUntil });
    },
    isResting: ({ decidedAt, restsUntil }) => now() >= decidedAt && now() < restsUntil,
    isAtHand: ({ fresh }, { known }) => known !== undefined && isStaleEnough(now() - known.readAt, fresh, rules),
    isShown,
    toPiece: (row, { known, fault, restsUntil }) => ({
      ...(known && { readAt: known.readAt, ...(isShown(row, known) && { value: known.value }) }),
      ...(fault !== undefined && { fault }),
      freshUntil: restsUntil,
    }),
  };
}
