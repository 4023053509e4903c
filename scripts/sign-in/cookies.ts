/** What the cookie of a session is called. */
export const sessionName = 'portolan-session';

/** A cookie of ours: where it is spoken over https, its name says that no other host and no plain http can have set it. */
export type CookieKind = { isSecure: boolean };

/** The name under which a browser keeps a cookie. */
export function toCookieName(name: string, { isSecure }: CookieKind): string {
  return isSecure ? `__Host-${name}` : name;
}

/** The header that sets a cookie for so many seconds. `__Host-` asks for the path `/`, also below a base. */
export function toSetCookie(name: string, value: string, seconds: number, { isSecure }: CookieKind): string {
  const parts = [`${name}=${value}`, 'Path=/', `Max-Age=${seconds}`, 'HttpOnly', 'SameSite=Lax'];
  return [...parts, ...(isSecure ? ['Secure'] : [])].join('; ');
}

/** The header that takes a cookie away. */
export function toClearedCookie(name: string, kind: CookieKind): string {
  return toSetCookie(name, '', 0, kind);
}

/** The cookies of a request. A name that is given twice is left out: nobody can tell whose value is ours. */
export function parseCookies(header: string | undefined): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const twice = new Set<string>();
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at < 1) continue;
    const name = part.slice(0, at).trim();
    if (found.has(name)) twice.add(name);
    found.set(name, part.slice(at + 1).trim());
  }
  return new Map([...found].filter(([name]) => !twice.has(name)));
}
