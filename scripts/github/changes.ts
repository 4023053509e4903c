import { type RepositoryFacts, toFullName } from './facts.ts';

/** What became of a repository since the last time. */
export type Change = { from: string; to?: string; what: 'renamed' | 'archived' | 'emptied' | 'hidden' | 'shown' };

/** What changed of the repositories that are still there; each is known by its number, whatever it is called. */
export function listChanges(before: readonly RepositoryFacts[], now: readonly RepositoryFacts[]): Change[] {
  const byId = new Map(before.map((facts) => [facts.databaseId, facts]));
  return now.flatMap((facts): Change[] => {
    const old = byId.get(facts.databaseId);
    if (old === undefined) return [];
    const [from, to] = [toFullName(old), toFullName(facts)];
    const isEmpty = ({ heads }: RepositoryFacts) => Object.keys(heads).length === 0;
    return [
      ...(from === to ? [] : [{ from, to, what: 'renamed' as const }]),
      ...(facts.isArchived && !old.isArchived ? [{ from: to, what: 'archived' as const }] : []),
      ...(isEmpty(facts) && !isEmpty(old) ? [{ from: to, what: 'emptied' as const }] : []),
      ...(facts.visibility === 'private' && old.visibility !== 'private'
        ? [{ from: to, what: 'hidden' as const }]
        : []),
      ...(facts.visibility === 'public' && old.visibility !== 'public' ? [{ from: to, what: 'shown' as const }] : []),
    ];
  });
}

/** The repositories that are no longer listed. */
export function listGone(before: readonly RepositoryFacts[], now: readonly RepositoryFacts[]): RepositoryFacts[] {
  const ids = new Set(now.map(({ databaseId }) => databaseId));
  return before.filter(({ databaseId }) => !ids.has(databaseId));
}

const sentences: Readonly<Record<Change['what'], (change: Change) => string>> = {
  renamed: ({ from, to }) => `${from} is now ${to}`,
  archived: ({ from }) => `${from} was archived`,
  emptied: ({ from }) => `${from} was emptied`,
  hidden: ({ from }) => `${from} was made private`,
  shown: ({ from }) => `${from} was made public`,
};

/** A change as a sentence for the summary of a run. */
export function formatChange(change: Change): string {
  return sentences[change.what](change);
}

/** What became of a repository that is gone, in words; `now` is where it is, when anybody may still see it. */
export function formatGone(facts: RepositoryFacts, now: string | undefined): string {
  const from = toFullName(facts);
  return now === undefined ? `${from} is gone: deleted, or out of reach of the token` : `${from} moved to ${now}`;
}
