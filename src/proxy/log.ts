import type { LiveFault } from '#model/live/answer.ts';
import type { ProxyEntity } from '#model/live/catalog.ts';
import type { WidgetContext } from './widgets/define.ts';

/** Which log is wanted. What it names comes from a browser, so whoever opens it checks that it belongs to the entity. */
export type LogQuestion = {
  cluster: string;
  namespace: string;
  pod: string;
  container: string;
  /** Of the container before its last restart. */
  previous: boolean;
  /** Go on with what is written from now on. */
  follow: boolean;
};

/** A log that was opened, its lines redacted; or why it was not. */
export type LogOpening =
  | { kind: 'lines'; lines: AsyncIterable<string> }
  | { kind: 'refused'; code: string; what: string; mend: string }
  | { kind: 'fault'; fault: LiveFault };

/** Opens the end of a log. Never throws; what is read upstream ends when `signal` says so. */
export type OpenLog = (
  entity: ProxyEntity,
  question: LogQuestion,
  context: WidgetContext,
  signal: AbortSignal,
) => Promise<LogOpening>;
