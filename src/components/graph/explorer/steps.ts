/** A node that can be walked to, by where it stands. */
export type Stop = { id: string; x: number; y: number };

export const arrows = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'] as const;
export type Arrow = (typeof arrows)[number];

/** The node that an arrow key leads to: left and right along an edge, up and down in the column. */
export function findStep(
  stops: readonly Stop[],
  edges: readonly { from: string; to: string }[],
  from: string,
  arrow: Arrow,
): string | undefined {
  const here = stops.find(({ id }) => id === from);
  if (!here) return undefined;
  const isAcross = arrow === 'ArrowLeft' || arrow === 'ArrowRight';
  const sign = arrow === 'ArrowRight' || arrow === 'ArrowDown' ? 1 : -1;
  const linked = new Set(edges.flatMap((edge) => (edge.from === from ? edge.to : edge.to === from ? edge.from : [])));
  const ahead = isAcross
    ? stops.filter(({ id, x }) => linked.has(id) && (x - here.x) * sign > 0)
    : stops.filter(({ x, y }) => x === here.x && (y - here.y) * sign > 0);
  const toLength = ({ x, y }: Stop) => Math.abs(x - here.x) + Math.abs(y - here.y);
  return ahead.toSorted((a, b) => toLength(a) - toLength(b))[0]?.id;
}
