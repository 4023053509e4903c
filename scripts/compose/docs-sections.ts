import type { DocsEntry } from '#model/docs.ts';

const found = new WeakMap<DocsEntry, ReadonlySet<string>>();

/**
 * The addresses of the pages below an entry of a navigation, in its order. They are found once an entry, which never
 * changes: every page of a tree asks this of every section, so looking again would cost the square of the tree.
 */
export function listBelow(entry: DocsEntry): ReadonlySet<string> {
  const known = found.get(entry);
  if (known) return known;
  const { entries = [] } = entry;
  const below = new Set(
    entries.flatMap((inner) => [...(inner.address === undefined ? [] : [inner.address]), ...listBelow(inner)]),
  );
  found.set(entry, below);
  return below;
}
