/** Where something was written. Lines and columns count from 1, as editors do. */
export type Place = {
  /** The repository's id, as in `Repository.id`; empty for a file that belongs to none (the portal's own configuration). */
  repository: string;
  /** Path inside the repository, `/` between its parts, no leading slash. */
  path: string;
  line: number;
  column: number;
};

/** `checkout/catalog-info.yaml:12:3`, as compilers write it. */
export function formatPlace(place: Place): string {
  const file = place.repository === '' ? place.path : `${place.repository}/${place.path}`;
  return `${file}:${place.line}:${place.column}`;
}

/** `spec.steps[2].id`: a path inside a document, as people write it. */
export function formatPath(path: readonly (string | number)[]): string {
  return path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('');
}

/** Sorts by file, line and column; what has no place comes first. */
export function comparePlaces(a: Place | undefined, b: Place | undefined): number {
  if (!a || !b) return Number(Boolean(a)) - Number(Boolean(b));
  return (
    compareText(a.repository, b.repository) || compareText(a.path, b.path) || a.line - b.line || a.column - b.column
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
