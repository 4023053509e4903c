import type { CatalogDocument } from '#model/catalog.ts';
import type { Place } from '#model/place.ts';
import type { Problem } from '#model/problems.ts';
import type { RefText } from '#model/ref.ts';
import { type Relation, toRelations } from '#model/relations.ts';
import type { Verdict } from '#model/verdict.ts';
import { relate } from './relate.ts';
import { validate } from './validate.ts';

/** What `check` says of one YAML document. */
export type CheckRow = {
  /** As it was given, or where discovery found it. */
  file: string;
  docIndex: number;
  /** Null when the document does not say its kind and its name. */
  ref: RefText | null;
  /** The verdict of Backstage's default engine. */
  ok: boolean;
  problems: Problem[];
  /** The relations that Backstage derives from this document alone; empty when it refuses it. */
  relations?: Relation[];
};

export type CheckOptions = {
  relations?: boolean;
  /** How the file of a place is named in a row; by repository and path, when it is left out. */
  toFile?: (place: Place) => string;
};

/** Judges documents one by one and all together: a row for each, in the order in which they were given. */
export function toCheckRows(documents: readonly CatalogDocument[], options: CheckOptions = {}): CheckRow[] {
  const validated = validate(documents);
  const own = new Set(validated.problems);
  const together = relate(validated, []).problems.filter((problem) => !own.has(problem));
  const byDocument = assign(together, validated.verdicts);
  return validated.verdicts.map((verdict) => {
    const row = toRow(verdict, byDocument.get(verdict) ?? [], options.toFile ?? formatFile);
    return options.relations ? { ...row, relations: listEmitted(verdict) } : row;
  });
}

function toRow(
  { document, ref, ok, problems }: Verdict,
  together: readonly Problem[],
  toFile: (place: Place) => string,
): CheckRow {
  const { place, docIndex } = document;
  return { file: toFile(place), docIndex, ref: ref ?? null, ok, problems: [...problems, ...together] };
}

function listEmitted({ ok, shown }: Verdict): Relation[] {
  return ok && shown ? toRelations(shown.ref, shown.references) : [];
}

function formatFile({ repository, path }: Place): string {
  return repository === '' ? path : `${repository}/${path}`;
}

// What is only seen among all documents has a place; the document is the last that begins before it.
function assign(problems: readonly Problem[], verdicts: readonly Verdict[]): Map<Verdict, Problem[]> {
  const byFile = Map.groupBy(verdicts, ({ document }) => formatFile(document.place));
  const assigned = new Map<Verdict, Problem[]>();
  for (const problem of problems) {
    const { place } = problem;
    const file = place ? (byFile.get(formatFile(place)) ?? []) : [];
    const verdict = file.findLast(({ document }) => place && document.place.line <= place.line) ?? file[0];
    if (!verdict) continue;
    const own = assigned.get(verdict);
    if (own) own.push(problem);
    else assigned.set(verdict, [problem]);
  }
  return assigned;
}
