import type { GraphFileNode } from '#model/graph.ts';

const most = 12;

/** The nodes whose names have a text in them, those that begin with it first. */
export function findNodes(nodes: readonly GraphFileNode[], text: string): GraphFileNode[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return [];
  const ranked = nodes.flatMap((node) => {
    const at = Math.min(...[node.label, node.ref].map((name) => place(name.toLowerCase(), wanted)));
    return at === Infinity ? [] : [{ node, at }];
  });
  return ranked
    .toSorted((a, b) => a.at - b.at || (a.node.label < b.node.label ? -1 : 1))
    .slice(0, most)
    .map(({ node }) => node);
}

/** How good a match is: the beginning of a name, of a word in it, any place. */
function place(name: string, wanted: string): number {
  const at = name.indexOf(wanted);
  if (at < 0) return Infinity;
  return at === 0 ? 0 : /[^\p{L}\p{N}]/u.test(name[at - 1] ?? '') ? 1 : 2;
}
