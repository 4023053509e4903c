export type ObjectType = 'blob' | 'tree' | 'commit' | 'tag';

/** An object as git keeps it. */
export type GitObject = { oid: string; type: ObjectType; bytes: Buffer };

/** What git says of an object without reading it. */
export type ObjectHeader = { oid: string; type: ObjectType; size: number };

export type TreeRow = { mode: string; name: string; oid: string; type: 'blob' | 'tree' | 'commit' };

const oidBytes = 20;

/** The rows of a tree object, in git's order. */
export function parseTree(bytes: Buffer): TreeRow[] {
  const rows: TreeRow[] = [];
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(0x20, at);
    const end = bytes.indexOf(0, space);
    const mode = bytes.toString('latin1', at, space).padStart(6, '0');
    const oid = bytes.toString('hex', end + 1, end + 1 + oidBytes);
    rows.push({ mode, name: bytes.toString('utf8', space + 1, end), oid, type: toRowType(mode) });
    at = end + 1 + oidBytes;
  }
  return rows;
}

function toRowType(mode: string): TreeRow['type'] {
  if (mode === '040000') return 'tree';
  return mode === '160000' ? 'commit' : 'blob';
}

export type Person = { name: string; email: string; date: string };

export type CommitText = { tree: string; parents: string[]; author: Person; committer: Person; message: string };

/** What a commit object says. */
export function parseCommit(bytes: Buffer): CommitText {
  const text = bytes.toString('utf8');
  const end = text.indexOf('\n\n');
  const rows = text.slice(0, end).split('\n');
  const list = (key: string) => rows.filter((row) => row.startsWith(`${key} `)).map((row) => row.slice(key.length + 1));
  return {
    tree: list('tree')[0] ?? '',
    parents: list('parent'),
    author: toPerson(list('author')[0] ?? ''),
    committer: toPerson(list('committer')[0] ?? ''),
    message: text.slice(end + 2),
  };
}

/** The object that an annotated tag stands for. */
export function findTagTarget(bytes: Buffer): string | undefined {
  return /^object ([0-9a-f]{40})$/m.exec(bytes.toString('utf8'))?.[1];
}

function toPerson(text: string): Person {
  const [, name = '', email = '', seconds = '0'] = /^(.*) <(.*)> (\d+) [+-]\d{4}$/.exec(text) ?? [];
  return { name, email, date: toDate(Number(seconds) * 1000) };
}

/** A moment as GitHub writes it: UTC, whole seconds. */
export function toDate(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
