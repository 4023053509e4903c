import type { LiveTrouble } from '#model/live/answer.ts';
import { type PagerdutyData, pagerdutySchema } from '#model/live/pagerduty.ts';
import { toFreshness, toTroubles, unknownStatus } from '../../answering/reports.ts';
import { toTrouble } from '../../answering/troubles.ts';
import { toUnasked } from '../../answering/unasked.ts';
import type { Piece } from '../../keeping/pieces.ts';
import type { Upstream } from '../../upstream.ts';
import { defineWidget, type WidgetContext, type WidgetReport } from '../define.ts';
import { checkPagerduty } from './check.ts';
import { type Incident, type KnownOnCall, type KnownService, toOnCallLevels } from './project.ts';
import { toIncidentsRow, toOnCallRow, toSearchRow, toServiceRow } from './questions.ts';
import { toStatus } from './status.ts';
import { parseTarget, type Target } from './target.ts';

type Parts = {
  service: Piece<KnownService>;
  incidents: Piece<{ incidents: Incident[]; more: boolean }>;
  onCall?: Piece<KnownOnCall[]>;
};

/** Asks for the parts; who is on call is asked once the service has said by which policy. */
async function readParts(upstream: Upstream, id: string, { pieces }: WidgetContext): Promise<Parts> {
  const incidents = pieces.read(toIncidentsRow(upstream, id));
  const service = await pieces.read(toServiceRow(upstream, id));
  const policy = service.value?.policy;
  const onCall = policy === undefined ? undefined : await pieces.read(toOnCallRow(upstream, policy));
  return { service, incidents: await incidents, ...(onCall && { onCall }) };
}

/** What is known of the service; its page and name may be missing while its incidents are known. */
function toService({ service }: Parts, title: string): PagerdutyData['service'] {
  const { name = title, url } = service.value ?? {};
  return { name, ...(url !== undefined && { url }) };
}

const toUnique = (troubles: readonly LiveTrouble[]): LiveTrouble[] => [
  ...new Map(troubles.map((trouble) => [trouble.fault, trouble])).values(),
];

function toReport(
  upstream: Upstream,
  parts: Parts,
  title: string,
  before: readonly Piece<unknown>[],
  now: number,
): WidgetReport<PagerdutyData> {
  const { service, incidents, onCall } = parts;
  const data: PagerdutyData = {
    service: toService(parts, title),
    onCall: toOnCallLevels(onCall?.value ?? [], now),
    incidents: incidents.value?.incidents ?? [],
    moreIncidents: incidents.value?.more ?? false,
  };
  const has = { incidents: incidents.value !== undefined, onCall: onCall?.value !== undefined };
  const isKnown = has.incidents || has.onCall || service.value !== undefined;
  const pieces = [...before, service, incidents, ...(onCall ? [onCall] : [])];
  const { url } = data.service;
  return {
    ...(isKnown && { data }),
    isEmpty: false,
    status: isKnown ? toStatus(data, has, service.value?.state) : unknownStatus,
    // The age is that of what changes: a service is renamed less often than somebody goes off call.
    ...toFreshness([incidents, ...(onCall ? [onCall] : [])]),
    troubles: toUnique(toTroubles(pieces.map((piece) => ({ source: upstream.name, piece })))),
    links: url === undefined ? [] : [{ title: 'Open in PagerDuty', url }],
  };
}

async function answerTarget(
  upstream: Upstream,
  target: Target,
  title: string,
  context: WidgetContext,
): Promise<WidgetReport<PagerdutyData>> {
  const now = context.now();
  if (target.kind === 'service')
    return toReport(upstream, await readParts(upstream, target.id, context), title, [], now);
  const found = await context.pieces.read(toSearchRow(upstream, target.secretKey, target.secret));
  if (found.value) return toReport(upstream, await readParts(upstream, found.value, context), title, [found], now);
  const fault = found.fault ?? 'not-found';
  return {
    isEmpty: false,
    status: unknownStatus,
    ...toFreshness([found]),
    troubles: [toTrouble(upstream.name, fault)],
    links: [],
  };
}

/** Who is on call for an entity now, and which incidents are open, by PagerDuty: names only. */
export const pagerdutyWidget = defineWidget<PagerdutyData>({
  id: 'pagerduty',
  schema: pagerdutySchema,
  isConfigured: ({ pagerduty }) => pagerduty !== undefined,
  answer: async ({ annotations, title }, context) => {
    const { value, troubles } = parseTarget(annotations, context.findSecret);
    const { pagerduty } = context.upstreams;
    return value && pagerduty ? answerTarget(pagerduty, value, title, context) : toUnasked(troubles, context.now());
  },
  check: checkPagerduty,
});
