/** The folder of a path, without a trailing slash; empty for a file at the top. */
export function toFolder(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** The last part of a path. */
export function toFileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/**
 * Finds the path that `target` names when it is written in a file of `folder`: a leading `/` starts at the top of the
 * tree, `.` and `..` are resolved. Undefined when it would leave the tree or cannot be a path.
 */
export function findPath(folder: string, target: string): string | undefined {
  if (target.includes('\0') || target.includes('\\')) return undefined;
  const parts: string[] = [];
  for (const part of (target.startsWith('/') ? target : `${folder}/${target}`).split('/')) {
    if (part === '..' && parts.pop() === undefined) return undefined;
    if (part !== '' && part !== '.' && part !== '..') parts.push(part);
  }
  return parts.join('/');
}

/** A part of an address without its percent signs; one that is not well-formed stays as it is. */
export function toDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
