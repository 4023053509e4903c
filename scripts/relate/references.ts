import { formatPath } from '#model/place.ts';
import { type Problem, toProblem } from '#model/problems.ts';
import type { RefText } from '#model/ref.ts';
import type { Reference, RelationType } from '#model/relations.ts';
import type { ValidEntity } from '#model/verdict.ts';
import { createRefIndex } from './ref-index.ts';

type Kept = ReadonlyMap<RefText, ValidEntity>;

/** Reports every reference that leads nowhere, back to its own entity, or to something deprecated. */
export function judgeReferences(kept: Kept, hidden: ReadonlySet<RefText> = new Set()): Problem[] {
  const findMeant = createRefIndex(kept);
  const judge = (entity: ValidEntity, { path, type, target }: Reference): Problem[] => {
    const field = formatPath(path);
    const where = () => ({ place: entity.locate(path), entity: entity.ref });
    if (hidden.has(target)) return [];
    if (target === entity.ref) return [toProblem('self-ref', { field, ref: target }, where())];
    const found = kept.get(target);
    if (!found) return [toProblem('dangling-ref', { field, ref: target, near: findMeant(target, type) }, where())];
    if (!reliesOnDeprecated(entity, type, found)) return [];
    return [toProblem('deprecated-in-use', { field, ref: target }, where())];
  };
  return [...kept.values()].flatMap((entity) => entity.references.flatMap((reference) => judge(entity, reference)));
}

const reliance: ReadonlySet<RelationType> = new Set(['dependsOn', 'consumesApi']);

const isDeprecated = ({ entity }: ValidEntity) => entity.spec?.lifecycle === 'deprecated';

function reliesOnDeprecated(entity: ValidEntity, type: RelationType, target: ValidEntity): boolean {
  return reliance.has(type) && isDeprecated(target) && !isDeprecated(entity);
}
