import type { CatalogDocument } from '#model/catalog.ts';
import type { KindRow } from '#model/kinds/define.ts';
import { genericKind } from '#model/kinds/index.ts';
import { formatPath } from '#model/place.ts';
import { type Problem, toProblem } from '#model/problems.ts';
import { parseReferences, type Reference, type ReferenceFault } from '#model/relations.ts';
import { isKeyed, type Keyed } from './document.ts';

/** Reads what a document refers to. A kind that is not known promises no references, so none of them is wrong. */
export function judgeReferences({ spec, metadata }: Keyed, row: KindRow, locate: CatalogDocument['locate']) {
  const none: { references: Reference[]; problems: Problem[] } = { references: [], problems: [] };
  if (!isKeyed(spec) || !isKeyed(metadata)) return none;
  const namespace = typeof metadata.namespace === 'string' ? metadata.namespace : undefined;
  const { references, faults } = parseReferences(spec, row.relations, namespace || undefined);
  if (row === genericKind) return { references, problems: [] };
  return {
    references,
    problems: [...judgeOwners(spec, locate), ...faults.map((fault) => toRefProblem(fault, locate))],
  };
}

/** Several owners are an extension, so they are told of, and nothing in them is an error. */
function judgeOwners({ owners }: Keyed, locate: CatalogDocument['locate']): Problem[] {
  return owners ? [toProblem('owners-beyond', {}, { place: locate(['spec', 'owners']) })] : [];
}

function toRefProblem({ path, text, fault }: ReferenceFault, locate: CatalogDocument['locate']): Problem {
  const field = formatPath(path);
  const where = { place: locate(path) };
  if (path[1] === 'owners') return toProblem('bad-owner', { field, text }, where);
  if (fault !== 'no-kind') return toProblem('bad-ref', { field, text }, where);
  return toProblem('kindless-ref', { field, text, ideas: [`component:${text}`, `resource:${text}`] }, where);
}
