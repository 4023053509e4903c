import { type RefText, toRef } from './ref.ts';

type ChartNode = { id: string; ref?: RefText; name: string; note: string; state?: keyof typeof looks; box?: string };

/** What a flowchart is made of. */
type Chart = {
  nodes: readonly ChartNode[];
  edges: readonly { from: string; to: string; count?: number }[];
  boxes: readonly { id: string; label: string }[];
};

/** The shapes of kinds, as they are usually drawn; everything else is a box. */
const shapes: Record<string, [string, string]> = {
  api: ['([', '])'],
  resource: ['[(', ')]'],
  system: ['[[', ']]'],
};
const box: [string, string] = ['[', ']'];

const looks = {
  self: 'stroke-width:3px',
  absent: 'stroke-dasharray:4 3',
  fold: 'stroke-dasharray:1 3',
};

/** A graph as the text of a Mermaid flowchart, which GitHub draws as it is. */
export function toMermaid({ nodes, edges, boxes }: Chart): string {
  const names = new Map(nodes.map(({ id }, at) => [id, `n${at}`]));
  const toLine = (node: ChartNode) => formatNode(node, names.get(node.id) ?? '');
  const framed = boxes.flatMap(({ id, label }, at) => [
    `  subgraph b${at}["${escapeLabel(label)}"]`,
    ...nodes.filter((node) => node.box === id).map((node) => `  ${toLine(node)}`),
    '  end',
  ]);
  const free = nodes.filter((node) => !boxes.some(({ id }) => id === node.box)).map(toLine);
  const arrows = edges.map(({ from, to, count = 1 }) => {
    const words = count > 1 ? `|"${count}"|` : '';
    return `  ${names.get(from)} -->${words} ${names.get(to)}`;
  });
  const used = Object.entries(looks).filter(([state]) => nodes.some((node) => node.state === state));
  const styles = used.map(([state, look]) => `  classDef ${state} ${look}`);
  return `${['flowchart LR', ...framed, ...free, ...arrows, ...styles].join('\n')}\n`;
}

function formatNode({ ref, name, note, state }: ChartNode, id: string): string {
  const [open, close] = (ref !== undefined && shapes[toRef(ref).kind]) || box;
  const isSaid = state === 'absent' || state === 'fold';
  const text = escapeLabel(isSaid ? `${name} (${note})` : name);
  return `  ${id}${open}"${text}"${close}${state === undefined ? '' : `:::${state}`}`;
}

/**
 * What would end a label, or begin Markdown, HTML, a code or a directive, and what stands for it. Mermaid's own codes for
 * characters would not do: without HTML in labels they are shown as they are written.
 */
const standIns: Record<string, string> = { '"': "'", '`': "'", '<': '‹', '>': '›', '#': '＃', '%': '％', '\\': '＼' };

/** A name that a repository wrote, as a label of Mermaid that can be nothing but text. */
export function escapeLabel(text: string): string {
  const line = text.replaceAll(/[\p{C}\p{Z}\s]+/gu, ' ').trim();
  const harmless = line.replaceAll(/["`<>#%\\]/g, (sign) => standIns[sign] ?? '');
  return harmless === '' ? ' ' : harmless;
}
