import type { Refusal } from '../graphql/refusal.ts';
import type { CallKind } from '../http/call.ts';
import { type Fault, type FaultName, faults } from './faults.ts';

/** Which requests a fault strikes; what is left out does not matter. */
export type Trigger = {
  kind?: CallKind;
  /** `GET /repos/{owner}/{repo}`, the name of a query, `refs` or `fetch`. */
  operation?: string;
  /** `owner/name`. In a query it strikes the fields that lead to the repository. */
  repository?: string;
  /** Queries with a page larger than this. */
  pageAbove?: number;
  /** The first match that is struck, counted from 1. */
  from?: number;
  /** How many matches are struck. */
  times?: number;
  /** How long a limit lasts. */
  seconds?: number;
};

/** A request as triggers see it. */
export type Target = { kind: CallKind; operation: string; repository?: string; largestPage: number };

export type Injected = {
  name: FaultName;
  /** How many requests it has struck. */
  readonly hits: number;
  /** Switches it off. */
  remove: () => void;
};

export type Strike = { fault: Fault; name: FaultName; seconds: number };

export type Injector = {
  /** Switches a fault on. */
  inject: (name: FaultName, trigger?: Trigger) => Injected;
  /** The first fault that strikes a request. */
  strike: (target: Target) => Strike | undefined;
  /** The first fault that strikes a field which leads to this repository. */
  strikeField: (slug: string) => Refusal | undefined;
  clear: () => void;
};

type Row = { name: FaultName; trigger: Trigger; matches: number; hits: number };

/** Keeps the faults that are switched on. */
export function createInjector(): Injector {
  const rows = new Set<Row>();
  const strike = (isStruck: (row: Row) => boolean): Strike | undefined => {
    for (const row of rows) {
      if (!isStruck(row) || !isDue(row)) continue;
      row.hits += 1;
      return { fault: faults[row.name], name: row.name, seconds: row.trigger.seconds ?? 60 };
    }
    return undefined;
  };
  return {
    inject: (name, trigger = {}) => {
      const row: Row = { name, trigger, matches: 0, hits: 0 };
      rows.add(row);
      return {
        name,
        get hits() {
          return row.hits;
        },
        remove: () => rows.delete(row),
      };
    },
    strike: (target) => strike(({ trigger }) => isTarget(trigger, target)),
    strikeField: (slug) => strike((row) => isFieldTarget(row, slug))?.fault.refusal?.(slug),
    clear: () => rows.clear(),
  };
}

function isTarget({ kind, operation, repository, pageAbove }: Trigger, target: Target): boolean {
  return (
    (kind === undefined || kind === target.kind) &&
    (operation === undefined || operation === target.operation) &&
    (repository === undefined || isSame(repository, target.repository)) &&
    (pageAbove === undefined || target.largestPage > pageAbove)
  );
}

/** Only some faults can be said of one field of a query. */
function isFieldTarget({ name, trigger: { kind = 'graphql', repository } }: Row, slug: string): boolean {
  return kind === 'graphql' && isSame(repository, slug) && 'refusal' in faults[name];
}

const isSame = (a: string | undefined, b: string | undefined) =>
  a !== undefined && b !== undefined && a.toLowerCase() === b.toLowerCase();

function isDue(row: Row): boolean {
  const { from = 1, times = Number.POSITIVE_INFINITY } = row.trigger;
  row.matches += 1;
  return row.matches >= from && row.matches < from + times;
}
