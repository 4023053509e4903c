import type { LiveLevel } from '#model/live/answer.ts';
import type { LiveApplication } from '#model/live/argocd.ts';

type Sync = LiveApplication['sync'];
type Health = LiveApplication['health'];

const byHealthAndSync: Record<Health, Record<Sync, LiveLevel>> = {
  Healthy: { Synced: 'well', OutOfSync: 'attention', Unknown: 'attention' },
  Progressing: { Synced: 'attention', OutOfSync: 'attention', Unknown: 'attention' },
  Suspended: { Synced: 'attention', OutOfSync: 'attention', Unknown: 'attention' },
  Missing: { Synced: 'broken', OutOfSync: 'broken', Unknown: 'broken' },
  Degraded: { Synced: 'broken', OutOfSync: 'broken', Unknown: 'broken' },
  Unknown: { Synced: 'unknown', OutOfSync: 'attention', Unknown: 'unknown' },
};

const syncs: Record<Sync, string> = { Synced: 'in sync', OutOfSync: 'out of sync', Unknown: 'sync not known' };
const healths: Record<Health, string> = {
  Healthy: 'healthy',
  Progressing: 'progressing',
  Degraded: 'degraded',
  Suspended: 'suspended',
  Missing: 'missing',
  Unknown: 'health not known',
};

/** What the last operation adds, where it does. */
const phases: Record<string, string> = { Running: 'syncing', Failed: 'sync failed', Error: 'sync failed' };

/** A word of Argo CD for how in sync an application is; `Unknown` for one that is new to us. */
export function toSync(word: string | null | undefined): Sync {
  return isIn(syncs, word) ? word : 'Unknown';
}

/** A word of Argo CD for how healthy an application is; `Unknown` for one that is new to us. */
export function toHealth(word: string | null | undefined): Health {
  return isIn(healths, word) ? word : 'Unknown';
}

const isIn = <Key extends string>(table: Record<Key, string>, word: string | null | undefined): word is Key =>
  word !== undefined && word !== null && Object.hasOwn(table, word);

/** How an application is: by its health, its sync, and whether its last operation failed. */
export function toLevel({ health, sync, phase }: Pick<LiveApplication, 'health' | 'sync' | 'phase'>): LiveLevel {
  const level = byHealthAndSync[health][sync];
  return level === 'well' && isIn(phases, phase) ? 'attention' : level;
}

/** How an application is, in words: `in sync · healthy`. */
export function formatState({ health, sync, phase }: Pick<LiveApplication, 'health' | 'sync' | 'phase'>): string {
  return [syncs[sync], healths[health], ...(isIn(phases, phase) ? [phases[phase]] : [])].join(' · ');
}
