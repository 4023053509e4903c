const longest = 2048;

/**
 * The path of this portal that a reader is sent back to; the portal's first page where a text is no such path. Whatever a
 * browser may read as another host, another path or another header is none.
 */
export function toReturnPath(text: string | undefined, top: string): string {
  return text !== undefined && isOwnPath(text, top) ? text : top;
}

function isOwnPath(text: string, top: string): boolean {
  if (text.length > longest || !/^[\x21-\x7e]+$/.test(text)) return false;
  if (!text.startsWith(top) || text.startsWith(`${top}auth/`)) return false;
  const [path = ''] = text.split(/[?#]/, 1);
  const isPlain = !/\/\/|\\|\.\.|\/\.(\/|$)|%(2e|2f|5c|25|0|1|7f)/i.test(path);
  return isPlain && !/\\|%(0|1|7f)/i.test(text) && isWellEncoded(text);
}

function isWellEncoded(text: string): boolean {
  try {
    return decodeURIComponent(text) !== '';
  } catch {
    return false;
  }
}
