/** A piece as replicas share it. What comes back is what somebody wrote there: it is judged before it is used. */
export type SharedEntry = {
  /** The projected value; never an upstream's own answer. */
  value: unknown;
  /** When it was read, in milliseconds since 1970, by the clock of the replica that read it. */
  readAt: number;
  etag?: string;
};

/**
 * What several replicas share, so that one of them reads for all. It may be down, frozen or full of nonsense: it never throws,
 * and then answers at once as if it were empty and the reading were ours.
 */
export type SharedStore = {
  find: (key: string) => Promise<SharedEntry | undefined>;
  /** Keeps an entry for some seconds, and gives the claim to its key back. */
  keep: (key: string, entry: SharedEntry, seconds: number) => Promise<void>;
  /** Whether the reading of a key is ours; the claim ends after some milliseconds in any case. */
  claim: (key: string, milliseconds: number) => Promise<boolean>;
};
