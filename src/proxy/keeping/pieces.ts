import type { z } from 'zod';
import type { LiveFault } from '#model/live/answer.ts';
import type { Upstream, UpstreamQuestion } from '../upstream.ts';

/**
 * A piece is one projected answer of one upstream, kept for all who need it: small, plain JSON, without a secret. Widgets are
 * composed of pieces, so that one question serves every viewer and every widget that shares it.
 */
export type Piece<Value> = {
  /** What was read last; absent when nothing was, or when it is older than may be shown. */
  value?: Value;
  /** When it was read, in milliseconds since 1970; told of a value that is too old to be shown, too. */
  readAt?: number;
  /** Why the last attempt to read it gave nothing. */
  fault?: LiveFault;
  /** When asking again may bring something new, in milliseconds since 1970. */
  freshUntil: number;
};

/** What reading a piece gave. */
export type PieceReading<Value> =
  | { kind: 'read'; value: Value; etag?: string }
  | { kind: 'same' }
  | { kind: 'fault'; fault: LiveFault; retryAfter?: number };

/** A piece that is wanted. The key names upstream and question, and never holds a secret. */
export type PieceRow<Value> = {
  key: string;
  /** For how many seconds it is fresh. */
  fresh: number;
  /** Given the tag of what is known, asks again. */
  read: (etag: string | undefined) => Promise<PieceReading<Value>>;
  /** Whether something that replicas share is such a value; all is taken for one when absent. */
  isValue?: (value: unknown) => boolean;
};

/** The keeper of pieces: coalesces, serves what is stale while it reads again, and what it has when reading fails. */
export type Pieces = {
  read: <Value>(row: PieceRow<Value>) => Promise<Piece<Value>>;
};

/** A piece that one question to one upstream gives: its answer parsed by `schema`, then projected to what is shown. */
export type AskedPiece<Schema extends z.ZodType, Value> = {
  upstream: Upstream;
  question: UpstreamQuestion;
  fresh: number;
  /** In place of path and query, where those hold a secret or are long. */
  key?: string;
  schema: Schema;
  project: (answer: z.infer<Schema>) => Value;
  /** What is projected, so that what replicas share is judged before it is used. */
  projected?: z.ZodType<Value>;
};

/** Makes the row of a piece that one question gives. An answer of another shape is the fault `unreadable`. */
export function toPieceRow<Schema extends z.ZodType, Value>(asked: AskedPiece<Schema, Value>): PieceRow<Value> {
  const { upstream, question, fresh, schema, project, projected } = asked;
  const query = new URLSearchParams((question.query ?? []).map(([name, value]) => [name, value]));
  const key = asked.key ?? `${question.path}?${query}`;
  return {
    key: `${upstream.id} ${key}`,
    fresh,
    ...(projected && { isValue: (value: unknown) => projected.safeParse(value).success }),
    read: async (etag) => {
      const outcome = await upstream.ask({ ...question, ...(etag !== undefined && { etag }) });
      if (outcome.kind !== 'answer') return outcome;
      const parsed = schema.safeParse(outcome.value);
      if (!parsed.success) return { kind: 'fault', fault: 'unreadable' };
      const value = project(parsed.data);
      return { kind: 'read', value, ...(outcome.etag !== undefined && { etag: outcome.etag }) };
    },
  };
}
