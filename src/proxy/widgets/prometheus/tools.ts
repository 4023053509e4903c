import { toSeconds } from './promql.ts';
import { type Burn, findRatio, minus, toKnown, type Unjudged } from './unjudged.ts';

/** What the rules of one SLO record now, by their names. */
export type Values = ReadonlyMap<string, number>;

type ToolReader = (values: Values) => Omit<Unjudged, 'name' | 'origin' | 'spark'>;

/** The values of Sloth's rules. What its metadata rules leave out follows from the objective and the rates. */
function toSloth(values: Values): ReturnType<ToolReader> {
  const objective = values.get('slo:objective:ratio') ?? minus(1, values.get('slo:error_budget:ratio'));
  const allowed = values.get('slo:error_budget:ratio') ?? minus(1, objective);
  const days = values.get('slo:time_period:days');
  const rate = (window: string) => values.get(`slo:sli_error:ratio_rate${window}`);
  const errors = days === undefined ? undefined : (rate(`${days}d`) ?? rate(`${days / 7}w`));
  const left = values.get('slo:period_error_budget_remaining:ratio') ?? minus(1, findRatio(errors, allowed));
  const spent = errors ?? (left === undefined || allowed === undefined ? undefined : (1 - left) * allowed);
  const burn: Burn = toKnown({
    hour: findRatio(rate('1h'), allowed),
    sixHours: findRatio(rate('6h'), allowed),
    threeDays: findRatio(rate('3d'), allowed),
  });
  return { ...toKnown({ objective, days, reached: minus(1, spent), budget: left }), burn };
}

/** The share of errors over the window of Pyrra that is nearest, at most a third longer or shorter than is asked. */
function findNearest(values: Values, wanted: number): number | undefined {
  const near = [...values].flatMap(([name, value]) => {
    const [, window] = /:burnrate([0-9dhm]+)$/.exec(name) ?? [];
    const distance = window === undefined ? Infinity : Math.abs(Math.log(toSeconds(window) / wanted));
    return distance < 0.29 ? { value, distance } : [];
  });
  return near.toSorted((a, b) => a.distance - b.distance)[0]?.value;
}

/** The values of Pyrra's rules. Its burn rates are shares of errors, not yet divided by what is allowed. */
function toPyrra(values: Values): ReturnType<ToolReader> {
  const objective = values.get('pyrra_objective');
  const allowed = minus(1, objective);
  const window = values.get('pyrra_window');
  const reached = values.get('pyrra_availability');
  const burn: Burn = toKnown({
    hour: findRatio(findNearest(values, 3600), allowed),
    sixHours: findRatio(findNearest(values, 21_600), allowed),
    threeDays: findRatio(findNearest(values, 259_200), allowed),
  });
  const days = window === undefined ? undefined : window / 86_400;
  return { ...toKnown({ objective, days, reached, budget: minus(1, findRatio(minus(1, reached), allowed)) }), burn };
}

/** How the rules of each tool are read. */
export const tools: Readonly<Record<'sloth' | 'pyrra', ToolReader>> = { sloth: toSloth, pyrra: toPyrra };
