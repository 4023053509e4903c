import type { CacheState, Meter } from '../meter.ts';
import type { Rules } from './freshness.ts';
import { createLedger, type Entry, type Ledger } from './ledger.ts';
import type { Piece, PieceReading, PieceRow, Pieces } from './pieces.ts';
import { createReplicas, noReplicas, type Replicas } from './replicas.ts';
import type { SharedEntry, SharedStore } from './shared.ts';

export type PiecesOptions = {
  /** Milliseconds since 1970. */
  now: () => number;
  /** Between 0 and 1, 1 excluded. */
  random: () => number;
  meter: Meter;
  /** What replicas share; each reads for itself when absent. */
  shared?: SharedStore;
  /** In seconds: after that a value is never shown. */
  hardLimit?: number;
  /** In seconds: how long a `no` is taken for an answer. */
  negative?: number;
  /** How much is kept, about. */
  maxBytes?: number;
  /** Resolves after some milliseconds. */
  wait?: (milliseconds: number) => Promise<void>;
};

/** What a reading left behind, and where it came from. */
type Renewal = { entry: Entry; state: 'read' | 'shared' };

const sleep = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));

/** Reads, whatever the reading does: one that throws is an upstream that fails. */
async function readSafely(row: PieceRow<unknown>, etag: string | undefined): Promise<PieceReading<unknown>> {
  try {
    return await row.read(etag);
  } catch {
    return { kind: 'fault', fault: 'failing' };
  }
}

/** What is known after a reading; nothing where it brought no value. */
function findKnown(reading: PieceReading<unknown>, before: SharedEntry | undefined, now: number) {
  if (reading.kind === 'fault') return undefined;
  if (reading.kind === 'same') return before && { ...before, readAt: now };
  const { value, etag } = reading;
  return value === undefined ? undefined : { value, readAt: now, ...(etag !== undefined && { etag }) };
}

/** Makes what reads a piece again, one reading of a key at a time. A reading never rejects. */
function createRenewal(ledger: Ledger, replicas: Replicas, now: () => number) {
  const running = new Map<string, Promise<Renewal>>();
  const renew = async (row: PieceRow<unknown>): Promise<Renewal> => {
    if (await replicas.bring(row)) return { entry: ledger.find(row), state: 'shared' };
    const before = ledger.find(row).known;
    const reading = await readSafely(row, before?.etag);
    const known = findKnown(reading, before, now());
    if (known) replicas.offer(row, known);
    const { fault, retryAfter } = reading.kind === 'fault' ? reading : { fault: 'unreadable' as const };
    return { entry: known ? ledger.noteValue(row, known) : ledger.noteFault(row, fault, retryAfter), state: 'read' };
  };
  return (row: PieceRow<unknown>): { renewal: Promise<Renewal>; isOurs: boolean } => {
    const known = running.get(row.key);
    if (known) return { renewal: known, isOurs: false };
    const renewal = renew(row)
      .catch((): Renewal => ({ entry: ledger.noteFault(row, 'failing'), state: 'read' }))
      .finally(() => running.delete(row.key));
    running.set(row.key, renewal);
    return { renewal, isOurs: true };
  };
}

/** How long a viewer who was shown something stale waits until it is probably read again, in milliseconds. */
const soon = 1_000;

/** Makes a keeper of pieces; `freshness.ts` says what it shows when. */
export function createPieces(options: PiecesOptions): Pieces {
  const { now, random, meter, shared, hardLimit = 300, negative = 30, maxBytes = 24_000_000, wait = sleep } = options;
  const rules: Rules = { hardLimit, negative, random };
  const ledger = createLedger(rules, now, maxBytes);
  const replicas = shared ? createReplicas(shared, ledger, hardLimit, wait) : noReplicas;
  const begin = createRenewal(ledger, replicas, now);

  const wish = async (row: PieceRow<unknown>): Promise<{ piece: Piece<unknown>; state: CacheState }> => {
    const entry = ledger.find(row);
    const piece = ledger.toPiece(row, entry);
    if (ledger.isResting(entry)) return { piece, state: entry.fault === undefined ? 'fresh' : 'stale' };
    const { renewal, isOurs } = begin(row);
    if (ledger.isAtHand(row, entry)) return { piece: { ...piece, freshUntil: now() + soon }, state: 'stale' };
    const renewed = await renewal;
    return { piece: ledger.toPiece(row, renewed.entry), state: isOurs ? renewed.state : 'joined' };
  };

  return {
    read: async <Value>(row: PieceRow<Value>) => {
      const { piece, state } = await wish(row);
      meter.cached(row.key.split(' ', 1)[0] ?? '', piece.value === undefined ? 'failed' : state);
      // A key is read by one row alone, so what is kept under it is what that row reads.
      return piece as Piece<Value>;
    },
  };
}
