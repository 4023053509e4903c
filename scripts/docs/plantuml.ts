const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_';

/** The address at which a PlantUML server draws a source; it takes it deflated, in digits of six bits. */
export function toPlantumlAddress(server: string, source: string, deflate: (text: string) => Uint8Array): string {
  return `${server.replace(/\/+$/, '')}/svg/${encode(deflate(source))}`;
}

/** Three bytes are four digits; what lacks at the end is zero. */
function encode(bytes: Uint8Array): string {
  let out = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const three = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    for (const shift of [18, 12, 6, 0]) out += digits[(three >> shift) & 63];
  }
  return out;
}
