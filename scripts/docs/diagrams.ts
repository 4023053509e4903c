import { decodeHTML } from 'entities';
import { type Problem, toProblem } from '#model/problems.ts';
import type { Diagrams, Drawing, DrawingKind } from '../ports.ts';
import { findEnd } from './markup.ts';
import { toPlantumlAddress } from './plantuml.ts';

/** A source that could not be drawn, and what its parser says. */
export type DiagramFault = { source: string; message: string };
/** A block of a rendered page that holds the source of a diagram. */
export type Diagram = { kind: DrawingKind | 'plantuml'; source: string; from: number; to: number };
export type DiagramOptions = {
  /** Address of a PlantUML server that readers may be sent to; without it such sources stay code. */
  plantumlServer?: string | undefined;
  deflate: (text: string) => Uint8Array;
};

/** Which language is drawn by whom. */
const kinds: Readonly<Record<string, Diagram['kind']>> = {
  mermaid: 'mermaid',
  dot: 'graphviz',
  graphviz: 'graphviz',
  plantuml: 'plantuml',
  puml: 'plantuml',
};

const opening = /<(pre|div) class="([^"]*)"[^>]*>/g;

/** The kind that the classes of a block tell: a custom fence has the name alone, highlighted code `language-…`. */
function findKind(classes: readonly string[]): Diagram['kind'] | undefined {
  if (classes[0] === 'mermaid') return 'mermaid';
  if (!classes.includes('highlight')) return undefined;
  return kinds[classes.find((name) => name.startsWith('language-'))?.slice('language-'.length) ?? ''];
}

function toSource(block: string): string {
  const start = block.lastIndexOf('<code');
  const code = start < 0 ? block : block.slice(start, block.indexOf('</code>', start));
  return decodeHTML(code.replace(/<[^>]*>/g, '')).replace(/^\n+|\s+$/g, '');
}

/** Finds the diagrams in the body of a rendered page, in their order. */
export function findDiagrams(body: string): Diagram[] {
  const found: Diagram[] = [];
  for (const match of body.matchAll(opening)) {
    const [all, tag = '', classes = ''] = match;
    if (match.index < (found.at(-1)?.to ?? 0)) continue;
    const kind = findKind(classes.split(' '));
    const to = kind && findEnd(body, tag, match.index + all.length);
    if (!kind || to === undefined) continue;
    const source = toSource(body.slice(match.index, to));
    if (source !== '') found.push({ kind, source, from: match.index, to });
  }
  return found;
}

const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Drawings that are wider than this may be moved sideways rather than shrunk until nobody can read them. */
const wide = 1100;

function formatDrawn(svg: string, source: string): string {
  const isWide = Number(/ width="(\d+)/.exec(svg)?.[1] ?? 0) > wide;
  const open = isWide ? '<div class="diagram-drawing diagram-wide" tabindex="0">' : '<div class="diagram-drawing">';
  const twin = `<details><summary>Source</summary><pre><code>${escapeText(source)}</code></pre></details>`;
  return `<figure class="diagram">${open}${svg}</div>${twin}</figure>`;
}

function formatInvalid(message: string, block: string): string {
  const what = `<figcaption>This diagram could not be drawn.<pre>${escapeText(message)}</pre></figcaption>`;
  return `<figure class="diagram diagram-invalid">${what}${block}</figure>`;
}

/** Nothing is fetched from the server before a reader follows the link. */
function formatLinked({ plantumlServer, deflate }: DiagramOptions, source: string, block: string): string {
  if (!plantumlServer || !URL.canParse(plantumlServer) || !/^https?:/.test(plantumlServer)) return block;
  const href = toPlantumlAddress(plantumlServer, source, deflate);
  if (href.length > longestAddress) return block;
  const link = `<a href="${escapeText(href)}" rel="noreferrer">Render on ${escapeText(new URL(plantumlServer).host)}</a>`;
  return `<figure class="diagram">${block}<figcaption>${link}</figcaption></figure>`;
}

/** Servers refuse longer ones. */
const longestAddress = 8000;

/** Ids must be unique on a page even where it shows the same diagram twice. */
function toUnique(svg: string, count: number): string {
  const id = / id="(d[0-9a-f]+)"/.exec(svg)?.[1];
  return id && count > 0 ? svg.replaceAll(id, `${id}_${count}`) : svg;
}

/** Puts drawings in the place of their sources; `drawn` holds one answer for each diagram, `undefined` for PlantUML. */
function placeDiagrams(
  body: string,
  diagrams: readonly Diagram[],
  drawn: readonly (Drawing | undefined)[],
  options: DiagramOptions,
): string {
  const parts: string[] = [];
  const shown = new Map<string, number>();
  let done = 0;
  for (const [at, { source, from, to }] of diagrams.entries()) {
    const block = body.slice(from, to);
    const drawing = drawn[at];
    parts.push(body.slice(done, from));
    if (!drawing) parts.push(formatLinked(options, source, block));
    else if ('message' in drawing) parts.push(formatInvalid(drawing.message, block));
    else {
      const count = shown.get(drawing.svg) ?? 0;
      shown.set(drawing.svg, count + 1);
      parts.push(formatDrawn(toUnique(drawing.svg, count), source));
    }
    done = to;
  }
  return parts.join('') + body.slice(done);
}

/** Draws the diagrams in the body of a rendered page. */
export async function drawDiagrams(
  body: string,
  diagrams: Pick<Diagrams, 'draw'>,
  options: DiagramOptions,
): Promise<{ body: string; faults: DiagramFault[] }> {
  const found = findDiagrams(body);
  if (found.length === 0) return { body, faults: [] };
  const drawn = await Promise.all(
    found.map(({ kind, source }) => (kind === 'plantuml' ? undefined : diagrams.draw(kind, source))),
  );
  const faults = found.flatMap(({ source }, at) => {
    const drawing = drawn[at];
    return drawing && 'message' in drawing ? [{ source, message: drawing.message }] : [];
  });
  return { body: placeDiagrams(body, found, drawn, options), faults };
}

/** The problem of a fault, at the line of the Markdown file that its parser complains of, or where its source begins. */
export function toDiagramProblem(fault: DiagramFault, markdown: string, file: DiagramFile): Problem {
  const [first = ''] = fault.source.split('\n');
  const lines = markdown.split('\n').map((line) => line.trim());
  const start = lines.findIndex((line, at) => line.endsWith(first.trim()) && hasSource(lines, at, fault.source));
  const inside = Number(/\bline (\d+)/i.exec(fault.message)?.[1] ?? 1) - 1;
  const most = fault.source.split('\n').length - 1;
  const line = start < 0 ? 1 : start + 1 + Math.min(Math.max(inside, 0), most);
  const message = fault.message.split('\n')[0] ?? '';
  return toProblem('diagram-invalid', { message }, { place: { ...file, line, column: 1 } });
}

export type DiagramFile = { repository: string; path: string };

/** Whether the lines of a source stand in a file, whatever they are indented by or quoted with. */
function hasSource(lines: readonly string[], at: number, source: string): boolean {
  return source.split('\n').every((line, index) => lines[at + index]?.endsWith(line.trim()));
}
