import { Element } from '../element.ts';
import type { InlineMatch, InlineRule } from '../inline-parser.ts';

/** Marks that stand alone between spaces are text. */
export const loneMarkRule: InlineRule = {
  triggers: '*_',
  find(text, at) {
    const char = text[at] ?? '';
    if (at > 0 && !/\s/.test(text[at - 1] ?? '')) return undefined;
    let end = at;
    while (text[end] === char) end++;
    if (end - at > 3 || (end < text.length && !/\s/.test(text[end] ?? ''))) return end;
    return { start: at, end, node: text.slice(at, end) };
  },
};

/** One shape of emphasis: tags from the outside in, and the pieces of text between the marks. */
export type Shape = {
  tags: readonly string[];
  /** Finds the pieces if the text has this shape at `at`: [start, end] each, and where the whole ends. */
  find(text: string, at: number, marks: Marks): Found | undefined;
};

export type Found = { pieces: [number, number][]; end: number };

/** Finds marks in one text; a search that failed once is not made again, so many openings without a close cost little. */
export class Marks {
  readonly text: string;
  private readonly known = new Map<string | RegExp, { from: number; at: number }>();

  constructor(text: string) {
    this.text = text;
  }

  /** The first place at or after `from` where a mark (or a global pattern) stands, or -1. */
  next(mark: string | RegExp, from: number): number {
    const known = this.known.get(mark);
    if (known && from >= known.from && (known.at < 0 || from <= known.at)) return known.at;
    const at = this.search(mark, from);
    this.known.set(mark, { from, at });
    return at;
  }

  private search(mark: string | RegExp, from: number): number {
    if (typeof mark === 'string') return this.text.indexOf(mark, from);
    mark.lastIndex = from;
    return mark.exec(this.text)?.index ?? -1;
  }
}

/** The marks of a text, kept in what a rule remembers of it. */
export function marksOf(text: string, memory: Map<unknown, unknown>): Marks {
  const known = memory.get(Marks) as Marks | undefined; // only this function writes under its key
  if (known) return known;
  const marks = new Marks(text);
  memory.set(Marks, marks);
  return marks;
}

/** Builds a rule from shapes in the order in which they are tried; inside of a shape only later ones are looked for. */
export function createEmphasisRule(mark: string, shapes: readonly Shape[]): InlineRule {
  return {
    triggers: mark,
    retries: true,
    find(text, at, { memory }) {
      return findShape(marksOf(text, memory), at, mark, shapes, 0);
    },
  };
}

function findShape(
  marks: Marks,
  at: number,
  mark: string,
  shapes: readonly Shape[],
  first: number,
): InlineMatch | undefined {
  for (let index = first; index < shapes.length; index++) {
    const shape = shapes[index];
    const found = shape?.find(marks.text, at, marks);
    if (shape && found)
      return { start: at, end: found.end, node: build(marks.text, shape, found.pieces, mark, shapes, index) };
  }
  return undefined;
}

function build(
  text: string,
  { tags }: Shape,
  pieces: [number, number][],
  mark: string,
  shapes: readonly Shape[],
  index: number,
): Element {
  const [outer = 'em', inner] = tags;
  const element = new Element(outer);
  const parse = (piece: [number, number] | undefined, into: Element, after?: Element) =>
    piece && fill(text.slice(piece[0], piece[1]), into, after, mark, shapes, index + 1);
  if (!inner) parse(pieces[0], element);
  else if (tags[2] === 'inner-last') {
    parse(pieces[0], element);
    parse(pieces[1], element.add(inner));
  } else {
    const child = element.add(inner);
    parse(pieces[0], child);
    parse(pieces[1], element, child);
  }
  return element;
}

/** Puts text into an element (or behind a child of it), with the emphasis found in it as children. */
function fill(
  text: string,
  parent: Element,
  after: Element | undefined,
  mark: string,
  shapes: readonly Shape[],
  first: number,
): void {
  const marks = new Marks(text);
  let last = after;
  let from = 0;
  const append = (part: string) => {
    if (last) last.tail += part;
    else parent.text += part;
  };
  for (let at = text.indexOf(mark); at >= 0 && first < shapes.length; ) {
    const found = findShape(marks, at, mark, shapes, first);
    if (!found || typeof found.node === 'string') {
      at = text.indexOf(mark, at + 1);
      continue;
    }
    append(text.slice(from, found.start));
    parent.children.push(found.node);
    last = found.node;
    from = found.end;
    at = text.indexOf(mark, from);
  }
  append(text.slice(from));
}
