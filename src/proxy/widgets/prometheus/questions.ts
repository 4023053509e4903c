import { type AskedPiece, type PieceRow, toPieceRow } from '../../keeping/pieces.ts';
import type { Upstream } from '../../upstream.ts';
import { type AlertState, rulesSchema, toAlertStates } from './alerts.ts';
import {
  type Line,
  matrixSchema,
  type Sample,
  spark,
  toLines,
  toSamples,
  toSparkTimes,
  vectorSchema,
} from './answers.ts';

const limits = [
  ['timeout', '5s'],
  ['limit', '300'],
] as const;

/** The question that reads an expression now, by the clock of Prometheus. */
export function toInstantQuestion(expression: string): AskedPiece<typeof vectorSchema, Sample[]>['question'] {
  return { path: '/api/v1/query', query: [['query', expression], ...limits] };
}

/** The piece that holds what an expression gives now. */
export function toInstantPiece(upstream: Upstream, expression: string, keep?: readonly string[]): PieceRow<Sample[]> {
  return toPieceRow({
    upstream,
    question: toInstantQuestion(expression),
    key: `now ${expression}`,
    fresh: 15,
    schema: vectorSchema,
    project: toSamples(keep),
  });
}

/** The piece that holds a day of an expression. Its key has no time in it: what was read last serves while asking fails. */
export function toSparkPiece(
  upstream: Upstream,
  expression: string,
  now: number,
  keep?: readonly string[],
): PieceRow<Line[]> {
  const { start, end } = toSparkTimes(now);
  return toPieceRow({
    upstream,
    question: {
      path: '/api/v1/query_range',
      query: [
        ['query', expression],
        ['start', String(start)],
        ['end', String(end)],
        ['step', String(spark.step)],
        ...limits,
      ],
    },
    key: `day ${expression}`,
    fresh: 300,
    schema: matrixSchema,
    project: toLines(start, keep),
  });
}

export const rulesQuestion = { path: '/api/v1/rules', query: [['type', 'alert']], maxBytes: 8_000_000 } as const;

/** The one piece that holds the alerts of a whole Prometheus, for every entity. */
export function toAlertsPiece(upstream: Upstream): PieceRow<AlertState[]> {
  return toPieceRow({
    upstream,
    question: rulesQuestion,
    key: 'alerts',
    fresh: 15,
    schema: rulesSchema,
    project: toAlertStates,
  });
}
