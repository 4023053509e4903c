import { element, type Markup } from '#components/lists/markup.ts';
import type { LiveObjective, PrometheusData } from '#model/live/prometheus.ts';
import {
  type Row,
  toBar,
  toCut,
  toDisclosure,
  toFitting,
  toLine,
  toOutLink,
  toRow,
  toSpark,
  toSparkWords,
  toStatus,
  toTime,
} from './drawing.ts';
import type { Drawing, Sheet } from './frame-view.ts';
import { formatShare, formatSpan } from './words.ts';

type Alert = PrometheusData['alerts'][number];

const formatNumber = (value: number) => value.toLocaleString('en', { maximumSignificantDigits: 3 });

const unitTable: Record<NonNullable<LiveObjective['unit']>, (value: number) => string> = {
  ratio: formatShare,
  seconds: (value) => (value < 1 ? `${formatNumber(value * 1000)} ms` : `${formatNumber(value)} s`),
  'per-second': (value) => `${formatNumber(value)} a second`,
  bytes: (value) => `${formatNumber(value / 1_000_000)} MB`,
  number: formatNumber,
};

const burnTable = [
  ['hour', '1 h'],
  ['sixHours', '6 h'],
  ['threeDays', '3 d'],
] as const;

/** How fast the budget burns, over each time that is known. */
function formatBurn(burn: LiveObjective['burn']): string {
  const known = burnTable.flatMap(([key, word]) => {
    const rate = burn[key];
    return rate === undefined ? [] : [`${word} ${formatNumber(rate)}×`];
  });
  return known.length === 0 ? '' : `burns ${known.join(', ')}`;
}

function toSparkOf({ spark, sparkSeconds, unit, objective }: LiveObjective): Markup {
  if (spark.filter((value) => value !== null).length < 2) return '';
  const format = unitTable[unit ?? (objective === undefined ? 'number' : 'ratio')];
  const over = sparkSeconds === undefined ? '' : ` over the last ${formatSpan(sparkSeconds)}`;
  return toSpark(spark, `${toSparkWords(spark, format)}${over}`);
}

function toBudget({ budget, burn, level }: LiveObjective): Row[] {
  if (budget === undefined) return [];
  const words =
    budget < 0 ? `budget overspent by ${formatShare(-budget, 0)}` : `${formatShare(budget, 0)} of budget left`;
  const main = element('span', { class: 'share' }, [toBar(budget, level), toCut(words)]);
  return [toRow(toLine({ main, side: toCut(formatBurn(burn)) }, 'under'))];
}

function toReached({ reached, objective, days, value, unit }: LiveObjective): string {
  const over = days === undefined ? '' : ` in ${days} d`;
  if (reached !== undefined && objective !== undefined)
    return `${formatShare(reached, 3)} · goal ${formatShare(objective, 3)}${over}`;
  if (reached !== undefined) return `${formatShare(reached, 3)}${over}`;
  return value === undefined ? 'no value' : unitTable[unit ?? 'number'](value);
}

function toObjective(sheet: Sheet, objective: LiveObjective): Row {
  const { name, level } = objective;
  const main = toStatus(sheet, level, name);
  const side = [toCut(toReached(objective)), toSparkOf(objective)];
  const under = toBudget(objective);
  const markup = [toLine({ main, side }), ...under.map((row) => row.markup)];
  return { lines: 1 + under.length, markup: element('div', { 'data-key': `objective ${name}` }, markup) };
}

function toAlert(sheet: Sheet, { name, state, severity, since, summary, runbook, count }: Alert): Row {
  const words = `${name} ${state === 'firing' ? 'fires' : 'is pending'}${count > 1 ? `, ${count} times` : ''}`;
  const side = [
    severity ? toCut(severity) : '',
    element('span', { class: 'fact end' }, since ? toTime(sheet, since) : ''),
  ];
  const line = { main: toStatus(sheet, state === 'firing' ? 'broken' : 'attention', words), side };
  const inside = [
    summary ? element('p', {}, summary) : '',
    runbook ? element('p', {}, toOutLink(runbook, 'Runbook')) : '',
  ].filter((part) => part !== '');
  return toRow(
    inside.length > 0
      ? toDisclosure(sheet, `alert ${name}`, line, inside)
      : element('div', { 'data-key': `alert ${name}` }, toLine(line)),
  );
}

function listAlerts(sheet: Sheet, alerts: readonly Alert[]): Row[] {
  const active = alerts.filter(({ state }) => state !== 'inactive');
  if (active.length > 0 || alerts.length === 0) return active.map((alert) => toAlert(sheet, alert));
  const words = alerts.length === 1 ? `The alert ${alerts[0]?.name} is quiet` : `All ${alerts.length} alerts are quiet`;
  return [toRow(toLine({ main: toStatus(sheet, 'well', words) }))];
}

/** How the Prometheus widget draws its data: alerts that are active first, then objectives with their budgets. */
export const prometheus: Drawing<PrometheusData> = {
  empty: 'Prometheus has no values for the rules or alerts that this entity names.',
  draw: ({ objectives, alerts, more }, sheet) => {
    const active = alerts.some(({ state }) => state !== 'inactive');
    const alertRows = listAlerts(sheet, alerts);
    const objectiveRows = objectives.map((objective) => toObjective(sheet, objective));
    const left = more > 0 ? [toRow(toLine({ main: toCut(`${more} more that are not listed here`, 'quiet') }))] : [];
    const rows = active ? [...alertRows, ...objectiveRows] : [...objectiveRows, ...alertRows];
    return toFitting([...rows, ...left], sheet.room, sheet.isAll('objectives and alerts'), 'objectives and alerts');
  },
};
