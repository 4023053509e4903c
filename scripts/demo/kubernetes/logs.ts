import type { ServerResponse } from 'node:http';
import { badRequest, forbidden, notFound, type Refusal } from './status.ts';
import type { ClusterWorld, ContainerLog, LogLine } from './world.ts';

const path = /^\/api\/v1\/namespaces\/([^/]+)\/pods\/([^/]+)\/log$/;

/** The namespace and pod whose log a path names. */
export function findLogPlace(pathname: string): { namespace: string; pod: string } | undefined {
  const [, namespace, pod] = path.exec(pathname) ?? [];
  return namespace === undefined || pod === undefined ? undefined : { namespace, pod };
}

type Place = NonNullable<ReturnType<typeof findLogPlace>>;

function findContainer(world: ClusterWorld, { namespace, pod }: Place, wanted: string | null): string | Refusal {
  const found = world.objects.find(
    (object) => object.kind === 'Pod' && object.metadata?.name === pod && object.metadata.namespace === namespace,
  );
  if (found?.kind !== 'Pod') return notFound('pods', pod);
  const names = [...(found.spec?.initContainers ?? []), ...(found.spec?.containers ?? [])].map(({ name }) => name);
  if (wanted === null && names.length > 1) return badRequest(`a container name must be specified for pod ${pod}`);
  const name = wanted ?? names[0] ?? '';
  return names.includes(name) ? name : badRequest(`container ${name} is not valid for pod ${pod}`);
}

/** The log that is asked for, or why there is none. */
export function findLog(world: ClusterWorld, place: Place, query: URLSearchParams): ContainerLog | Refusal {
  if (world.forbidden.includes('pods/log')) return forbidden('pods/log', '');
  const container = findContainer(world, place, query.get('container'));
  if (typeof container !== 'string') return container;
  const log = world.logs[`${place.namespace}/${place.pod}/${container}`] ?? { lines: [] };
  if (log.waits) return badRequest(`container "${container}" in pod "${place.pod}" is waiting to start: ${log.waits}`);
  if (query.get('previous') === 'true' && !log.previous)
    return badRequest(`previous terminated container "${container}" in pod "${place.pod}" not found`);
  return log;
}

function toText(lines: readonly LogLine[], query: URLSearchParams): string {
  const tail = Number(query.get('tailLines') ?? lines.length);
  const hasTime = query.get('timestamps') === 'true';
  const text = lines
    .slice(tail === 0 ? lines.length : -tail)
    .map(({ at, text: line }) => `${hasTime ? `${at} ` : ''}${line}\n`)
    .join('');
  return Buffer.from(text)
    .subarray(0, Number(query.get('limitBytes') ?? Number.POSITIVE_INFINITY))
    .toString();
}

/** Writes a log, and what it grows by for who follows it, until all is written or nobody listens. */
export async function writeLog(log: ContainerLog, query: URLSearchParams, response: ServerResponse, now: () => number) {
  const isPrevious = query.get('previous') === 'true';
  response.writeHead(200, { 'content-type': 'text/plain' });
  response.write(toText(isPrevious ? (log.previous ?? []) : log.lines, query));
  const { every, texts, repeats } = log.grows ?? { every: 0, texts: [], repeats: false };
  const isGrowing = () => query.get('follow') === 'true' && !response.destroyed;
  for (let index = 0; isGrowing() && (repeats || index < texts.length); index += 1) {
    await new Promise((done) => setTimeout(done, every));
    const text = texts[index % texts.length] ?? '';
    response.write(toText([{ at: new Date(now()).toISOString(), text }], query));
  }
  response.end();
}
