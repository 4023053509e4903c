import type { ProxyEntity } from '#model/live/catalog.ts';
import type { Piece } from '../../keeping/pieces.ts';
import type { LogOpening, LogQuestion } from '../../log.ts';
import { findSelector, isNarrow } from '../../texts/selector.ts';
import type { Upstream } from '../../upstream.ts';
import type { WidgetContext } from '../define.ts';
import { toShownLines } from './log-lines.ts';
import type { PodFacts } from './pods.ts';
import { type Listing, toListRow } from './questions.ts';
import { toResources } from './resources.ts';
import { type Target, toTarget } from './target.ts';

type Refusal = Extract<LogOpening, { kind: 'refused' }>;

const refusals = {
  off: {
    code: 'logs-off',
    what: 'The logs of this entity cannot be read here',
    mend: 'Its owners allow it with the annotation `portolan.io/kubernetes-logs: "true"`.',
  },
  wide: {
    code: 'logs-wide',
    what: 'The selector of this entity only says what it leaves out, so the pods may be of anybody',
    mend: 'Its owners name a label that its pods have in `backstage.io/kubernetes-label-selector`.',
  },
  unknown: {
    code: 'log-unknown',
    what: 'There is no such pod or container among those of this entity',
    mend: 'It may be gone: load the list of pods again.',
  },
  early: {
    code: 'log-early',
    what: 'The container has not written anything yet: it waits to be started',
    mend: 'Look at its events, and try again when it runs.',
  },
  first: {
    code: 'log-first',
    what: 'The container was not started before, or its former log is gone',
    mend: 'Read the log of its present run.',
  },
} as const;

const refuse = (why: keyof typeof refusals): Refusal => ({ kind: 'refused', ...refusals[why] });

/** The pods of an entity in one cluster: the piece that its widget reads too. */
function readPods(upstream: Upstream, target: Target, { pieces }: WidgetContext): Promise<Piece<Listing<PodFacts>>> {
  const query = [['labelSelector', target.selector]] as const;
  return pieces.read(toListRow({ upstream, resource: toResources([]).pods, namespace: target.namespace, query }));
}

function toQuery({ container, previous, follow }: LogQuestion): (readonly [string, string])[] {
  return [
    ['container', container],
    ['tailLines', '500'],
    ['limitBytes', '262144'],
    ['timestamps', 'true'],
    ...(previous ? [['previous', 'true'] as const] : []),
    // What ran before writes no more.
    ...(follow && !previous ? [['follow', 'true'] as const] : []),
  ];
}

async function openAt(upstream: Upstream, question: LogQuestion, signal: AbortSignal): Promise<LogOpening> {
  const [namespace, pod] = [encodeURIComponent(question.namespace), encodeURIComponent(question.pod)];
  const path = `/api/v1/namespaces/${namespace}/pods/${pod}/log`;
  const asked = { path, query: toQuery(question), accept: '*/*', maxBytes: 400_000 };
  const stream = await upstream.follow(asked, signal);
  if (stream.kind === 'stream') return { kind: 'lines', lines: toShownLines(stream.chunks) };
  if (stream.fault === 'refused') return refuse(question.previous ? 'first' : 'early');
  return stream.fault === 'not-found' ? refuse('unknown') : { kind: 'fault', fault: stream.fault };
}

const isAmong = (pods: readonly PodFacts[], { namespace, pod, container }: LogQuestion) =>
  pods.some(
    (one) => one.name === pod && one.namespace === namespace && one.containers.some(({ name }) => name === container),
  );

/**
 * Opens the end of a container's log: of a pod that the entity's annotations select, where the entity allows it. What is
 * written there is shown without control characters and without what looks like a secret.
 */
export async function openLog(
  entity: ProxyEntity,
  question: LogQuestion,
  context: WidgetContext,
  signal: AbortSignal,
): Promise<LogOpening> {
  const found = toTarget(entity);
  if ('trouble' in found || !found.target.logs) return refuse('off');
  if (!isNarrow(findSelector(found.target.selector) ?? [])) return refuse('wide');
  const { target } = found;
  const upstream = context.upstreams.kubernetes.find(({ name }) => name === question.cluster);
  if (!upstream || (target.cluster !== undefined && target.cluster !== upstream.name)) return refuse('unknown');
  const piece = await readPods(upstream, target, context);
  if (piece.value === undefined) return { kind: 'fault', fault: piece.fault ?? 'unreachable' };
  return isAmong(piece.value.found, question) ? openAt(upstream, question, signal) : refuse('unknown');
}
