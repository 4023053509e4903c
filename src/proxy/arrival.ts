import type { Claims } from './identity.ts';

/** The headers of a request that are ever read, besides the one that an assertion stands in. All others are dropped. */
export const readHeaders = [
  'content-length',
  'transfer-encoding',
  'host',
  'sec-fetch-site',
  'x-forwarded-for',
  'if-none-match',
] as const;

/** A request as it came in, before anything of it is understood. */
export type Arrival = {
  method: string;
  /** The target of the request line, untouched. */
  target: string;
  /** The address at the other end of the socket. */
  address: string;
  /** The value of a header that is read; nothing for any other. */
  findHeader: (name: string) => string | undefined;
  /** Who asks, as the gate before us found out. */
  claims?: Claims | undefined;
};

/** What the server that carries the application knows of a request beyond its parsed form. */
export type Carried = { target?: string; address?: string; claims?: Claims | undefined };

/** Narrows a request to what is read of it. */
export function toArrival(request: Request, carried: Carried, names: ReadonlySet<string>): Arrival {
  return {
    method: request.method,
    target: carried.target ?? toTarget(request.url),
    address: carried.address ?? '',
    claims: carried.claims,
    findHeader: (name) => (names.has(name) ? (request.headers.get(name) ?? undefined) : undefined),
  };
}

function toTarget(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}
