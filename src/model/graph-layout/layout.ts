import { toColumns } from './columns.ts';
import type { Columns, EdgePath, Layout, LayoutEdge, LayoutNode, Point } from './define.ts';
import { toHeights } from './heights.ts';

/** The room between two columns, in which edges turn, where nothing else is asked for. */
const usualRoom = 48;
/** How far an edge between two nodes of one column reaches out of it. */
const bow = 40;

/** Lays nodes out in columns and edges between them, always in the same way; made for pictures of some dozens of nodes. */
export function layOut(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[], between = usualRoom): Layout {
  if (nodes.length === 0) return { width: 0, height: 0, places: new Map(), paths: [] };
  const made = toColumns(nodes, edges);
  const middles = toHeights(made);
  const spans = toSpans(made, between);
  const spanOf = new Map(made.columns.flatMap((column, at) => column.map(({ key }) => [key, spans[at]] as const)));
  const places = new Map<string, Point>();
  for (const { id, width, height } of nodes) {
    const { left = 0, right = 0 } = spanOf.get(id) ?? {};
    places.set(id, {
      x: Math.round(left + (right - left - width) / 2),
      y: Math.round((middles.get(id) ?? 0) - height / 2),
    });
  }
  const widths = new Map(nodes.map(({ id, width }) => [id, width]));
  const toSpan = (key: string): Span => {
    const place = places.get(key);
    return place ? { left: place.x, right: place.x + (widths.get(key) ?? 0) } : (spanOf.get(key) ?? noSpan);
  };
  const paths = edges.map((edge, at) => toPath(edge, made.routes[at] ?? [], toSpan, middles));
  const bottoms = made.columns.flat().map(({ key, height }) => (middles.get(key) ?? 0) + height / 2);
  return { width: (spans.at(-1)?.right ?? 0) + bow, height: Math.round(Math.max(...bottoms)), places, paths };
}

type Span = { left: number; right: number };
const noSpan: Span = { left: 0, right: 0 };

function toSpans({ columns }: Columns, between: number): Span[] {
  let left = 0;
  return columns.map((column) => {
    const span = { left, right: left + Math.max(0, ...column.map(({ node }) => node?.width ?? 0)) };
    left = span.right + between;
    return span;
  });
}

function toPath(
  { leaves = 0, arrives = 0 }: LayoutEdge,
  route: readonly string[],
  toSpan: (key: string) => Span,
  middles: ReadonlyMap<string, number>,
): EdgePath {
  const [from = '', to = ''] = [route[0], route.at(-1)];
  const start = (middles.get(from) ?? 0) + leaves;
  const end = (middles.get(to) ?? 0) + arrives;
  const isForward = toSpan(from).left < toSpan(to).left;
  if (route.length === 2 && overlap(toSpan(from), toSpan(to))) return toBow(toSpan(from), toSpan(to), start, end);
  const points = route.flatMap((key, at): Point[] => {
    const { left, right } = toSpan(key);
    const [near, far] = isForward ? [left, right] : [right, left];
    if (at === 0) return [{ x: far, y: start }];
    if (at === route.length - 1) return [{ x: near, y: end }];
    const y = middles.get(key) ?? 0;
    return [
      { x: near, y },
      { x: far, y },
    ];
  });
  return { d: toCurves(points), middle: toMiddle(points) };
}

const overlap = (one: Span, other: Span) => one.left < other.right && other.left < one.right;

/** An edge inside a column goes out of it to the right and comes back. */
function toBow(from: Span, to: Span, start: number, end: number): EdgePath {
  const reach = Math.max(from.right, to.right) + bow;
  const out = reach - from.right;
  const d = `M${from.right} ${start}c${out} 0 ${out} ${end - start} ${to.right - from.right} ${end - start}`;
  return { d, middle: { x: reach - bow / 4, y: Math.round((start + end) / 2) } };
}

/** A way in numbers that are counted from the point before, for they are short and need not change when a picture moves. */
function toCurves(points: readonly Point[]): string {
  return points
    .map(({ x, y }, at) => {
      const last = points[at - 1];
      if (!last) return `M${x} ${y}`;
      if (last.y === y) return `h${x - last.x}`;
      const turn = Math.round((x - last.x) / 2);
      return `c${turn} 0 ${turn} ${y - last.y} ${x - last.x} ${y - last.y}`;
    })
    .join('');
}

function toMiddle(points: readonly Point[]): Point {
  const at = Math.max(0, Math.floor((points.length - 1) / 2));
  const [one, other] = [points[at], points[at + 1] ?? points[at]];
  return {
    x: Math.round(((one?.x ?? 0) + (other?.x ?? 0)) / 2),
    y: Math.round(((one?.y ?? 0) + (other?.y ?? 0)) / 2),
  };
}
