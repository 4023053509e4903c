import type { AnnotationRow } from '#model/annotations/define.ts';
import { findAnnotation, isSecretName } from '#model/annotations/index.ts';
import type { Place } from '#model/place.ts';
import { type Problem, toProblem } from '#model/problems.ts';
import { isKeyed, type Keyed } from './document.ts';

type Locate = (path: readonly string[]) => Place;

/** What is wrong with the well-known annotations of a document. The value of a credential is never repeated. */
export function judgeAnnotations({ metadata }: Keyed, locate: Locate): Problem[] {
  const written = isKeyed(metadata) && isKeyed(metadata.annotations) ? metadata.annotations : {};
  return Object.entries(written).flatMap(([key, value]) => {
    const row = findAnnotation(key);
    if (!row || typeof value !== 'string' || isSecretName(value)) return [];
    return judgeAnnotation(row, value, () => ({ place: locate(['metadata', 'annotations', key]) }));
  });
}

function judgeAnnotation(row: AnnotationRow, value: string, where: () => { place: Place }): Problem[] {
  const { key: annotation, withheld, deprecated, schema, expects } = row;
  if (withheld) return [toProblem('secret-in-clear', { annotation, instead: withheld.instead }, where())];
  if (deprecated) return [toProblem('deprecated-annotation', { annotation, instead: deprecated }, where())];
  // What a template still has to fill in is judged when it has.
  if (value.includes('{{') || schema.safeParse(value).success) return [];
  return [toProblem('bad-annotation', { annotation, value, expects }, where())];
}
