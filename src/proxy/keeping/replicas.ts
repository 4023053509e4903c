import type { Ledger } from './ledger.ts';
import type { PieceRow } from './pieces.ts';
import type { SharedEntry, SharedStore } from './shared.ts';

/** How long another replica may take, and how often it is looked whether it is done; in milliseconds. */
const claimTime = 5_000;
const lookTime = 100;
const looks = 10;

/** The other replicas, as one of them sees them. */
export type Replicas = {
  /** Whether one of them brought the piece: what it read is fresh, or becomes so while we look. Else the reading is ours. */
  bring: (row: PieceRow<unknown>) => Promise<boolean>;
  /** Lets them have what we read; nobody waits for it. */
  offer: (row: PieceRow<unknown>, known: SharedEntry) => void;
};

/** What a store says; whatever goes wrong with it, it is as if it were not there. */
async function askSafely<Value>(ask: () => Promise<Value>, otherwise: Value): Promise<Value> {
  try {
    return await ask();
  } catch {
    return otherwise;
  }
}

/** Replicas that know nothing of each other. */
export const noReplicas: Replicas = { bring: async () => false, offer: () => {} };

/**
 * Makes the other replicas of the store that they share. Who has the claim reads; the others look for what it brings, for a
 * second at most, and then read themselves.
 */
export function createReplicas(
  shared: SharedStore,
  ledger: Ledger,
  seconds: number,
  wait: (milliseconds: number) => Promise<void>,
): Replicas {
  /** Takes what is there when it is newer than what we have, even when it is stale; says whether it is fresh. */
  const adopt = async (row: PieceRow<unknown>): Promise<boolean> => {
    const found = await askSafely(() => shared.find(row.key), undefined);
    if (!found || (row.isValue && !row.isValue(found.value)) || !ledger.isShown(row, found)) return false;
    const isNewer = found.readAt > (ledger.find(row).known?.readAt ?? 0);
    return isNewer && ledger.isResting(ledger.noteValue(row, found));
  };
  return {
    bring: async (row) => {
      if (await adopt(row)) return true;
      if (await askSafely(() => shared.claim(row.key, claimTime), true)) return false;
      for (let look = 0; look < looks; look += 1) {
        await wait(lookTime);
        if (await adopt(row)) return true;
      }
      return false;
    },
    offer: ({ key, fresh }, known) =>
      void askSafely(() => shared.keep(key, known, Math.max(seconds, fresh)), undefined),
  };
}
