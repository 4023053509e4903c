/**
 * Entity references, `[kind:][namespace/]name`, as Backstage reads them: the first `:` before the first `/` ends the
 * kind, the first `/` ends the namespace, nothing is trimmed, and case does not matter.
 */
export type Ref = { kind: string; namespace: string; name: string };

/** A reference in its one canonical spelling, lower case with all three parts: `component:default/checkout`. */
export type RefText = string;

export const defaultNamespace = 'default';

/** What a reference may leave out, taken from the entity that holds it. */
export type RefContext = { kind?: string; namespace?: string };

export type ParsedRef = { value: Ref; fault?: undefined } | { value?: undefined; fault: 'empty-part' | 'no-kind' };

/** Reads a reference; parts that are left out come from `context`, the namespace at last from `default`. */
export function parseRef(text: string, context: RefContext = {}): ParsedRef {
  const slash = text.indexOf('/');
  const colon = text.indexOf(':');
  const hasKind = colon >= 0 && (slash < 0 || colon < slash);
  const afterKind = hasKind ? colon + 1 : 0;
  const hasNamespace = slash >= 0;
  const kind = hasKind ? text.slice(0, colon) : context.kind;
  const namespace = hasNamespace ? text.slice(afterKind, slash) : (context.namespace ?? defaultNamespace);
  const name = text.slice(hasNamespace ? slash + 1 : afterKind);
  if (kind === undefined) return { fault: 'no-kind' };
  if (kind === '' || namespace === '' || name === '') return { fault: 'empty-part' };
  return { value: { kind, namespace, name } };
}

/** The canonical spelling of a reference. */
export function formatRef(ref: Ref): RefText {
  return `${ref.kind}:${ref.namespace}/${ref.name}`.toLowerCase();
}

/** The parts of a canonical spelling (`formatRef` made it, so all three are there). */
export function toRef(text: RefText): Ref {
  const colon = text.indexOf(':');
  const slash = text.indexOf('/', colon);
  return { kind: text.slice(0, colon), namespace: text.slice(colon + 1, slash), name: text.slice(slash + 1) };
}
