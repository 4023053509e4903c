/** FNV-1a of a text in UTF-8, 64 bits as 16 hex digits: the same for the same text. It compares, and proves nothing. */
export function toFnv64(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text))
    hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  return hash.toString(16).padStart(16, '0');
}
