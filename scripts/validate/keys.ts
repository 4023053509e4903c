import { z } from 'zod';
import { annotations, findAnnotation } from '#model/annotations/index.ts';
import { entitySchema, metadataSchema } from '#model/entity.ts';
import type { KindRow } from '#model/kinds/define.ts';
import { formatPath, type Place } from '#model/place.ts';
import { type Problem, toProblem } from '#model/problems.ts';
import { findNear, findNearKey } from '../suggest.ts';
import { isKeyed, type Keyed } from './document.ts';

type Locate = (path: readonly string[]) => Place;
type Misspelling = { path: string[]; near: string };

const rootKeys = Object.keys(entitySchema.shape);
const annotationKeys = annotations.map((row) => row.key);

/** Reports the keys that do not belong at the root of an entity. */
export function judgeRootKeys(value: Keyed, locate: Locate): Problem[] {
  const absent = rootKeys.filter((key) => !Object.hasOwn(value, key));
  return Object.keys(value)
    .filter((field) => !rootKeys.includes(field))
    .map((field) =>
      toProblem('foreign-root-field', { field, near: findNearKey(field, absent) }, { place: locate([field]) }),
    );
}

/** Reports the misspelt keys of metadata, annotations and spec; a key that is merely unknown is no problem. */
export function judgeKeys({ metadata, spec }: Keyed, row: KindRow, locate: Locate): Problem[] {
  const misspellings = [
    ...compare(metadata, metadataSchema, 'metadata'),
    ...compare(spec, row.spec, 'spec', { ...row.variant?.spec.shape, ...toFields(row) }),
    ...compareAnnotations(isKeyed(metadata) ? metadata.annotations : undefined),
  ];
  return misspellings.map(({ path, near }) =>
    toProblem('misspelt-key', { field: formatPath(path), near }, { place: locate(path) }),
  );
}

/** The keys that a kind reads references from, also those that Backstage does not know. */
const toFields = ({ relations }: KindRow) => Object.fromEntries(relations.map(({ field }) => [field, true]));

function compare(value: unknown, schema: z.ZodObject, parent: string, also: object = {}): Misspelling[] {
  if (!isKeyed(value)) return [];
  const unknown = Object.keys(value).filter((key) => !Object.hasOwn(schema.shape, key) && !Object.hasOwn(also, key));
  if (unknown.length === 0) return [];
  const meant = Object.keys(schema.shape).filter((key) => Object.hasOwn(value, key) || isOptional(schema, key));
  return unknown.flatMap((key) => toMisspelling([parent, key], findNearKey(key, meant)));
}

// A required key that is missing says itself what stands in its place, so its misspelling is not reported twice.
function isOptional(schema: z.ZodObject, key: string): boolean {
  return z.safeParse(schema.shape[key] ?? z.never(), undefined).success;
}

function compareAnnotations(written: unknown): Misspelling[] {
  const unknown = isKeyed(written) ? Object.keys(written).filter((key) => !findAnnotation(key)) : [];
  return unknown.flatMap((key) => toMisspelling(['metadata', 'annotations', key], findNear(key, annotationKeys)));
}

function toMisspelling(path: string[], near: string | undefined): Misspelling[] {
  return near === undefined ? [] : [{ path, near }];
}
