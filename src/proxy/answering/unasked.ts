import type { LiveTrouble } from '#model/live/answer.ts';
import type { WidgetReport } from '../widgets/define.ts';
import { unknownStatus } from './reports.ts';

/** For how long what no upstream was asked about stays as it is: annotations change with the catalog only. */
const freshFor = 60_000;

/** The trouble of an annotation whose value cannot be used. The value is not repeated. */
export function toWrongAnnotation(annotation: string, expects: string): LiveTrouble {
  return {
    source: annotation,
    fault: 'annotation-wrong',
    what: `The annotation ${annotation} cannot be used`,
    mend: `Write ${expects}.`,
  };
}

/** The report of a widget that could not ask anything. */
export function toUnasked(troubles: readonly LiveTrouble[], now: number): WidgetReport<never> {
  return { isEmpty: false, status: unknownStatus, isStale: false, freshUntil: now + freshFor, troubles, links: [] };
}
