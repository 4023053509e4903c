import type { LiveStatus } from '#model/live/answer.ts';
import type { PrometheusData } from '#model/live/prometheus.ts';
import { compareLevels, toAlertLevel, toObjectiveLevel } from './levels.ts';

type Alert = PrometheusData['alerts'][number];

function toAlertWords(alerts: readonly Alert[]): string[] {
  const firing = alerts.filter(({ state }) => state === 'firing').length;
  const pending = alerts.filter(({ state }) => state === 'pending').length;
  const count = (number: number, one: string, many: string) => `${number} ${number === 1 ? one : many}`;
  if (firing > 0) return [count(firing, 'alert fires', 'alerts fire')];
  return pending > 0 ? [count(pending, 'alert is pending', 'alerts are pending')] : [];
}

/** How an entity is by its objectives and alerts, in words. */
export function toStatus({ objectives: all, alerts }: PrometheusData): LiveStatus {
  const judged = all.map(toObjectiveLevel).toSorted((a, b) => compareLevels(a.level, b.level));
  const levels = [...judged.map(({ level }) => level), ...alerts.map(toAlertLevel)];
  const level = levels.toSorted(compareLevels)[0] ?? 'unknown';
  const bad = judged.filter((one) => one.level === 'broken' || one.level === 'attention').slice(0, 1);
  const words = [...bad.map((one) => one.words), ...toAlertWords(alerts)];
  if (words.length > 0) return { level, words: words.join('; ') };
  if (level === 'well') return { level, words: judged[0]?.level === 'well' ? 'objectives met' : 'no alert fires' };
  return { level, words: judged[0]?.words ?? 'nothing to show' };
}
