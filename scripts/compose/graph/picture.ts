import type { LayoutNode } from '#model/graph-layout/define.ts';
import { layOut } from '#model/graph-layout/layout.ts';
import { nodeHeight, toFittingWords, toNodeWidth } from '#model/graph-layout/sizes.ts';
import { findKind } from '#model/kinds/index.ts';
import type { GraphPicture, PictureBox, PictureEdge, PictureNode } from '#model/pages/graph-page.ts';
import type { EntityLine } from '#model/pages/parts.ts';
import { type RefText, toRef } from '#model/ref.ts';
import type { Lookup } from '../lookup.ts';

/** A node before it has a place. */
export type DraftNode = Omit<PictureNode, 'x' | 'y' | 'width' | 'height' | 'label' | 'name'> & {
  id: string;
  name: string;
  ref?: RefText;
  rank: number;
  /** The frame that it stands in. */
  box?: string;
};
export type DraftEdge = { from: string; to: string; count?: number };

/** A picture before anything in it has a place; its text twin is made of it as well. */
export type Draft = { nodes: DraftNode[]; edges: DraftEdge[]; boxes: { id: string; label: string; path?: string }[] };

const margin = 8;
const frame = { side: 16, top: 34, bottom: 14 };

/** Gives everything in a draft its place. */
export function toPicture(draft: Draft): GraphPicture {
  const columns = Map.groupBy(draft.nodes, ({ rank }) => rank);
  const widths = new Map([...columns].map(([rank, nodes]) => [rank, toNodeWidth(nodes)]));
  const laid = layOut(
    draft.nodes.map(({ id, rank }): LayoutNode => ({ id, rank, width: widths.get(rank) ?? 0, height: nodeHeight })),
    draft.edges,
  );
  const nodes = draft.nodes.map(({ id, icon, name, note, path, state, rank }): PictureNode => {
    const width = widths.get(rank) ?? 0;
    const { x, y } = laid.places.get(id) ?? { x: 0, y: 0 };
    const words = toFittingWords({ name, note }, width);
    return {
      ...{ x, y, width, height: nodeHeight, icon, ...words },
      ...(words.label !== name && { name }),
      ...(path !== undefined && { path }),
      ...(state && { state }),
    };
  });
  const most = Math.max(1, ...draft.edges.map(({ count = 1 }) => count));
  const edges = draft.edges.map(({ count = 1 }, at): PictureEdge => {
    const { d = '', middle } = laid.paths[at] ?? {};
    const label = middle && count > 1 ? { label: { ...middle, text: count.toLocaleString('en-US') } } : {};
    return { d, ...label, ...(most > 1 && { weight: toWeight(count, most) }) };
  });
  const boxes = draft.boxes.map((box) => toBox(box, draft, nodes));
  return toFramed({ width: laid.width, height: laid.height, boxes, nodes, edges });
}

/** How thick an edge is drawn beside the one that stands for most. */
export function toWeight(count: number, most: number): 1 | 2 | 3 | 4 {
  const share = count / Math.max(4, most);
  return share <= 0.25 ? 1 : share <= 0.5 ? 2 : share <= 0.75 ? 3 : 4;
}

function toBox({ id, label, path }: Draft['boxes'][number], draft: Draft, nodes: readonly PictureNode[]): PictureBox {
  const inside = nodes.filter((_, at) => draft.nodes[at]?.box === id);
  const [left, top] = [Math.min(...inside.map(({ x }) => x)), Math.min(...inside.map(({ y }) => y))];
  const right = Math.max(...inside.map((node) => node.x + node.width));
  const bottom = Math.max(...inside.map((node) => node.y + node.height));
  return {
    x: left - frame.side,
    y: top - frame.top,
    width: right - left + 2 * frame.side,
    height: bottom - top + frame.top + frame.bottom,
    label,
    ...(path !== undefined && { path }),
  };
}

/** The same picture moved so that nothing of it lies beyond its edge. */
export function toFramed(picture: GraphPicture): GraphPicture {
  const left = Math.min(0, ...picture.boxes.map(({ x }) => x)) - margin;
  const top = Math.min(0, ...picture.boxes.map(({ y }) => y)) - margin;
  const right = Math.max(picture.width, ...picture.boxes.map((box) => box.x + box.width));
  const bottom = Math.max(picture.height, ...picture.boxes.map((box) => box.y + box.height));
  const move = <Placed extends { x: number; y: number }>(placed: Placed): Placed => ({
    ...placed,
    x: placed.x - left,
    y: placed.y - top,
  });
  return {
    width: right - left + margin,
    height: bottom - top + margin,
    boxes: picture.boxes.map(move),
    nodes: picture.nodes.map(move),
    edges: picture.edges.map(({ d, label, ...edge }) => ({
      ...edge,
      d: movePath(d, -left, -top),
      ...(label && { label: move(label) }),
    })),
  };
}

/** A way moves with its beginning: all that follows is said from there on. */
const movePath = (d: string, x: number, y: number) =>
  d.replace(/^M(-?\d+) (-?\d+)/, (_, left: string, top: string) => `M${Number(left) + x} ${Number(top) + y}`);

type Words = Pick<DraftNode, 'icon' | 'name' | 'note' | 'path'> & { state?: 'absent' };

/** What is said of entities that have been drawn, for most are drawn many times. */
const said = new WeakMap<Lookup, Map<RefText, Words>>();

/** How an entity is drawn. */
export function toDraftNode(lookup: Lookup, ref: RefText, rank: number, isSelf = false): DraftNode {
  const { icon, name, note, path, state } = findWords(lookup, ref);
  const drawn = isSelf ? 'self' : state;
  return { id: ref, ref, rank, icon, name, note, ...(path !== undefined && { path }), ...(drawn && { state: drawn }) };
}

function findWords(lookup: Lookup, ref: RefText): Words {
  const known = said.get(lookup) ?? new Map<RefText, Words>();
  said.set(lookup, known);
  const words = known.get(ref) ?? toWords(lookup.toLine(ref));
  known.set(ref, words);
  return words;
}

function toWords(line: EntityLine): Words {
  const { icon, label, path, absent } = line;
  return {
    ...{ icon, name: label, note: toNote(line) },
    ...(path !== undefined && { path }),
    ...(absent && { state: 'absent' }),
  };
}

function toNote(line: EntityLine): string {
  const what = findKind(toRef(line.ref).kind).label.toLowerCase();
  if (line.absent === 'missing') return 'not in the catalog';
  // What is hidden is called so already.
  const kind = line.kind === 'api' ? 'API' : what;
  const type = line.kind === 'api' || line.type === undefined ? kind : line.type;
  return [type, line.owner?.label].filter((part) => part !== undefined).join(' · ');
}
