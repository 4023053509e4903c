import { isSelected, parseExpression } from './expression.ts';
import type { Point, PrometheusWorld, Series } from './world.ts';

/** An answer of the API: a status, and its body as JSON. */
export type Answer = { status: number; body: unknown };

/** A refusal in the form of Prometheus. */
export const toError = (status: number, errorType: string, error: string): Answer => ({
  status,
  body: { status: 'error', errorType, error },
});

const badData = (what: string) => toError(400, 'bad_data', what);
/** For how many seconds a value still counts. */
const lookback = 300;
const mostPoints = 11_000;

const parseError = (query: string) => badData(`invalid parameter "query": 1:1: parse error: unexpected "${query}"`);

function findAt({ points }: Series, at: number): Point | undefined {
  const last = points.findLast(([time]) => time <= at);
  return last === undefined || last[0] <= at - lookback ? undefined : last;
}

const limited = <Item>(items: readonly Item[], limit: number) => (limit > 0 ? items.slice(0, limit) : [...items]);

function toSuccess(world: PrometheusWorld, data: unknown): Answer {
  return { status: 200, body: { status: 'success', data, ...(world.warnings && { warnings: world.warnings }) } };
}

/** `/api/v1/query`: the values of an expression at one time. */
export function answerQuery(world: PrometheusWorld, words: URLSearchParams, now: number): Answer {
  const query = words.get('query') ?? '';
  const time = Number(words.get('time') ?? now / 1000);
  if (!Number.isFinite(time)) return badData('invalid parameter "time": cannot parse to a valid timestamp');
  const expression = parseExpression(query);
  if (expression === undefined) return parseError(query);
  if (expression.kind === 'number') return toSuccess(world, { resultType: 'scalar', result: [time, expression.value] });
  const result = world.series.flatMap((series) => {
    const point = isSelected(series.labels, expression.selectors) ? findAt(series, time) : undefined;
    return point === undefined ? [] : { metric: series.labels, value: [time, point[1]] };
  });
  return toSuccess(world, { resultType: 'vector', result: limited(result, Number(words.get('limit'))) });
}

/** `/api/v1/query_range`: the values of an expression at even distances. */
export function answerRange(world: PrometheusWorld, words: URLSearchParams): Answer {
  const query = words.get('query') ?? '';
  const [start = NaN, end = NaN, step = NaN] = ['start', 'end', 'step'].map((name) => Number(words.get(name) ?? NaN));
  if (!Number.isFinite(start)) return badData('invalid parameter "start": cannot parse to a valid timestamp');
  if (!Number.isFinite(end) || end < start)
    return badData('invalid parameter "end": end timestamp must not be before start time');
  if (!(step > 0))
    return badData('invalid parameter "step": zero or negative query resolution step widths are not accepted');
  if ((end - start) / step > mostPoints) return badData('exceeded maximum resolution of 11,000 points per timeseries');
  const expression = parseExpression(query);
  if (expression?.kind !== 'selectors') return parseError(query);
  const times = Array.from({ length: Math.floor((end - start) / step) + 1 }, (_, at) => start + at * step);
  const result = world.series.flatMap((series) => {
    if (!isSelected(series.labels, expression.selectors)) return [];
    const values = times.flatMap((time) => {
      const point = findAt(series, time);
      return point === undefined ? [] : [[time, point[1]]];
    });
    return values.length === 0 ? [] : { metric: series.labels, values };
  });
  return toSuccess(world, { resultType: 'matrix', result: limited(result, Number(words.get('limit'))) });
}
