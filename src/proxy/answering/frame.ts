import type { LiveAnswer, LiveFault, LiveTrouble } from '#model/live/answer.ts';
import { findWidget } from '#model/live/widgets.ts';
import type { Widget, WidgetReport } from '../widgets/define.ts';
import { toTold, unknownStatus } from './reports.ts';
import { toTrouble } from './troubles.ts';

const shortest = 1_000;
const longest = 60_000;
const failedFor = 5_000;

/** What a widget found out, and when asking again may bring something new, in milliseconds since 1970. */
export type Frame = { answer: LiveAnswer; status: 200 | 503 | 504; freshUntil: number };

/** Puts the frame of an answer around what a widget found out. */
export function toFrame(
  widget: Widget<unknown>,
  ref: string,
  report: WidgetReport<unknown>,
  { now, isDemo }: { now: number; isDemo: boolean },
): Frame {
  const state = toState(report);
  const { data, status, readAt, troubles, links } = report;
  const freshUntil = Math.min(Math.max(report.freshUntil, now + shortest), now + longest);
  const answer: LiveAnswer = {
    version: 1,
    widget: widget.id,
    ref,
    state,
    status,
    ...(data !== undefined && readAt !== undefined && { readAt: new Date(readAt).toISOString() }),
    again: Math.ceil((freshUntil - now) / 1000),
    troubles: toTold(troubles),
    links: [...links],
    ...(isDemo && { demo: true }),
    ...(data !== undefined && { data }),
  };
  return { answer, status: toHttpStatus(state, readAt), freshUntil };
}

function toState({ data, isEmpty, isStale, troubles }: WidgetReport<unknown>): LiveAnswer['state'] {
  if (data === undefined && !isEmpty) return isUnconfigured(troubles) ? 'not-configured' : 'failed';
  if (isStale) return 'stale';
  if (troubles.length > 0) return 'partial';
  return isEmpty ? 'empty' : 'ok';
}

function isUnconfigured(troubles: readonly LiveTrouble[]): boolean {
  return troubles.length > 0 && troubles.every(({ fault }) => fault === 'not-configured');
}

/** With nothing to show there was either nothing to read, or what was read is too old to be shown. */
function toHttpStatus(state: LiveAnswer['state'], readAt: number | undefined): Frame['status'] {
  if (state !== 'failed') return 200;
  return readAt === undefined ? 503 : 504;
}

/** The report of a widget for which nothing is configured that it could ask. */
export function toUnconfigured({ id }: Widget<unknown>): WidgetReport<never> {
  const source = findWidget(id)?.system ?? id;
  const what = `${source} is not configured`;
  const mend = 'The platform team names it in app-config.yaml.';
  return toNothing({ source, fault: 'not-configured', what, mend }, what, Number.POSITIVE_INFINITY);
}

/** The report of a widget that gave nothing. */
export function toFailed({ id }: Widget<unknown>, fault: LiveFault, now: number): WidgetReport<never> {
  return toNothing(toTrouble(findWidget(id)?.system ?? id, fault), unknownStatus.words, now + failedFor);
}

function toNothing(trouble: LiveTrouble, words: string, freshUntil: number): WidgetReport<never> {
  const status = { level: 'unknown', words } as const;
  return { isEmpty: false, isStale: false, status, freshUntil, troubles: [trouble], links: [] };
}
