/** Keys that could reach the prototype of an object that later code builds. */
const forbiddenKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** Twice what a document may have by itself, because aliases can stand inside of each other. */
const maxDepth = 200;

export type Plain = {
  value: unknown;
  /** Forbidden keys that were left out. */
  forbidden: string[];
  /** Whether JSON keeps the value as it is. */
  isExact: boolean;
};

/** A copy of what a YAML document held, made of nothing but JSON's own types; keys of prototypes are left out. */
export function toPlain(source: unknown): Plain {
  const forbidden: string[] = [];
  let isExact = true;
  const open = new Set<object>();
  const toScalar = (value: unknown): unknown => {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number') {
      isExact &&= Number.isFinite(value) && !Object.is(value, -0);
      return value;
    }
    if (value instanceof Date) return value.toISOString();
    return value === undefined ? null : String(value);
  };
  const copy = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || value instanceof Date || ArrayBuffer.isView(value)) {
      return toScalar(value);
    }
    if (open.size >= maxDepth) throw new TypeError(`It is nested deeper than ${maxDepth} levels`);
    if (open.has(value)) throw new TypeError('An alias contains itself');
    open.add(value);
    const result = Array.isArray(value) ? value.map(copy) : copyEntries(value);
    open.delete(value);
    return result;
  };
  const copyEntries = (value: object): Record<string, unknown> => {
    const result: Record<string, unknown> = {};
    for (const [key, child] of toEntries(value)) {
      if (forbiddenKeys.has(key)) forbidden.push(key);
      else result[key] = copy(child);
    }
    return result;
  };
  return { value: copy(source), forbidden, isExact };
}

function toEntries(value: object): Iterable<[string, unknown]> {
  if (value instanceof Map) return [...value].map(([key, child]) => [String(key), child]);
  if (value instanceof Set) return [...value].map((key) => [String(key), null]);
  return Object.entries(value);
}
