import { LRUCache } from 'lru-cache';
import type { LiveAnswer, LiveStatus } from '#model/live/answer.ts';
import type { ProxyEntity } from '#model/live/catalog.ts';
import type { AuditLog } from '../audit.ts';
import { type Timer, withDeadline } from '../timer.ts';
import type { Widget, WidgetContext, WidgetReport } from '../widgets/define.ts';
import { toEtag } from './etag.ts';
import { type Frame, toFailed, toFrame, toUnconfigured } from './frame.ts';
import { findOnCall } from './on-call.ts';

/** An answer ready to be sent, and the little that lists say of it. */
export type KeptAnswer = {
  status: Frame['status'];
  bytes: Uint8Array<ArrayBuffer>;
  etag: string;
  state: LiveAnswer['state'];
  again: number;
  freshUntil: number;
  /** How old the data was that is too old to be shown, in seconds. */
  age?: number;
  line: { status: LiveStatus; onCall?: string[] };
};

export type AnswerCache = 'kept' | 'composed' | 'joined';

/** Answers of widgets, composed once for all who ask at the same time and kept until they may have changed. */
export type Answers = {
  /** `audience` is what those may see who share an answer. */
  read: (
    widget: Widget<unknown>,
    entity: ProxyEntity,
    audience: string,
  ) => Promise<{ answer: KeptAnswer; cache: AnswerCache }>;
};

export type AnswerParts = { context: WidgetContext; log: AuditLog; timer: Timer };

const mostBytes = 256 * 1024;
const mostKept = 32 * 1024 * 1024;
/** Longer than an upstream is waited for; only a widget that is broken takes so long. */
const longestWait = 10_000;

type Kept = { entity: ProxyEntity; answer: KeptAnswer };
type Underway = { entity: ProxyEntity; answer: Promise<KeptAnswer> };

/** Makes a keeper of answers. An entity of a catalog that was read anew is another entity, so its answers are too. */
export function createAnswers(parts: AnswerParts): Answers {
  const kept = new LRUCache<string, Kept>({
    maxSize: mostKept,
    sizeCalculation: ({ answer }, key) => answer.bytes.byteLength + key.length + 512,
  });
  const underway = new Map<string, Underway>();
  const begin = (key: string, widget: Widget<unknown>, entity: ProxyEntity) => {
    const begun: Underway = {
      entity,
      answer: compose(widget, entity, parts)
        .then((answer) => {
          kept.set(key, { entity, answer });
          return answer;
        })
        .finally(() => {
          if (underway.get(key) === begun) underway.delete(key);
        }),
    };
    underway.set(key, begun);
    return begun.answer;
  };
  return {
    read: async (widget, entity, audience) => {
      const key = `${widget.id} ${audience} ${entity.ref}`;
      const known = kept.get(key);
      if (known?.entity === entity && known.answer.freshUntil > parts.context.now())
        return { answer: known.answer, cache: 'kept' };
      const begun = underway.get(key);
      if (begun?.entity === entity) return { answer: await begun.answer, cache: 'joined' };
      return { answer: await begin(key, widget, entity), cache: 'composed' };
    },
  };
}

async function compose(widget: Widget<unknown>, entity: ProxyEntity, parts: AnswerParts): Promise<KeptAnswer> {
  const { now, settings } = parts.context;
  const toFramed = (report: WidgetReport<unknown>) =>
    toFrame(widget, entity.ref, report, { now: now(), isDemo: settings.isDemo });
  const report = await find(widget, entity, parts);
  const kept = toKept(toFramed(report), report, now());
  if (kept.bytes.byteLength <= mostBytes) return kept;
  parts.log.problem('An answer is too large.', { widget: widget.id, entity: entity.ref });
  const failed = toFailed(widget, 'too-large', now());
  return toKept(toFramed(failed), failed, now());
}

/** What a widget found out. Only what its schema knows may leave; a widget that breaks or hangs has failed. */
async function find(widget: Widget<unknown>, entity: ProxyEntity, parts: AnswerParts): Promise<WidgetReport<unknown>> {
  const { context, log, timer } = parts;
  const about = { widget: widget.id, entity: entity.ref };
  if (!widget.isConfigured(context.settings)) return toUnconfigured(widget);
  try {
    const work = widget.answer(entity, context);
    const report = await withDeadline(work, { milliseconds: longestWait, late: undefined, timer });
    if (!report) return toFailed(widget, 'timeout', context.now());
    if (report.data === undefined) return report;
    const parsed = widget.schema.safeParse(report.data);
    if (parsed.success) return { ...report, data: parsed.data };
    log.problem('A widget answered in another shape than its own.', about);
  } catch (error) {
    log.problem('A widget broke.', { ...about, error: error instanceof Error ? error.name : 'unknown' });
  }
  return toFailed(widget, 'unreadable', context.now());
}

function toKept(frame: Frame, report: WidgetReport<unknown>, now: number): KeptAnswer {
  const { answer, status, freshUntil } = frame;
  const bytes = new TextEncoder().encode(JSON.stringify(answer));
  const onCall = findOnCall(report.data);
  return {
    status,
    bytes,
    etag: toEtag(bytes),
    state: answer.state,
    again: answer.again,
    freshUntil,
    ...(status === 504 && report.readAt !== undefined && { age: Math.round((now - report.readAt) / 1000) }),
    line: { status: answer.status, ...(onCall && { onCall }) },
  };
}
