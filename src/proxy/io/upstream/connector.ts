import { type LookupAddress, type LookupOptions, lookup as lookupBySystem } from 'node:dns';
import { isIP, type LookupFunction, type Socket } from 'node:net';
import { buildConnector } from 'undici';
import type { Cluster } from '../../settings.ts';
import { isAllowedAddress } from './addresses.ts';

/** Finds all addresses of a host. */
export type Lookup = (
  hostname: string,
  options: LookupOptions & { all: true },
  answer: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

export type ConnectorOptions = Partial<Pick<Cluster, 'ca' | 'skipTlsVerify'>> & {
  allowLoopback: boolean;
  /** How long a connection may take to come about, in milliseconds. */
  timeout: number;
  lookup?: Lookup;
};

const forbiddenAddress = () => Object.assign(new Error('This address is not allowed.'), { code: 'EFORBIDDENADDRESS' });

/**
 * Looks names up and answers only with addresses that are allowed. It stands in the connection itself, so the address that was
 * judged is the address that is connected to, whatever the name says a moment later.
 */
function createLookup(isAllowed: (address: string) => boolean, lookup: Lookup): LookupFunction {
  return (hostname, options, answer) =>
    lookup(hostname, { ...options, all: true }, (error, found) => {
      const [first, ...others] = error ? [] : found.filter(({ address }) => isAllowed(address));
      if (!first) answer(error ?? forbiddenAddress(), options.all ? [] : '');
      else if (options.all) answer(null, [first, ...others]);
      else answer(null, first.address, first.family);
    });
}

/** Makes what opens connections to one upstream: TLS as its operator says, and never to an address that is not allowed. */
export function createConnector(options: ConnectorOptions): buildConnector.connector {
  const isAllowed = (address: string) => isAllowedAddress(address, options.allowLoopback);
  const connect = buildConnector({
    allowH2: false,
    timeout: options.timeout,
    rejectUnauthorized: options.skipTlsVerify !== true,
    ...(options.ca !== undefined && { ca: options.ca }),
    lookup: createLookup(isAllowed, options.lookup ?? lookupBySystem),
  });
  return (target, answer) => {
    const literal = target.hostname.replace(/^\[|\]$/g, '');
    if (isIP(literal) !== 0 && !isAllowed(literal)) answer(forbiddenAddress(), null);
    else connect(target, (...[error, socket]) => judge(error, socket, isAllowed, answer));
  };
}

/** Looks once more at where a connection really leads. */
function judge(
  error: Error | null,
  socket: Socket | null,
  isAllowed: (address: string) => boolean,
  answer: buildConnector.Callback,
): void {
  if (!socket) answer(error ?? forbiddenAddress(), null);
  else if (isAllowed(socket.remoteAddress ?? '')) answer(null, socket);
  else {
    socket.destroy();
    answer(forbiddenAddress(), null);
  }
}
