import type { LiveStatus } from '#model/live/answer.ts';
import type { PagerdutyData } from '#model/live/pagerduty.ts';
import type { KnownService } from './project.ts';

const states: Record<NonNullable<KnownService['state']>, string> = {
  disabled: 'the service is switched off in PagerDuty',
  maintenance: 'the service is in maintenance in PagerDuty',
};

function formatIncidents({ incidents, moreIncidents }: PagerdutyData, status: 'triggered' | 'acknowledged') {
  const count = incidents.filter((incident) => incident.status === status).length;
  if (count === 0) return undefined;
  const isOne = count === 1 && !moreIncidents;
  return `${count}${moreIncidents ? '+' : ''} ${isOne ? 'incident' : 'incidents'} ${status}`;
}

/** Names of the first level: `Amara Okafor and Jonas Lindqvist are on call`. */
function formatOnCall([first]: PagerdutyData['onCall']): string {
  const names = first?.names ?? [];
  const [one = '', ...others] = names;
  if (others.length === 0) return `${one} is on call`;
  return others.length === 1 ? `${one} and ${others[0]} are on call` : `${one} and ${others.length} others are on call`;
}

/** How a service is: what is open first, then whether anybody would be called. */
export function toStatus(
  data: PagerdutyData,
  has: { incidents: boolean; onCall: boolean },
  state: KnownService['state'],
): LiveStatus {
  const triggered = formatIncidents(data, 'triggered');
  if (triggered !== undefined) return { level: 'broken', words: triggered };
  const acknowledged = formatIncidents(data, 'acknowledged');
  if (acknowledged !== undefined) return { level: 'attention', words: acknowledged };
  if (state !== undefined) return { level: 'attention', words: states[state] };
  if (has.onCall && data.onCall.length === 0) return { level: 'attention', words: 'nobody is on call' };
  const words = has.onCall ? formatOnCall(data.onCall) : 'who is on call is not known';
  return { level: has.onCall && has.incidents ? 'well' : 'unknown', words };
}
