import { type Expression, isSelected, parseExpression, type Rate } from './expression.ts';
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

type Sample = { metric: Record<string, string>; value: string };

/** How fast counters grow together; nothing where none was read twice in that time. */
function findRate({ series }: PrometheusWorld, { matchers, seconds }: Rate): (at: number) => number | undefined {
  const chosen = series.filter(({ labels }) => isSelected(labels, [matchers]));
  return (at) => {
    const rates = chosen.flatMap(({ points }) => {
      const within = points.filter(([time]) => time > at - seconds && time <= at);
      const [first, last] = [within[0], within.at(-1)];
      if (first === undefined || last === undefined || first[0] === last[0]) return [];
      return (Number(last[1]) - Number(first[1])) / (last[0] - first[0]);
    });
    return rates.length === 0 ? undefined : rates.reduce((sum, rate) => sum + rate, 0);
  };
}

/** What an expression gives at a time. */
function toEvaluation(world: PrometheusWorld, expression: Expression): (at: number) => Sample[] {
  if (expression.kind === 'number') return () => [{ metric: {}, value: expression.value }];
  if (expression.kind === 'rate') {
    const rates = expression.rates.map((rate) => findRate(world, rate));
    return (at) => {
      const [over, under] = rates.map((rate) => rate(at));
      if (over === undefined || (rates.length > 1 && under === undefined)) return [];
      return [{ metric: {}, value: String(under === undefined ? over : over / under) }];
    };
  }
  const chosen = world.series.filter(({ labels }) => isSelected(labels, expression.selectors));
  return (at) =>
    chosen.flatMap((series) => {
      const point = findAt(series, at);
      return point === undefined ? [] : { metric: series.labels, value: point[1] };
    });
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
  const result = toEvaluation(world, expression)(time).map(({ metric, value }) => ({ metric, value: [time, value] }));
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
  if (expression === undefined) return parseError(query);
  const times = Array.from({ length: Math.floor((end - start) / step) + 1 }, (_, at) => start + at * step);
  const evaluate = toEvaluation(world, expression);
  const samples = times.flatMap((time) =>
    evaluate(time).map(({ metric, value }) => ({ metric, value: [time, value] })),
  );
  const result = [...Map.groupBy(samples, ({ metric }) => JSON.stringify(metric)).values()].map((all) => ({
    metric: all[0]?.metric ?? {},
    values: all.map(({ value }) => value),
  }));
  return toSuccess(world, { resultType: 'matrix', result: limited(result, Number(words.get('limit'))) });
}
