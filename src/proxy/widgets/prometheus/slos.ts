import { toQuoted } from './promql.ts';

const sloth =
  'slo:(objective|error_budget|period_error_budget_remaining):ratio|slo:time_period:days|slo:sli_error:ratio_rate([0-9]+[dw]|1h|6h)';
const pyrra = 'pyrra_(objective|window|availability)|.+:burnrate[0-9dhm]+';
const slothHour = 'slo:sli_error:ratio_rate1h';
/** Pyrra scales its windows: an hour of four weeks is an hour and four minutes of thirty days. */
const pyrraHour = '.+:burnrate(1h|1h[0-9]m)';

/** A pattern for a name whose words are parted by `-`, `_` or `.`, as each tool likes it. */
function toPattern(name: string): string {
  return name.replace(/[-_.]/g, (sign) => (sign === '.' ? '[-_.]' : '[-_]'));
}

type Pair = { service: string; slo: string };

/** `checkout.SLO` as the labels of Sloth have it. */
function findPair(name: string): Pair | undefined {
  const [, service, slo] = /^([^.]+)\.(.+)$/.exec(name) ?? [];
  return service === undefined || slo === undefined ? undefined : { service, slo };
}

type Metrics = { sloth: string; pyrra: string };

/** Selects by names alone: patterns that we made of checked names, in matchers that we wrote. */
function toSelectors(names: readonly string[], metrics: Metrics): string {
  const anyOf = (patterns: readonly string[]) => toQuoted(`(?i:${patterns.join('|')})`);
  const ids = anyOf(names.map(toPattern));
  const pairs = names.flatMap((name) => findPair(name) ?? []);
  return [
    `{__name__=~${toQuoted(metrics.sloth)},sloth_id=~${ids}}`,
    ...pairs.map(
      ({ service, slo }) =>
        `{__name__=~${toQuoted(metrics.sloth)},sloth_service=~${anyOf([toPattern(service)])},sloth_slo=~${anyOf([toPattern(slo)])}}`,
    ),
    `{__name__=~${toQuoted(metrics.pyrra)},slo=~${ids}}`,
  ].join(' or ');
}

/** The one query that reads all SLOs of an entity. Every name was checked: letters, digits, `_`, `-` and `.`. */
export function toSloExpression(names: readonly string[]): string {
  return toSelectors(names, { sloth, pyrra });
}

/** The query whose values over time are the spark lines of those SLOs: the share of errors over the last hour. */
export function toSloRange(names: readonly string[]): string {
  return toSelectors(names, { sloth: slothHour, pyrra: pyrraHour });
}

/** The labels that tell one SLO from another; nothing else of a series is kept. */
export const sloLabels = ['__name__', 'sloth_id', 'sloth_service', 'sloth_slo', 'slo'] as const;

/** Which tool wrote a series, and what it calls the SLO; nothing where the series is of none. */
export function findSlo(
  labels: Readonly<Record<string, string>>,
): { origin: 'sloth' | 'pyrra'; id: string } | undefined {
  const { sloth_id: id, sloth_service: service, sloth_slo: name, slo } = labels;
  if (id !== undefined) return { origin: 'sloth', id };
  if (service !== undefined && name !== undefined) return { origin: 'sloth', id: `${service}-${name}` };
  return slo === undefined ? undefined : { origin: 'pyrra', id: slo };
}

/** Whether a series belongs to an SLO that an annotation names so. */
export function isOfSlo(name: string, labels: Readonly<Record<string, string>>): boolean {
  const is = (pattern: string, value: string | undefined) =>
    value !== undefined && new RegExp(`^(?:${toPattern(pattern)})$`, 'i').test(value);
  const pair = findPair(name);
  return (
    is(name, labels.sloth_id) ||
    is(name, labels.slo) ||
    (pair !== undefined && is(pair.service, labels.sloth_service) && is(pair.slo, labels.sloth_slo))
  );
}
