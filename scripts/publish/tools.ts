/** What publishing asks of the machine beside the store. */
export type PublishTools = {
  now: () => number;
  /** Runs something again and again; answers how to end that. */
  every: (milliseconds: number, run: () => void) => () => void;
  /** Compresses as well as it can, the same bytes always to the same. */
  zip: (bytes: Uint8Array) => Promise<Uint8Array>;
  /** Rejects where it would be more than so many bytes. */
  unzip: (bytes: Uint8Array, limit: number) => Promise<Uint8Array>;
  /** SHA-256 as base64url, without padding. */
  digest: (bytes: Uint8Array | string) => string;
  /** MD5 as hex: what stores tell of their files, no proof of anything. */
  md5: (bytes: Uint8Array) => string;
  /** Nobody else's, ever. */
  token: string;
  /** Who publishes, for those who have to wait: `process 4711 on ci-3`. */
  holder: string;
  /** The version of Portolan. */
  version: string;
  /** How far it is; shown in place. */
  tell: (text: string) => void;
  /** Aborted when somebody wants it to end. */
  signal: AbortSignal;
};
