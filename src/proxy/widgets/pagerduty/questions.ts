import { type PieceRow, toPieceRow } from '../../keeping/pieces.ts';
import type { Upstream, UpstreamQuestion } from '../../upstream.ts';
import { incidentsAnswer, onCallsAnswer, searchAnswer, serviceAnswer } from './answers.ts';
import {
  type Incident,
  type KnownOnCall,
  type KnownService,
  toIncidents,
  toKnownOnCalls,
  toKnownService,
  toServiceId,
} from './project.ts';

/** The version of the API that is spoken. */
export const accept = 'application/vnd.pagerduty+json;version=2';

const ask = (path: string, query: readonly (readonly [string, string])[] = []): UpstreamQuestion => {
  return { path, query, accept };
};

/** A service, and whom it calls. */
export function toServiceRow(upstream: Upstream, id: string): PieceRow<KnownService> {
  return toPieceRow({
    upstream,
    question: ask(`/services/${encodeURIComponent(id)}`),
    fresh: 600,
    schema: serviceAnswer,
    project: toKnownService,
  });
}

/**
 * The id of the service that has an integration key, or null. The key is part of the question alone: it is known by what
 * stands for its name in the catalog.
 */
export function toSearchRow(upstream: Upstream, secretKey: string, secret: string): PieceRow<string | null> {
  return toPieceRow({
    upstream,
    question: ask('/services', [
      ['query', secret],
      ['include[]', 'integrations'],
    ]),
    key: `service of ${secretKey}`,
    fresh: 3600,
    schema: searchAnswer,
    project: (answer) => toServiceId(answer, secret),
  });
}

/** Who is on call by an escalation policy. */
export function toOnCallRow(upstream: Upstream, policy: string): PieceRow<KnownOnCall[]> {
  return toPieceRow({
    upstream,
    question: ask('/oncalls', [
      ['escalation_policy_ids[]', policy],
      ['include[]', 'users'],
      ['earliest', 'true'],
      ['limit', '100'],
    ]),
    fresh: 60,
    schema: onCallsAnswer,
    project: ({ oncalls }) => toKnownOnCalls(oncalls),
  });
}

/** The open incidents of a service. Without `date_range` those that are older than a month would be left out. */
export function toIncidentsRow(upstream: Upstream, id: string): PieceRow<{ incidents: Incident[]; more: boolean }> {
  return toPieceRow({
    upstream,
    question: ask('/incidents', [
      ['service_ids[]', id],
      ['statuses[]', 'triggered'],
      ['statuses[]', 'acknowledged'],
      ['date_range', 'all'],
      ['sort_by', 'created_at:desc'],
      ['limit', '25'],
    ]),
    fresh: 15,
    schema: incidentsAnswer,
    project: ({ incidents, more }) => ({ incidents: toIncidents(incidents), more: more ?? false }),
  });
}
