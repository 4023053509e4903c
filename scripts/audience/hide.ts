import type { Entity } from '#model/entity.ts';
import { hiddenWords, toHiddenRef } from '#model/hidden.ts';
import { formatRef, parseRef, type RefText, toRef } from '#model/ref.ts';
import type { Reference } from '#model/relations.ts';
import type { ValidEntity } from '#model/verdict.ts';
import type { Recogniser } from './recognise.ts';

type Tools = Pick<Recogniser, 'isHidden' | 'isHiddenRef'>;
type IsHiddenRef = Recogniser['isHiddenRef'];

/** A longer text is prose or a definition, and its author's own words. */
const longestValue = 500;

/**
 * A visible entity as it may be shown: what its keys refer to and may not be seen is replaced, annotations and links that
 * lead there are gone. Prose stays as it was written.
 */
export function hideIn(valid: ValidEntity, tools: Tools): ValidEntity {
  const references = valid.references.map((reference) => hideReference(reference, tools.isHiddenRef));
  const replaced = references.flatMap((reference, at) =>
    reference === valid.references[at] ? [] : [{ path: reference.path, marker: reference.target }],
  );
  const { repository } = valid.place;
  const isHidden = (text: string) => tools.isHidden(text, repository);
  const { metadata, hiddenAnnotations } = hideMetadata(valid, isHidden, tools.isHiddenRef);
  const spec = hideSpec(valid.entity.spec, replaced, isHidden);
  return {
    ...valid,
    references,
    entity: { ...valid.entity, metadata, ...(spec && { spec }) },
    ...(hiddenAnnotations.length > 0 && { hiddenAnnotations }),
  };
}

function hideReference(reference: Reference, isHiddenRef: IsHiddenRef): Reference {
  const { type, target } = reference;
  return isHiddenRef(target) ? { ...reference, target: toHiddenRef(target, type) } : reference;
}

function hideMetadata(
  { entity: { metadata }, ref }: ValidEntity,
  isHidden: (text: string) => boolean,
  isHiddenRef: IsHiddenRef,
): { metadata: Entity['metadata']; hiddenAnnotations: string[] } {
  const { annotations, links } = metadata;
  const isLeading = ([key, value]: [string, string]) =>
    isHidden(value) ||
    (key.endsWith('-entity') && isShortRef(value, ref, isHiddenRef)) ||
    (key === 'github.com/team-slug' && isTeam(value, isHiddenRef));
  const hiddenAnnotations = Object.entries(annotations ?? {})
    .filter(isLeading)
    // The path inside of something says what is in it.
    .flatMap(([key]) => [key, ...(Object.hasOwn(annotations ?? {}, `${key}-path`) ? [`${key}-path`] : [])])
    .toSorted();
  const kept = Object.entries(annotations ?? {}).filter(([key]) => !hiddenAnnotations.includes(key));
  return {
    hiddenAnnotations,
    metadata: {
      ...metadata,
      ...(annotations && { annotations: Object.fromEntries(kept) }),
      ...(links && { links: links.filter(({ url }) => !isHidden(url)) }),
    },
  };
}

/** An annotation such as `backstage.io/techdocs-entity` may leave out the kind and the namespace. */
function isShortRef(value: string, from: RefText, isHiddenRef: IsHiddenRef): boolean {
  const { value: found } = parseRef(value.trim(), { kind: 'component', namespace: toRef(from).namespace });
  return found !== undefined && isHiddenRef(formatRef(found));
}

/** A team as its forge names it, `organisation/team`, is the group of that name. */
function isTeam(value: string, isHiddenRef: IsHiddenRef): boolean {
  const name = value.trim().toLowerCase().split('/').at(-1) ?? '';
  return name !== '' && isHiddenRef(formatRef({ kind: 'group', namespace: 'default', name }));
}

type Spec = NonNullable<Entity['spec']>;
type Replaced = { path: readonly (string | number)[]; marker: RefText };

function hideSpec(spec: Spec | undefined, replaced: readonly Replaced[], isHidden: (text: string) => boolean) {
  if (spec === undefined) return undefined;
  const markers = new Map(replaced.map(({ path, marker }) => [JSON.stringify(path), marker]));
  const hide = (value: unknown, path: readonly (string | number)[]): unknown => {
    const marker = markers.size > 0 ? markers.get(JSON.stringify(path)) : undefined;
    if (marker !== undefined) return marker;
    // A definition is its author's own text, in however many pieces it was read.
    if (path.length === 2 && path[1] === 'definition') return value;
    if (typeof value === 'string') return isValue(value) && isHidden(value) ? hiddenWords : value;
    if (value === null || typeof value !== 'object') return value;
    return Array.isArray(value) ? value.map((child, at) => hide(child, [...path, at])) : hideKeys(value, path);
  };
  const hideKeys = (value: object, path: readonly (string | number)[]): Spec => {
    const entries = Object.entries(value).map(([key, child]) => [key, hide(child, [...path, key])] as const);
    return Object.fromEntries(
      entries.map(([key, child]) => [isValue(key) && isHidden(key) ? hiddenWords : key, child]),
    );
  };
  return hideKeys(spec, ['spec']);
}

const isValue = (text: string) => text.length <= longestValue && !/\S\s+\S/.test(text.replace(/^(?:url|dir):\s*/, ''));
