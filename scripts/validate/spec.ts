import { z } from 'zod';
import type { KindRow } from '#model/kinds/define.ts';
import { genericKind, kinds } from '#model/kinds/index.ts';
import { type Problem, toProblem } from '#model/problems.ts';
import { findNear } from '../suggest.ts';
import { isKeyed, type Keyed, type Subject } from './document.ts';
import { toProblems } from './issues.ts';

/** What a kind has to say of a document; `reason` is there when Backstage refuses what is shown all the same. */
export type KindVerdict = { problems: Problem[]; reason?: string };

// The path of an issue begins at the document, so each schema is wrapped once, when the program starts.
const around = (spec: z.ZodObject) => z.looseObject({ spec });
const wrapped = new Map(
  kinds.map((row) => [row, { usual: around(row.spec), variant: row.variant && around(row.variant.spec) }]),
);

const kindNames = kinds.map((row) => row.kind);

/** Judges what a document owes to its kind. An unknown kind owes nothing and is shown as it is. */
export function judgeKind(subject: Subject, kind: string, apiVersion: string, row: KindRow): KindVerdict {
  const { locate } = subject;
  if (row === genericKind || row.kind !== kind) {
    const near = row === genericKind ? findNear(kind, kindNames) : row.kind;
    return toShown(toProblem('unknown-kind', { kind, apiVersion, near }, { place: locate(['kind']) }));
  }
  if (!row.apiVersions.includes(apiVersion)) {
    const known = row.apiVersions[0] ?? '';
    return toShown(toProblem('unknown-api-version', { kind, apiVersion, known }, { place: locate(['apiVersion']) }));
  }
  return judgeSpec(subject, row);
}

function judgeSpec(subject: Subject, row: KindRow): KindVerdict {
  const { value, locate } = subject;
  const schemas = wrapped.get(row);
  const usual = schemas?.usual.safeParse(value);
  if (usual === undefined || usual.success) return row.beyond ? toBeyond(row.beyond, locate) : { problems: [] };
  const variant = schemas?.variant?.safeParse(value);
  if (variant?.success && row.variant) return toBeyond(row.variant.beyond, locate);
  if (hasOnlyOwners(value, row) && schemas?.usual.safeParse(withOwner(value)).success)
    return toBeyond(ownersReason, locate);
  const isVariant = variant && !variant.error?.issues.some(({ path }) => path.length < 2 || path[1] === 'type');
  const { issues } = (isVariant && variant.error) || usual.error;
  return { problems: toProblems(issues, subject) };
}

const ownersReason = 'Backstage demands one `owner` beside the list `owners`.';

/** Whether an entity that should have an owner names several and no first one. */
function hasOnlyOwners({ spec }: Keyed, { relations }: KindRow): boolean {
  const takes = (name: string) => relations.some(({ field }) => field === name);
  if (!takes('owners') || !isKeyed(spec) || Object.hasOwn(spec, 'owner')) return false;
  return Array.isArray(spec.owners) && spec.owners.some((each) => typeof each === 'string' && each !== '');
}

const withOwner = (value: Keyed): Keyed => ({
  ...value,
  spec: { ...(isKeyed(value.spec) ? value.spec : {}), owner: 'x' },
});

function toBeyond(reason: string, locate: Subject['locate']): KindVerdict {
  return toShown(toProblem('beyond-default-engine', { reason }, { place: locate(['kind']) }));
}

function toShown(problem: Problem): KindVerdict {
  return { problems: [problem], reason: problem.what };
}
