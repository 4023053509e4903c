import type { PagerdutyData } from '#model/live/pagerduty.ts';
import { findMoment, findTime } from '../../texts/ages.ts';
import { toFirstLine, toPlainLine } from '../../texts/text.ts';
import { incidentAnswer, onCallAnswer, type SearchAnswer, type ServiceAnswer } from './answers.ts';

export type KnownService = { name: string; url?: string; policy?: string; state?: 'disabled' | 'maintenance' };
export type KnownOnCall = { level: number; name: string; from?: number; until?: number };
export type Incident = PagerdutyData['incidents'][number];

/** An address of PagerDuty itself, over https, without anything that logs in or is asked. */
export function findPageUrl(text: string | null | undefined): string | undefined {
  const url = URL.parse(text ?? '');
  if (url?.protocol !== 'https:' || url.port !== '' || !/(?:^|\.)pagerduty\.com$/.test(url.hostname)) return undefined;
  return `https://${url.hostname}${url.pathname}`;
}

/** Keeps of a service its name, its page, whom it calls and whether it is switched off. */
export function toKnownService({ service }: ServiceAnswer): KnownService {
  const { id, name, summary, status, html_url, escalation_policy } = service;
  const url = findPageUrl(html_url);
  return {
    name: toPlainLine(name || summary || id, 150),
    ...(url !== undefined && { url }),
    ...(escalation_policy && { policy: escalation_policy.id }),
    ...((status === 'disabled' || status === 'maintenance') && { state: status }),
  };
}

/** The service whose integration has a key. Where keys are not shown, the only one that was found is it. */
export function toServiceId({ services }: SearchAnswer, secret: string): string | null {
  const keys = services.flatMap(({ id, integrations }) =>
    (integrations ?? []).flatMap(({ integration_key }) => (integration_key ? [{ id, key: integration_key }] : [])),
  );
  const found = keys.find(({ key }) => key === secret)?.id;
  const [only, ...others] = services;
  const isOnlyOne = keys.length === 0 && only !== undefined && others.length === 0;
  return found ?? (isOnlyOne ? only.id : null);
}

/** As many as are asked for; whoever answers with more is not believed. */
const most = { onCalls: 100, incidents: 25 };

/** Keeps of everyone on call the name, the level and the time. */
export function toKnownOnCalls(rows: readonly unknown[]): KnownOnCall[] {
  return rows.slice(0, most.onCalls).flatMap((row) => {
    const { success, data } = onCallAnswer.safeParse(row);
    const name = success ? toPlainLine(data.user?.name || data.user?.summary || '', 80) : '';
    if (!success || !name) return [];
    const [from, until] = [findMoment(data.start), findMoment(data.end)];
    return [
      {
        level: data.escalation_level,
        name,
        ...(from !== undefined && { from }),
        ...(until !== undefined && { until }),
      },
    ];
  });
}

const states = ['triggered', 'acknowledged'] as const;

const byState = (a: Incident, b: Incident) =>
  states.indexOf(a.status) - states.indexOf(b.status) || (a.openedAt < b.openedAt ? 1 : -1);

/** Keeps what is shown of each open incident, triggered ones first, the latest first. */
export function toIncidents(rows: readonly unknown[]): Incident[] {
  return rows
    .slice(0, most.incidents)
    .flatMap((row): Incident[] => {
      const { success, data } = incidentAnswer.safeParse(row);
      const openedAt = success ? findTime(data.created_at) : undefined;
      if (!success || openedAt === undefined) return [];
      const { incident_number: number, status, urgency } = data;
      const url = findPageUrl(data.html_url);
      const title = toFirstLine(data.title || data.summary || `Incident ${number}`, 200);
      return [{ number, title, status, urgency, openedAt, ...(url !== undefined && { url }) }];
    })
    .toSorted(byState);
}

/** How far clocks may differ before somebody counts as not yet, or no longer, on call. */
const skew = 120_000;

/** Who is on call at a moment by escalation level, the first level first. */
export function toOnCallLevels(onCalls: readonly KnownOnCall[], now: number): PagerdutyData['onCall'] {
  const current = onCalls.filter(
    ({ from, until }) => (from ?? now) <= now + skew && (until ?? Number.POSITIVE_INFINITY) > now - skew,
  );
  const levels = [...new Set(current.map(({ level }) => level))].toSorted((a, b) => a - b);
  return levels.map((level) => {
    const rows = current.filter((row) => row.level === level);
    const ends = rows.flatMap(({ until }) => until ?? []);
    return {
      level,
      names: [...new Set(rows.map(({ name }) => name))],
      ...(ends.length > 0 && { until: new Date(Math.min(...ends)).toISOString() }),
    };
  });
}
