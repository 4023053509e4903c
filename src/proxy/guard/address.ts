/**
 * The address that a request is counted under. Of `X-Forwarded-For` only what our own proxies added is believed: the entry
 * that stands as many places from the right as there are proxies in front of us.
 */
export function toAddress(socket: string, forwarded: string | undefined, proxiesInFront: number): string {
  if (proxiesInFront < 1 || forwarded === undefined) return toNetwork(socket);
  const entries = forwarded.split(',').map((entry) => entry.trim());
  return toNetwork(entries[entries.length - proxiesInFront] || socket);
}

/** An IPv4 address as it is; of an IPv6 address the half that names a network, for a house has the other half to itself. */
function toNetwork(address: string): string {
  const plain = toPortless(address).replace(/^::ffff:(?=\d+\.)/, '');
  if (!plain.includes(':')) return plain.slice(0, 64);
  const [head = '', tail] = plain.split('%', 1)[0]?.split('::') ?? [];
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0');
  return `${[...front, ...zeros, ...back].slice(0, 4).join(':')}::/64`.slice(0, 64);
}

/** Some proxies add the port, which is another with every connection. */
function toPortless(address: string): string {
  return address
    .toLowerCase()
    .replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1')
    .replace(/^\[(.*)\](?::\d+)?$/, '$1');
}
