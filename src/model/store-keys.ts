/** What a bucket takes at most. */
const longestKey = 1024;

/** A part of a key that names one file or folder wherever it is kept, and cannot lead anywhere else. */
const isPlainPart = (part: string) => part !== '' && part !== '.' && part !== '..' && !/[\\\p{Cc}]/u.test(part);

/** Whether a text can be the key of a file: a path without a slash at its ends, of plain parts, not too long. */
export function isStoreKey(key: string): boolean {
  return key.isWellFormed() && new TextEncoder().encode(key).length <= longestKey && key.split('/').every(isPlainPart);
}
