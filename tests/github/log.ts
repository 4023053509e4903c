import type { Identity } from './auth/identity.ts';
import type { FaultName } from './faults/faults.ts';
import type { CallKind } from './http/call.ts';

/** One request, as it went. */
export type LogEntry = {
  kind: CallKind;
  method: string;
  path: string;
  /** `GET /repos/{owner}/{repo}`, the name of a query, `refs` or `fetch`. */
  operation: string;
  repository?: string;
  auth: Identity['kind'] | 'refused';
  status: number;
  /** What it cost of the hour's budget. */
  points: number;
  /** The length of the answer's body. */
  bytes: number;
  fault?: FaultName;
};

export type Counters = {
  rest: number;
  graphqlRequests: number;
  /** Points of GraphQL's budget. */
  points: number;
  gitRequests: number;
  bytes: number;
  notModified: number;
};

/** Every request since the start or the last `clear`. */
export type Log = {
  readonly entries: readonly LogEntry[];
  add: (entry: LogEntry) => void;
  count: () => Counters;
  clear: () => void;
};

/** Makes an empty log. */
export function createLog(): Log {
  const entries: LogEntry[] = [];
  return {
    entries,
    add: (entry) => entries.push(entry),
    count: () => {
      const ofKind = (kind: CallKind) => entries.filter((entry) => entry.kind === kind);
      const queries = ofKind('graphql');
      return {
        rest: ofKind('rest').length,
        graphqlRequests: queries.length,
        points: queries.reduce((sum, { points }) => sum + points, 0),
        gitRequests: ofKind('git').length,
        bytes: entries.reduce((sum, { bytes }) => sum + bytes, 0),
        notModified: entries.filter(({ status }) => status === 304).length,
      };
    },
    clear: () => {
      entries.length = 0;
    },
  };
}
