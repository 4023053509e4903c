/** What one object of `git cat-file --batch` is: its bytes, or that it has too many of them. */
export type BatchObject = { oid: string; bytes: Uint8Array | undefined };

/** Reads what `git cat-file --batch` prints, as it comes: `<oid> <type> <size>`, the bytes, a line feed. */
export function createBatchReader(limit: number, take: (found: BatchObject) => void): (chunk: Uint8Array) => void {
  let header = '';
  let open: { oid: string; left: number; parts: Uint8Array[]; isLarge: boolean } | undefined;
  const begin = (line: string) => {
    const [, oid, size] = /^([0-9a-f]+) [a-z]+ (\d+)$/.exec(line) ?? [];
    if (oid === undefined) return;
    open = { oid, left: Number(size) + 1, parts: [], isLarge: Number(size) > limit };
  };
  const readBody = (chunk: Uint8Array): Uint8Array => {
    if (open === undefined) return chunk;
    const part = chunk.subarray(0, open.left);
    if (!open.isLarge) open.parts.push(part);
    open.left -= part.length;
    if (open.left === 0) {
      take({ oid: open.oid, bytes: open.isLarge ? undefined : join(open.parts) });
      open = undefined;
    }
    return chunk.subarray(part.length);
  };
  const readHeader = (chunk: Uint8Array): Uint8Array => {
    const end = chunk.indexOf(lineFeed);
    header += new TextDecoder().decode(end < 0 ? chunk : chunk.subarray(0, end));
    if (end < 0) return new Uint8Array();
    begin(header);
    header = '';
    return chunk.subarray(end + 1);
  };
  return (chunk) => {
    for (let rest = chunk; rest.length > 0; ) rest = open === undefined ? readHeader(rest) : readBody(rest);
  };
}

const lineFeed = 10;

/** The parts in one piece, without the line feed after them. */
function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole.subarray(0, -1);
}
