import { BlockList, isIP } from 'node:net';

/**
 * Where no upstream lives: link-local, metadata services of clouds, multicast and what stands for no address, also as IPv6 writes
 * IPv4 addresses. Private ranges are not in it, because clusters live there.
 */
const forbidden = [
  ['0.0.0.0', 8],
  ['169.254.0.0', 16],
  ['100.100.100.200', 32],
  ['168.63.129.16', 32],
  ['192.0.0.192', 32],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;
const forbiddenSix = [
  ['::', 128],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
  ['fd00:ec2::', 32],
  ['fd20:ce::', 32],
] as const;
const loopback = [['127.0.0.0', 8]] as const;
const loopbackSix = [['::1', 128]] as const;

/** Prefixes of 96 bits under which an IPv6 address carries one of IPv4; Node itself knows the one that is in common use. */
const carriers = ['64:ff9b::', '64:ff9b:1::', '::', '::ffff:0:'];

type Subnet = readonly [string, number];

function toBlockList(four: readonly Subnet[], six: readonly Subnet[]): BlockList {
  const list = new BlockList();
  for (const [address, bits] of four) {
    list.addSubnet(address, bits, 'ipv4');
    for (const carrier of carriers) list.addSubnet(`${carrier}${address}`, 96 + bits, 'ipv6');
    list.addSubnet(toSixToFour(address), 16 + bits, 'ipv6');
  }
  for (const [address, bits] of six) list.addSubnet(address, bits, 'ipv6');
  return list;
}

/** The network of IPv6 that 6to4 makes of an address. */
function toSixToFour(address: string): string {
  const hex = address.split('.').map((part) => Number(part).toString(16).padStart(2, '0'));
  return `2002:${hex[0]}${hex[1]}:${hex[2]}${hex[3]}::`;
}

const loopbackList = toBlockList(loopback, loopbackSix);
const forbiddenList = toBlockList(forbidden, forbiddenSix);

function isIn(list: BlockList, address: string): boolean {
  const [plain = ''] = address.replace(/^\[|\]$/g, '').split('%');
  const version = isIP(plain);
  return version !== 0 && list.check(plain, version === 6 ? 'ipv6' : 'ipv4');
}

/** Whether an address is this machine itself. */
function isLoopback(address: string): boolean {
  return isIn(loopbackList, address);
}

/** Whether a connection to an address is allowed; a name is no address. */
export function isAllowedAddress(address: string, allowLoopback: boolean): boolean {
  if (isIP(address.split('%')[0] ?? '') === 0) return false;
  return isLoopback(address) ? allowLoopback : !isIn(forbiddenList, address);
}

/** Whether a host, as an address names it, is this machine by what is written, without asking anybody. */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || isLoopback(hostname);
}
