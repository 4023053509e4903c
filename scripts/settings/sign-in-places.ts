import { isLoopbackName } from '#model/loopback.ts';
import { urlSchema } from './schema.ts';
import type { SectionReader } from './sections.ts';
import { signInSchema } from './sign-in-schema.ts';
import type { Tell } from './sign-in-tell.ts';

/** Whether nobody on the way can read or change what is sent to an address. */
export function isSafeAddress(url: string, isInsecure: boolean): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || (isInsecure && isLoopbackName(hostname));
}

/** The exact addresses that the provider leads back to: as they are written, else below the portal's own address. */
export function listRedirectUris(
  reader: SectionReader,
  base: string | undefined,
  isInsecure: boolean,
  tell: Tell,
): string[] {
  const isGiven = reader.findTree('portal.signIn.redirectUris') !== undefined;
  const uris = isGiven ? reader.find('portal.signIn.redirectUris', signInSchema.redirectUris) : findUsual(reader, base);
  if (!uris) {
    tell('redirectUris', 'is missing or wrong, and without it nobody can come back from signing in');
    return [];
  }
  for (const uri of uris) {
    const { pathname } = new URL(uri);
    if (!isSafeAddress(uri, isInsecure)) tell('redirectUris', `holds \`${uri}\`, which must be https`);
    if (base !== undefined && pathname !== `${toTop(base)}auth/callback`)
      tell('redirectUris', `holds \`${uri}\`, which must end in \`${toTop(base)}auth/callback\``);
  }
  return uris.map((uri) => new URL(uri).href);
}

const toTop = (base: string) => (base.endsWith('/') ? base : `${base}/`);

function findUsual(reader: SectionReader, base: string | undefined): string[] | undefined {
  const url = reader.find('app.baseUrl', urlSchema);
  if (url === undefined) return undefined;
  const { origin, pathname } = new URL(url);
  return [`${origin}${toTop(base ?? pathname)}auth/callback`];
}
