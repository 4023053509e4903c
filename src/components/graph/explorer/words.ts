import type { Selection } from './select.ts';

const count = (n: number, one: string, many: string) => `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`;

/** What is shown, in a sentence or two. */
export function formatShown(centre: string, { nodes, farther, beyond, folded }: Selection): string {
  const single = nodes.length - folded.folds;
  const left = farther > 0 ? `, ${farther.toLocaleString('en-US')} more farther away` : '';
  const folds =
    folded.count > 0
      ? ` ${count(folded.count, 'node is', 'nodes are')} folded into ${folded.folds.toLocaleString('en-US')} by ${folded.by ?? 'system'}.`
      : '';
  const rest = beyond > 0 ? ` ${count(beyond, 'node has', 'nodes have')} no room in one picture.` : '';
  return `Centred on ${centre}; ${count(single, 'node', 'nodes')}${left}.${folds}${rest}`;
}
