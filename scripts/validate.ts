import type { CatalogDocument } from '#model/catalog.ts';
import type { Problem } from '#model/problems.ts';
import type { ValidEntity, Verdict } from '#model/verdict.ts';
import { judge } from './validate/judge.ts';

/** What the documents of a catalog amount to, each judged on its own. */
export type Validated = {
  verdicts: readonly Verdict[];
  entities: readonly ValidEntity[];
  problems: readonly Problem[];
};

/** Judges every document; one that is wrong takes nothing from the others. */
export function validate(documents: readonly CatalogDocument[]): Validated {
  const verdicts = documents.map(judge);
  return {
    verdicts,
    entities: verdicts.flatMap(({ shown }) => shown ?? []),
    problems: verdicts.flatMap(({ problems }) => problems),
  };
}
