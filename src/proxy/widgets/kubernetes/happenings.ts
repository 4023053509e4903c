import { z } from 'zod';
import type { LiveTrouble } from '#model/live/answer.ts';
import type { KubernetesData } from '#model/live/kubernetes.ts';
import { type Piece, type Pieces, toPieceRow } from '../../keeping/pieces.ts';
import { type EventFacts, eventSchema, toEventFacts } from './events.ts';
import { type ClusterReading, toPartTrouble } from './gather.ts';
import { byLevel } from './levels.ts';
import { toLivePod } from './pod-state.ts';
import type { Judged } from './project.ts';
import { toListPath } from './questions.ts';
import { toFinder } from './resources.ts';
import { listOf } from './shape.ts';

/** An object whose events are worth a question. */
type Ailing = { cluster: string; namespace: string; object: string; name: string };
type Happenings = { events: KubernetesData['events']; troubles: LiveTrouble[]; pieces: Piece<unknown>[] };

const mostObjects = 5;
const mostEvents = 40;
const findEvent = toFinder(eventSchema, toEventFacts);

/** The objects that are not well, the worst first; a pod says more than what keeps it. */
function listAiling(judged: readonly Judged[]): Ailing[] {
  const unwell = judged.flatMap(({ cluster, workload, judgement }) => {
    const { namespace } = workload;
    const pods = workload.pods
      .filter(({ isLeaving, phase }) => !isLeaving && phase !== 'Succeeded')
      .map((pod) => ({ level: toLivePod(pod).level, kind: 'Pod', name: pod.name }));
    return [...pods, { level: judgement.level, kind: workload.kind, name: workload.name }]
      .filter(({ level }) => level === 'broken' || level === 'attention')
      .map((one) => ({ ...one, cluster, namespace, object: `${one.kind}/${one.name}` }));
  });
  return unwell.toSorted(byLevel).slice(0, mostObjects);
}

function readEvents(
  { upstream }: ClusterReading,
  { namespace, name }: Ailing,
  keeper: Pieces,
): Promise<Piece<EventFacts[]>> {
  const query = [
    ['fieldSelector', `involvedObject.name=${name}`],
    ['limit', '20'],
  ] as const;
  const schema = z.object({ items: listOf(z.unknown()) });
  return keeper.read(
    toPieceRow({
      upstream,
      question: { path: toListPath('/api/v1', 'events', namespace), query, maxBytes: 1_000_000 },
      fresh: 8,
      schema,
      project: ({ items }) => items.flatMap((object) => findEvent(object) ?? []),
    }),
  );
}

const lastFirst = (a: EventFacts, b: EventFacts) => (b.lastAt ?? '').localeCompare(a.lastAt ?? '');

/** Reads the events of what is not well, and of nothing else. */
export async function readHappenings(
  readings: readonly ClusterReading[],
  judged: readonly Judged[],
  keeper: Pieces,
): Promise<Happenings> {
  const answers = await Promise.all(
    listAiling(judged).flatMap((ailing) => {
      const reading = readings.find(({ name }) => name === ailing.cluster);
      return reading ? readEvents(reading, ailing, keeper).then((piece) => ({ ailing, piece })) : [];
    }),
  );
  const events = answers.flatMap(({ ailing: { cluster, namespace, object }, piece }) =>
    (piece.value ?? []).map((event) => ({ cluster, namespace, object, ...event })),
  );
  const failed = new Map(
    answers.flatMap(({ ailing, piece }) => (piece.fault ? [[ailing.cluster, piece.fault] as const] : [])),
  );
  return {
    events: events.toSorted(lastFirst).slice(0, mostEvents),
    troubles: [...failed].map(([cluster, fault]) => toPartTrouble(cluster, fault, ['events'])),
    pieces: answers.map(({ piece }) => piece),
  };
}
