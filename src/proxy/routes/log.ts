import { streamSSE } from 'hono/streaming';
import type { ProxyEntity } from '#model/live/catalog.ts';
import { every, type LogLimits, sendLines } from '../answering/log-stream.ts';
import { toTrouble } from '../answering/troubles.ts';
import { isId } from '../guard/question.ts';
import { isOwner, type Viewer } from '../identity.ts';
import type { LogOpening, LogQuestion } from '../log.ts';
import type { House } from '../parts.ts';
import { answerHeaders, type RefusalCode, toRefusalResponse } from '../refusals.ts';
import { withDeadline } from '../timer.ts';
import { defineRoute, type Question, type Reply, toAskedRef, toRefused } from './define.ts';

const tail: LogLimits = { milliseconds: 10_000, bytes: 256 * 1024, lines: 500 };
const followed: LogLimits = { milliseconds: 300_000, bytes: 256 * 1024, lines: Number.POSITIVE_INFINITY };
const heartbeat = 15_000;
const switches: Readonly<Record<string, boolean>> = { '0': false, '1': true, false: false, true: true };

/** The end of the log of a container, once or as it is written. */
export const logRoute = defineRoute({
  name: 'log',
  path: '/api/live/log/:kind/:namespace/:name',
  ids: ['kind', 'namespace', 'name'],
  parameters: ['cluster', 'namespace', 'pod', 'container', 'previous', 'follow'],
  toCost: () => 5,
  answer: async (question, house) => {
    const asked = findLogQuestion(question.query, house.settings.clusters);
    if (!asked) return toRefused('wrong-parameter', { viewed: 'log' });
    const entity = question.catalog.find(toAskedRef(question));
    if (!entity) return toRefused('unknown-entity', { viewed: 'log' });
    const rest = { viewed: 'log', entity: entity.ref } as const;
    const refusal = findRefusal(entity, question.viewer, house.settings.logReaders);
    if (refusal) return toRefused(refusal, rest);
    if (!asked.follow) return { ...(await readTail(entity, asked, house)), ...rest };
    if (question.arrival.method !== 'GET') return toRefused('method', rest);
    return { ...(await follow(entity, asked, question, house)), ...rest };
  },
});

function findLogQuestion(
  query: ReadonlyMap<string, string>,
  clusters: readonly { name: string }[],
): LogQuestion | undefined {
  const [cluster = '', ...names] = ['cluster', 'namespace', 'pod', 'container'].map((name) => query.get(name) ?? '');
  const previous = findSwitch(query.get('previous'));
  const isFollowed = findSwitch(query.get('follow'));
  if (previous === undefined || isFollowed === undefined || !names.every(isId)) return undefined;
  if (!clusters.some(({ name }) => name === cluster)) return undefined;
  const [namespace = '', pod = '', container = ''] = names;
  return { cluster, namespace, pod, container, previous, follow: isFollowed };
}

function findSwitch(text = '0'): boolean | undefined {
  return Object.hasOwn(switches, text) ? switches[text] : undefined;
}

/** Logs are shown where the entity allows it, to those whom the operator lets read them. */
function findRefusal(
  entity: ProxyEntity,
  viewer: Viewer,
  readers: House['settings']['logReaders'],
): RefusalCode | undefined {
  if (entity.annotations['portolan.io/kubernetes-logs'] !== 'true') return 'logs-off';
  return readers === 'everyone' || isOwner(viewer, entity) ? undefined : 'logs-not-yours';
}

type Outcome = Pick<Reply, 'response' | 'state'>;

async function readTail(entity: ProxyEntity, asked: LogQuestion, house: House): Promise<Outcome> {
  const ending = new AbortController();
  try {
    const opening = await open(entity, asked, house, ending.signal);
    if (opening.kind !== 'lines') return toUnopened(asked, opening);
    const lines: string[] = [];
    const how = { limits: tail, timer: house.timer, closed: ending.signal };
    const end = await sendLines(opening.lines, (line) => lines.push(line), how);
    if (lines.length === 0 && end !== 'over')
      return toUnopened(asked, { kind: 'fault', fault: end === 'time' ? 'timeout' : 'unreachable' });
    return { response: new Response(JSON.stringify({ lines }), { headers: answerHeaders }), state: 'tail' };
  } finally {
    ending.abort();
  }
}

async function follow(entity: ProxyEntity, asked: LogQuestion, question: Question, house: House): Promise<Outcome> {
  const free = house.followers.take(question.viewerKey);
  if (!free) return toRefused('logs-open');
  const ending = new AbortController();
  const left = question.context.req.raw.signal;
  left.addEventListener('abort', () => ending.abort(), { once: true, signal: ending.signal });
  const end = () => {
    ending.abort();
    free();
  };
  try {
    const opening = await open(entity, asked, house, ending.signal);
    if (opening.kind === 'lines')
      return { response: toStream(opening.lines, question, house, ending, end), state: 'follow' };
    end();
    return toUnopened(asked, opening);
  } catch (error) {
    end();
    throw error;
  }
}

/** Lines as server-sent events `lines`, with a sign of life between them, and `end` with why there are no more. */
function toStream(
  lines: AsyncIterable<string>,
  { context }: Question,
  { timer, follow: limits = followed }: House,
  ending: AbortController,
  end: () => void,
): Response {
  const response = streamSSE(context, async (stream) => {
    stream.onAbort(() => ending.abort());
    const stop = every(heartbeat, () => void stream.write(': still here\n\n').catch(() => ending.abort()), timer);
    try {
      const send = (line: string) => stream.writeSSE({ event: 'lines', data: JSON.stringify({ lines: [line] }) });
      const why = await sendLines(lines, send, { limits, timer, closed: ending.signal });
      // Not waited for: a reader who takes nothing would keep what ends here from ending.
      if (why !== 'closed') void stream.write(`event: end\ndata: ${JSON.stringify({ why })}\n\n`);
    } finally {
      stop();
      end();
    }
  });
  const headers = { ...answerHeaders, 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' };
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}

function open(entity: ProxyEntity, asked: LogQuestion, house: House, signal: AbortSignal): Promise<LogOpening> {
  const late: LogOpening = { kind: 'fault', fault: 'timeout' };
  const opening = house.openLog(entity, asked, house.context, signal);
  return withDeadline(opening, { milliseconds: tail.milliseconds, late, timer: house.timer });
}

function toUnopened({ cluster }: LogQuestion, opening: Exclude<LogOpening, { kind: 'lines' }>): Outcome {
  if (opening.kind === 'refused') {
    const { code, what, mend } = opening;
    return { response: toRefusalResponse(404, { code, what, mend }), state: code };
  }
  const { what, mend } = toTrouble(cluster, opening.fault);
  const error = { code: `log-${opening.fault}`, what, mend };
  return { response: toRefusalResponse(503, error, { 'retry-after': '5' }), state: error.code };
}
