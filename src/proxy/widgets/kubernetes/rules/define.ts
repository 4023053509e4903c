import type { LiveFinding } from '#model/live/kubernetes.ts';

/** A rule: what it looks for, and what it says when it finds it. `detail` is a container, a message, a number. */
export type Rule<Subject> = {
  code: string;
  level: LiveFinding['level'];
  find: (subject: Subject, now: number) => string | undefined;
  what: (detail: string) => string;
  cause: string | ((detail: string) => string);
  mend: string;
  docs: string;
};

export const docs = 'https://kubernetes.io/docs';
export const debugging = `${docs}/tasks/debug/debug-application`;
