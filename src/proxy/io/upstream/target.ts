import type { UpstreamQuestion } from '../../upstream.ts';
import { isLoopbackHost } from './addresses.ts';

/** Where an upstream is: an origin that never changes, and the path that every path begins with. */
export type Target = { origin: string; prefix: string; isLoopback: boolean };

/** Which addresses may be spoken to in plain http: none, this machine's own, or those that the operator named as `host:port`. */
export type PlainHttp = { allowLoopback: boolean; plainHttp?: ReadonlySet<string> | undefined };

/** Finds where an upstream is; nothing where its address must not be used: not https, or with a name and password in it. */
export function findTarget(url: string, { allowLoopback, plainHttp }: PlainHttp): Target | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, host, hostname, username, password, origin, pathname } = new URL(url);
  const isLoopback = isLoopbackHost(hostname);
  const isPlain = protocol === 'http:' && ((isLoopback && allowLoopback) || plainHttp?.has(host) === true);
  if ((protocol !== 'https:' && !isPlain) || username !== '' || password !== '') return undefined;
  return { origin, prefix: pathname.replace(/\/+$/, ''), isLoopback };
}

/** A path as we write them: from the root, of characters that need no encoding. */
const aPath = /^(\/([\w.~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})+)*\/?$/;

/** Whether a path, however it is encoded, stays where it is: no `.` and `..`, nothing that is encoded twice. */
function isStraight(path: string): boolean {
  try {
    const decoded = decodeURIComponent(path);
    const isPlain = !/%(2e|2f|5c|25|00)|\p{Cc}/iu.test(decoded);
    return isPlain && decoded.split(/[\\/]/).every((part) => part !== '.' && part !== '..');
  } catch {
    return false;
  }
}

/** A tag of a page or a name that an upstream gave us may be part of a query: one that is absurd is not sent back. */
const longestQuery = 65_536;

/** Finds what is asked for, path and query; nothing where the path would lead elsewhere. */
export function findPath(target: Target, question: Pick<UpstreamQuestion, 'path' | 'query'>): string | undefined {
  const { path, query = [] } = question;
  if (path === '' || path.length > 4096 || !aPath.test(path) || !isStraight(path)) return undefined;
  const search = new URLSearchParams(query.map(([name, value]) => [name, value])).toString();
  if (search.length > longestQuery) return undefined;
  return `${target.prefix}${path}${search && '?'}${search}`;
}
