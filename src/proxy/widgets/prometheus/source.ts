import type { LiveTrouble } from '#model/live/answer.ts';
import type { ProxyEntity } from '#model/live/catalog.ts';
import { toTrouble } from '../../answering/troubles.ts';
import type { Piece } from '../../keeping/pieces.ts';
import type { NamedQuery, PrometheusEndpoint } from '../../settings.ts';
import type { Upstream } from '../../upstream.ts';
import type { WidgetContext } from '../define.ts';
import { type AlertState, toEntityNames } from './alerts.ts';
import type { Line, Sample } from './answers.ts';
import { type Measure, toMeasures, toUnit } from './measures.ts';
import { fillTemplate, findWindow, parseNamedQuery } from './named-query.ts';
import { toSlos } from './objectives.ts';
import { toAlertsPiece, toInstantPiece, toSparkPiece } from './questions.ts';
import type { Reference } from './references.ts';
import { sloLabels, toSloExpression, toSloRange } from './slos.ts';
import type { Unjudged } from './unjudged.ts';

/** What one Prometheus says of an entity. */
export type SourceReport = {
  endpoint: PrometheusEndpoint;
  objectives: Unjudged[];
  /** The references that it has something for. */
  found: Set<string>;
  /** The references that it was not asked about, or that it could not answer. */
  open: Set<string>;
  more: number;
  alerts?: AlertState[];
  pieces: Piece<unknown>[];
  troubles: LiveTrouble[];
};

type Source = { upstream: Upstream; endpoint: PrometheusEndpoint; context: WidgetContext; entity: ProxyEntity };
type Part = Omit<SourceReport, 'endpoint' | 'alerts'>;

const nothing = (): Part => ({ objectives: [], found: new Set(), open: new Set(), more: 0, pieces: [], troubles: [] });

/** Reads an expression now and over a day, both at once. */
async function readBoth(
  { upstream, context }: Source,
  [now, day]: readonly [string, string],
  keep?: readonly string[],
): Promise<{ samples: Sample[]; lines: Line[]; pieces: Piece<unknown>[]; isRead: boolean }> {
  const [samples, lines] = await Promise.all([
    context.pieces.read(toInstantPiece(upstream, now, keep)),
    context.pieces.read(toSparkPiece(upstream, day, context.now(), keep)),
  ]);
  return {
    samples: samples.value ?? [],
    lines: lines.value ?? [],
    pieces: [samples, lines],
    isRead: samples.value !== undefined,
  };
}

/** The troubles of what was read, each said once. */
function toFaults(source: string, pieces: readonly Piece<unknown>[]): LiveTrouble[] {
  return [...new Set(pieces.flatMap(({ fault }) => fault ?? []))].map((fault) => toTrouble(source, fault));
}

/** All SLOs of an entity, in two questions however many they are. */
async function readSlos(source: Source, names: readonly string[]): Promise<Part> {
  const part = nothing();
  if (names.length === 0) return part;
  const read = await readBoth(source, [toSloExpression(names), toSloRange(names)], sloLabels);
  part.pieces = read.pieces;
  part.troubles = toFaults(source.upstream.name, read.pieces);
  for (const name of names) {
    const slos = toSlos(name, read.samples, read.lines);
    part.objectives.push(...slos);
    if (slos.length > 0) part.found.add(name);
    else if (!read.isRead) part.open.add(name);
  }
  return part;
}

async function readMeasure(source: Source, text: string, expression: string, measure: Measure): Promise<Part> {
  const part = nothing();
  const read = await readBoth(source, [expression, expression]);
  const { objectives, more } = toMeasures(measure, read.samples, read.lines, toEntityNames(source.entity));
  const troubles = toFaults(source.upstream.name, read.pieces);
  return {
    ...part,
    objectives,
    more,
    pieces: read.pieces,
    troubles,
    found: new Set(objectives.length > 0 ? [text] : []),
    open: new Set(read.isRead ? [] : [text]),
  };
}

const readRule = (source: Source, rule: string): Promise<Part> =>
  readMeasure(source, rule, rule, { name: rule, origin: 'rule', unit: toUnit(rule) });

const wrongQuery = (source: string, query: NamedQuery): LiveTrouble => ({
  source,
  fault: 'refused',
  what: `The query ${query.name} of the configuration is not understood`,
  mend: 'The platform team corrects it in app-config.yaml: `portolan proxy --check` says what is wrong.',
});

const lackingWord = (source: string, query: NamedQuery, lacking: string): LiveTrouble => ({
  source,
  fault: 'annotation-wrong',
  what: `The query ${query.name} needs the ${lacking} of this entity, which has none that is a plain word`,
  mend: 'A plain word has lower case letters, digits and `-`, at most 63.',
});

async function readQuery(source: Source, query: NamedQuery): Promise<Part> {
  const { value, problems } = parseNamedQuery(query);
  const expression = fillTemplate(value, source.entity);
  const { name } = source.upstream;
  const part = nothing();
  part.open.add(query.name);
  if (problems.length > 0) return { ...part, troubles: [wrongQuery(name, query)] };
  if (typeof expression !== 'string') return { ...part, troubles: [lackingWord(name, query, expression.lacking)] };
  const { title, unit, objective, days } = query;
  const window = findWindow(expression);
  const read = await readMeasure(source, query.name, expression, {
    name: title,
    origin: 'query',
    unit,
    ...(objective !== undefined && { objective }),
    ...(days !== undefined && { days }),
    ...(window !== undefined && { window }),
  });
  // An expression that is refused is its operator's to correct, not the entity's.
  const troubles = read.troubles.map((one) => (one.fault === 'refused' ? wrongQuery(name, query) : one));
  return { ...read, troubles };
}

const isOf = (kind: Reference['kinds'][number]) => (one: Reference) => one.kinds.includes(kind);

function joinParts(parts: readonly Part[]): Part {
  const troubles = new Map(parts.flatMap((part) => part.troubles.map((one) => [JSON.stringify(one), one])));
  return {
    objectives: parts.flatMap(({ objectives }) => objectives),
    found: new Set(parts.flatMap(({ found }) => [...found])),
    open: new Set(parts.flatMap(({ open }) => [...open])),
    more: parts.reduce((sum, { more }) => sum + more, 0),
    pieces: parts.flatMap(({ pieces }) => pieces),
    troubles: [...troubles.values()],
  };
}

/** A word that may be an SLO or a rule is shown as an SLO where it is one. */
function toRules(rules: readonly { text: string; part: Part }[], slos: Part): Part[] {
  return rules.filter(({ text }) => !slos.found.has(text)).map(({ part }) => part);
}

/** Asks one Prometheus all that an entity wants of it, at once. */
export async function readSource(
  source: Source,
  references: readonly Reference[],
  wantsAlerts: boolean,
): Promise<SourceReport> {
  const texts = (kind: Reference['kinds'][number]) => references.filter(isOf(kind)).map(({ text }) => text);
  const wanted = texts('query');
  const [slos, rules, queries, alerts] = await Promise.all([
    readSlos(source, texts('slo')),
    Promise.all(texts('rule').map(async (text) => ({ text, part: await readRule(source, text) }))),
    Promise.all(
      source.endpoint.queries.filter(({ name }) => wanted.includes(name)).map((one) => readQuery(source, one)),
    ),
    wantsAlerts ? source.context.pieces.read(toAlertsPiece(source.upstream)) : undefined,
  ]);
  const joined = joinParts([slos, ...toRules(rules, slos), ...queries]);
  if (alerts === undefined) return { endpoint: source.endpoint, ...joined };
  return {
    endpoint: source.endpoint,
    ...joined,
    ...(alerts.value !== undefined && { alerts: alerts.value }),
    pieces: [...joined.pieces, alerts],
    troubles: joinParts([joined, { ...nothing(), troubles: toFaults(source.upstream.name, [alerts]) }]).troubles,
  };
}
