/** The files of a repository as the renderer sees them: paths with `/`, from the root, nothing outside. */
export type DocsTree = {
  listFiles(): readonly string[];
  readText(path: string): string | undefined;
  readBytes(path: string): Uint8Array | undefined;
};

/** Joins paths and resolves `.` and `..`; nothing when that leads out of the tree. */
export function joinPath(...parts: string[]): string | undefined {
  const out: string[] = [];
  for (const part of parts.flatMap((one) => one.split('/'))) {
    if (part === '' || part === '.') continue;
    if (part !== '..') out.push(part);
    else if (out.pop() === undefined) return undefined;
  }
  return out.join('/');
}

/** The folder of a path; empty at the root. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

/** The way from one folder to a path, as a relative link has it. */
export function relativePath(fromFolder: string, to: string): string {
  const from = fromFolder === '' ? [] : fromFolder.split('/');
  const target = to.split('/');
  let same = 0;
  while (same < from.length && same < target.length - 1 && from[same] === target[same]) same++;
  const up = from.slice(same).map(() => '..');
  return [...up, ...target.slice(same)].join('/') || './';
}
