import type { Place } from './place.ts';
import type { RefText } from './ref.ts';

export const levels = ['error', 'warning', 'hint'] as const;
export type Level = (typeof levels)[number];

/** One thing that is wrong: where, what, and what to do. A problem is a value; nothing is thrown for bad input. */
export type Problem = {
  code: ProblemCode;
  level: Level;
  /** One sentence: what is wrong. */
  what: string;
  /** One sentence: what to do about it. */
  mend: string;
  place?: Place;
  /** The entity it is about, where there is one. */
  entity?: RefText;
};

/** A row of the problem table: its level, when it arises, and its two sentences made from the facts of the case. */
type ProblemRow<Facts> = {
  level: Level;
  /** For the handbook: when this arises and why it matters. */
  about: string;
  what: (facts: Facts) => string;
  mend: (facts: Facts) => string;
};

function defineProblem<Facts>(row: ProblemRow<Facts>): ProblemRow<Facts> {
  return row;
}

/** Every problem that Portolan can report. A code, once given, stays. */
export const problemTable = {
  'yaml-syntax': defineProblem<{ message: string }>({
    level: 'error',
    about: 'The file is not YAML. Backstage drops the whole file; Portolan keeps its other documents.',
    what: ({ message }) => `This is not valid YAML: ${message}`,
    mend: () => 'Correct the syntax at this place.',
  }),
};

export type ProblemCode = keyof typeof problemTable;
type FactsOf<Code extends ProblemCode> = (typeof problemTable)[Code] extends ProblemRow<infer Facts> ? Facts : never;

/** Makes a problem from its row; the sentences live in the table alone. */
export function toProblem<Code extends ProblemCode>(
  code: Code,
  facts: FactsOf<Code>,
  where: { place?: Place; entity?: RefText } = {},
): Problem {
  const row = problemTable[code] as ProblemRow<FactsOf<Code>>;
  return { code, level: row.level, what: row.what(facts), mend: row.mend(facts), ...where };
}
