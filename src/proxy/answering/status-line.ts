import type { LiveLevel, LiveStatus, LiveStatusLine } from '#model/live/answer.ts';
import type { WidgetId } from '#model/live/widgets.ts';
import type { KeptAnswer } from './answers.ts';

/** What is said of a widget that did not answer in time. */
const lateStatus: LiveStatus = { level: 'unknown', words: 'not known yet' };

/** An answer of each widget of an entity; nothing where it did not come in time. */
export type WidgetAnswers = readonly { widget: WidgetId; answer?: KeptAnswer }[];

const severity: Record<LiveLevel, number> = { broken: 3, attention: 2, unknown: 1, well: 0 };

/** What a list says of one entity: the worst of its widgets, each of them, and who is called first. */
export function toStatusLine(ref: string, answers: WidgetAnswers): LiveStatusLine {
  const onCall = answers.flatMap(({ answer }) => answer?.line.onCall ?? []);
  return {
    ref,
    status: toWorst(answers),
    widgets: Object.fromEntries(answers.map(({ widget, answer }) => [widget, answer?.line.status ?? lateStatus])),
    ...(onCall.length > 0 && { onCall }),
  };
}

/** The worst of what was asked. What nobody configured says nothing about the entity, unless it is all there is. */
function toWorst(answers: WidgetAnswers): LiveStatus {
  const asked = answers.filter(({ answer }) => answer?.state !== 'not-configured');
  const [worst = lateStatus] = (asked.length > 0 ? asked : answers)
    .map(({ answer }) => answer?.line.status ?? lateStatus)
    .toSorted((one, other) => severity[other.level] - severity[one.level]);
  return worst;
}
