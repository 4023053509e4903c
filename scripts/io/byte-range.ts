/** The bytes of a file that are asked for, both ends included; `unsatisfiable` where it has none of them. */
export type ByteRange = { start: number; end: number } | 'unsatisfiable';

/**
 * Reads a `Range` header for a file of so many bytes (RFC 9110, 14.2). Nothing where the whole file is the right answer: no
 * range of bytes, several ranges, or a text that is none.
 */
export function findRange(header: string | undefined, size: number): ByteRange | undefined {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/i.exec(header?.trim() ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  if (first === '') return toSuffix(Number(last), size);
  const [start, end] = [Number(first), last === '' ? size - 1 : Number(last)];
  if (last !== '' && end < start) return undefined;
  return start < size ? { start, end: Math.min(end, size - 1) } : 'unsatisfiable';
}

function toSuffix(length: number, size: number): ByteRange {
  return length === 0 || size === 0 ? 'unsatisfiable' : { start: Math.max(0, size - length), end: size - 1 };
}

/** Whether a range may be answered: `If-Range` is absent, or names the very bytes that are here. A date names none. */
export function isRangeWanted(ifRange: string | undefined, tag: string): boolean {
  return ifRange === undefined || ifRange.trim() === tag;
}

/** Whether a browser has the bytes that a tag names already. */
export function isKnown(ifNoneMatch: string | undefined, tag: string): boolean {
  const seen = ifNoneMatch?.split(',').map((one) => one.trim().replace(/^W\//, '')) ?? [];
  return seen.includes(tag) || seen.includes('*');
}
