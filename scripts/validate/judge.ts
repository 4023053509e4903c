import type { CatalogDocument } from '#model/catalog.ts';
import { type Entity, entitySchema, findEntityRef } from '#model/entity.ts';
import { findKind } from '#model/kinds/index.ts';
import { comparePlaces } from '#model/place.ts';
import { type Problem, toProblem } from '#model/problems.ts';
import type { RefText } from '#model/ref.ts';
import type { Reference } from '#model/relations.ts';
import type { ValidEntity, Verdict } from '#model/verdict.ts';
import { judgeAnnotations } from './annotations.ts';
import { isKeyed, type Keyed } from './document.ts';
import { toProblems, toTypeName } from './issues.ts';
import { judgeKeys, judgeRootKeys } from './keys.ts';
import { judgeReferences } from './references.ts';
import { judgeKind } from './spec.ts';
import { withhold } from './withhold.ts';

/** Says of one document whether Backstage accepts it, whether it is shown here, and all that is wrong with it. */
export function judge(document: CatalogDocument): Verdict {
  const { value } = document;
  if (value === undefined) return { document, ok: false, problems: document.problems };
  if (!isKeyed(value)) {
    const found = toProblem('document-not-a-map', { message: toTypeName(value) }, { place: document.place });
    return { document, ok: false, problems: [...document.problems, found] };
  }
  const ref = findEntityRef(value);
  const findings = judgeEntity(withoutEmptyAnnotations(value), document);
  const problems = toOrdered([...document.problems, ...findings.problems], ref);
  const isRight = !problems.some(({ level }) => level === 'error');
  const verdict: Verdict = { document, ok: isRight && findings.reason === undefined, problems };
  if (ref === undefined) return verdict;
  return isRight && findings.entity
    ? { ...verdict, ref, shown: toValid(ref, findings.entity, findings, document) }
    : { ...verdict, ref };
}

type Findings = { entity?: Entity; reason?: string; references: Reference[]; problems: Problem[] };

function judgeEntity(value: Keyed, document: CatalogDocument): Findings {
  const { locate } = document;
  const subject = { value, locate, isIncomplete: document.problems.some(({ level }) => level === 'error') };
  const parsed = entitySchema.safeParse(value);
  const problems = parsed.success ? [] : toProblems(parsed.error.issues, subject);
  problems.push(...judgeRootKeys(value, locate), ...judgeAnnotations(value, locate));
  const { kind, apiVersion } = value;
  if (typeof kind !== 'string' || typeof apiVersion !== 'string') return { problems, references: [] };
  const row = findKind(kind);
  const byKind = judgeKind(subject, kind, apiVersion, row);
  const referred = judgeReferences(value, row, locate);
  problems.push(...byKind.problems, ...withoutDoubles(referred.problems, byKind.problems));
  problems.push(...judgeKeys(value, row, locate), ...judgeAllowed(document, kind, value));
  const findings: Findings = { problems, references: referred.references };
  if (byKind.reason !== undefined) findings.reason = byKind.reason;
  if (!parsed.success) return findings;
  const withheld = withhold(parsed.data, locate);
  return { ...findings, entity: withheld.entity, problems: [...problems, ...withheld.problems] };
}

function toValid(
  ref: RefText,
  entity: Entity,
  { references, reason }: Findings,
  document: CatalogDocument,
): ValidEntity {
  const { place, locate, changedAt, sources } = document;
  const valid: ValidEntity = { ref, entity, place, references, locate };
  if (changedAt !== undefined) valid.changedAt = changedAt;
  if (sources !== undefined) valid.sources = sources;
  if (reason !== undefined) valid.generic = reason;
  return valid;
}

function toOrdered(problems: readonly Problem[], entity: RefText | undefined): Problem[] {
  if (problems.length === 0) return [];
  const about = entity === undefined ? problems : problems.map((problem) => ({ ...problem, entity }));
  return about.toSorted((a, b) => comparePlaces(a.place, b.place));
}

// Backstage adds its own annotations first, and so replaces an `annotations:` key without a value.
function withoutEmptyAnnotations(value: Keyed): Keyed {
  const { metadata } = value;
  if (!isKeyed(metadata) || !Object.hasOwn(metadata, 'annotations') || metadata.annotations) return value;
  const { annotations: _empty, ...others } = metadata;
  return { ...value, metadata: others };
}

function judgeAllowed({ allows, locate }: CatalogDocument, kind: string, { spec }: Keyed): Problem[] {
  const type = isKeyed(spec) && typeof spec.type === 'string' ? { type: spec.type } : {};
  if (!allows || allows({ kind, ...type })) return [];
  return [toProblem('kind-not-allowed', { kind }, { place: locate(['kind']) })];
}

// A value that the schema has refused is not blamed once more for being no reference.
function withoutDoubles(faults: readonly Problem[], problems: readonly Problem[]): Problem[] {
  return faults.filter((fault) =>
    problems.every(({ level, place }) => level !== 'error' || comparePlaces(fault.place, place) !== 0),
  );
}
