import type { LiveFault } from '#model/live/answer.ts';

/** Whose log is wanted. All of it comes from a browser: it is looked up among what the entity has, and never trusted. */
export type LogQuestion = {
  cluster: string;
  namespace: string;
  pod: string;
  container: string;
  /** Of the container that ran before the last restart. */
  previous: boolean;
  /** Go on with what is written from now on. */
  follow: boolean;
};

/** The end of a log, or why there is none. */
export type LogOpening =
  | { kind: 'lines'; lines: AsyncIterable<string> }
  | { kind: 'refused'; code: string; what: string; mend: string }
  | { kind: 'fault'; fault: LiveFault };
