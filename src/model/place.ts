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
