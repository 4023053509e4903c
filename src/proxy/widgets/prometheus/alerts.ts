import { z } from 'zod';
import type { ProxyEntity } from '#model/live/catalog.ts';
import type { PrometheusData } from '#model/live/prometheus.ts';
import { findSafeUrl } from '#model/urls.ts';
import { capped } from '../../texts/capped.ts';
import { toPlainLine } from '../../texts/text.ts';
import type { WantedAlerts } from './references.ts';

type Alert = PrometheusData['alerts'][number];

const textsSchema = z.record(z.string(), z.string()).nullish().catch(undefined);

/** What is looked at of an answer, and kept of it. */
const most = { groups: 10_000, rules: 20_000, alerts: 20_000, states: 5000, ofRule: 50 };

const activeSchema = z.object({
  labels: textsSchema,
  annotations: textsSchema,
  state: z.string(),
  activeAt: z.string().nullish(),
});

const ruleSchema = z.object({
  type: z.string().optional(),
  name: z.string(),
  labels: textsSchema,
  annotations: textsSchema,
  alerts: z.array(z.unknown()).nullish(),
});

/** What `/api/v1/rules?type=alert` answers, in the fields that are read. */
export const rulesSchema = z.object({
  status: z.literal('success'),
  data: z.object({ groups: capped(z.object({ rules: z.array(z.unknown()).nullish() }), most.groups).nullish() }),
});

/** A rule for an alert that is quiet, or one alert that is not: what is kept of it. */
export type AlertState = Omit<Alert, 'count'> & {
  /** The words by which its labels name what it is about. */
  about: string[];
};

const nameLabels = ['service', 'app', 'job', 'component'];
const states: ReadonlyMap<string, Alert['state']> = new Map([
  ['firing', 'firing'],
  ['pending', 'pending'],
]);

type Texts = z.infer<typeof textsSchema>;

/** A line of an annotation. One that still has its template in it says nothing. */
function findText(text: string | undefined, length: number): string | undefined {
  const line = text === undefined || text.includes('{{') ? '' : toPlainLine(text, length);
  return line === '' ? undefined : line;
}

function findRunbook(text: string | undefined): string | undefined {
  const url = text === undefined || text.length > 1000 || text.includes('{{') ? undefined : findSafeUrl(text.trim());
  return url !== undefined && /^https:\/\/[^/@]*(?:\/|$)/.test(url) ? url : undefined;
}

function findTime(text: string | null | undefined): string | undefined {
  const time = new Date(text ?? '');
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}

function toState(name: string, state: Alert['state'], labels: Texts, annotations: Texts, since?: string): AlertState {
  const severity = findText(labels?.severity ?? labels?.sloth_severity, 40);
  const summary = findText(annotations?.summary ?? annotations?.title, 200);
  const runbook = findRunbook(annotations?.runbook_url);
  return {
    name: toPlainLine(name, 200),
    state,
    about: nameLabels.flatMap((label) => labels?.[label] ?? []).map((text) => toPlainLine(text, 100).toLowerCase()),
    ...(severity !== undefined && { severity }),
    ...(since !== undefined && { since }),
    ...(summary !== undefined && { summary }),
    ...(runbook !== undefined && { runbook }),
  };
}

/** The rows of a list that are understood; one that is not does not spoil the others. */
function toUnderstood<Schema extends z.ZodType>(schema: Schema, rows: readonly unknown[]): z.infer<Schema>[] {
  return rows.flatMap((row) => {
    const parsed = schema.safeParse(row);
    return parsed.success ? [parsed.data] : [];
  });
}

type Rule = Omit<z.infer<typeof ruleSchema>, 'alerts'> & { alerts: z.infer<typeof activeSchema>[] };

/** The rules of an answer with their alerts: so many at most, of all together. */
function toRules({ data }: z.infer<typeof rulesSchema>): Rule[] {
  const rows = (data.groups ?? []).flatMap((group) => group.rules ?? []).slice(0, most.rules);
  let left = most.alerts;
  return toUnderstood(ruleSchema, rows).map((rule) => {
    const alerts = (rule.alerts ?? []).slice(0, left);
    left -= alerts.length;
    return { ...rule, alerts: toUnderstood(activeSchema, alerts) };
  });
}

function toStates({ name, labels, annotations, alerts }: Rule): AlertState[] {
  const active = alerts.filter(({ state }) => states.has(state));
  const ordered = active.toSorted((a, b) => a.state.localeCompare(b.state));
  if (ordered.length === 0) return [toState(name, 'inactive', labels, annotations)];
  return ordered
    .slice(0, most.ofRule)
    .map((one) =>
      toState(
        name,
        states.get(one.state) ?? 'inactive',
        { ...labels, ...one.labels },
        { ...annotations, ...one.annotations },
        findTime(one.activeAt),
      ),
    );
}

/** What is kept of all alerts: their names, states and a few checked lines; labels only where they name something. */
export function toAlertStates(answer: z.infer<typeof rulesSchema>): AlertState[] {
  return toRules(answer)
    .filter(({ type }) => type === undefined || type === 'alerting')
    .flatMap(toStates)
    .slice(0, most.states);
}

/** The words by which alerts and series name an entity. */
export function toEntityNames({ ref, annotations }: ProxyEntity): string[] {
  const id = annotations['backstage.io/kubernetes-id'];
  return [/\/([^/]*)$/.exec(ref)?.[1], id].flatMap((name) => name?.toLowerCase() ?? []);
}

const order: readonly Alert['state'][] = ['firing', 'pending', 'inactive'];

/** One row an alert: its worst state, since when, and how often it is in it. A clock ahead of ours began now. */
function toAlert(all: readonly AlertState[], now: number): Alert[] {
  const [first] = all.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
  if (first === undefined) return [];
  const same = all.filter(({ state }) => state === first.state);
  const { about: _, since: __, ...rest } = first;
  const times = same.flatMap(({ since }) => (since === undefined ? [] : Math.min(Date.parse(since), now)));
  return [
    {
      ...rest,
      count: first.state === 'inactive' ? 0 : same.length,
      ...(times.length > 0 && { since: new Date(Math.min(...times)).toISOString() }),
    },
  ];
}

/** The alerts that an entity wants, the worst first. Where some of a name are about the entity, the others are not its. */
export function listAlerts(
  states: readonly AlertState[],
  wanted: WantedAlerts,
  names: readonly string[],
  now: number,
): Alert[] {
  const isAbout = ({ about }: AlertState) => about.some((word) => names.includes(word));
  const byName = Map.groupBy(states, ({ name }) => name);
  return [...byName]
    .flatMap(([name, all]) => {
      const own = all.filter(isAbout);
      if (wanted.names.includes(name)) return toAlert(own.length > 0 ? own : all, now);
      return wanted.all ? toAlert(own, now) : [];
    })
    .toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || (a.name < b.name ? -1 : 1));
}
