/** True where the client asks for bytes as they are, and not for JSON. */
export const wantsRaw = (accept: string | undefined): boolean =>
  /application\/vnd\.github(\.v3)?\.raw/.test(accept ?? '');

/** Base64 in lines, as GitHub writes it. */
export const toBase64Lines = (bytes: Buffer): string => bytes.toString('base64').replace(/.{60}/g, '$&\n');
