/** A node's id: what it is, and which one. */
export type NodeAddress = { prefix: string; key: string };

/** An id as GraphQL hands it out; like GitHub's, it says nothing to a reader. */
export const toNodeId = (prefix: string, key: string | number): string =>
  `${prefix}_${Buffer.from(String(key)).toString('base64url')}`;

/** What an id stands for. */
export function parseNodeId(id: string): NodeAddress {
  const [prefix = '', key = ''] = id.split('_');
  return { prefix, key: Buffer.from(key, 'base64url').toString('utf8') };
}
