/** What a request's address means: a path of the site, or the status that refuses it. */
type SitePath = { segments: string[]; isFolder: boolean } | { status: 400 | 404 | 414 };

const longestAddress = 2048;

/** True for a segment that names a file or folder and cannot lead anywhere else, here or on Windows. */
function isPlainSegment(segment: string): boolean {
  return segment !== '' && segment !== '.' && segment !== '..' && !/[/\\:\0]/.test(segment);
}

/** Splits a path into decoded segments; undefined when an escape is broken. */
function findSegments(path: string): string[] | undefined {
  try {
    return path.split('/').map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

/** Reads the address of a request, `/a/b%20c/?q`, below `base` (which begins and ends with a slash). */
export function parseSitePath(address: string, base: string): SitePath {
  if (address.length > longestAddress) return { status: 414 };
  const path = address.replace(/[?#].*$/s, '');
  if (`${path}/` === base) return { segments: [], isFolder: false };
  if (!path.startsWith(base)) return { status: path.startsWith('/') ? 404 : 400 };
  const rest = path.slice(base.length);
  const isFolder = rest === '' || rest.endsWith('/');
  const segments = rest === '' ? [] : findSegments(isFolder ? rest.slice(0, -1) : rest);
  return segments?.every(isPlainSegment) ? { segments, isFolder } : { status: 400 };
}

/** The address of a folder of the site, with the query of the request, if any. */
export function toFolderAddress(segments: readonly string[], base: string, address: string): string {
  const query = /\?[^#]*/.exec(address)?.[0] ?? '';
  return `${base}${segments.map((segment) => `${encodeURIComponent(segment)}/`).join('')}${query}`;
}
