import type { BlockProcessor } from './block-parser.ts';
import type { Conversion } from './conversion.ts';
import type { Element } from './element.ts';
import type { InlineRule } from './inline-parser.ts';

type Row<Value> = { name: string; priority: number; value: Value };

/** Named steps in falling order of priority; a step of the same name takes the place of the former. */
class Steps<Value> {
  private rows: Row<Value>[] = [];

  add(name: string, priority: number, value: Value): void {
    this.remove(name);
    this.rows.push({ name, priority, value });
    this.rows.sort((one, other) => other.priority - one.priority);
  }

  remove(name: string): void {
    this.rows = this.rows.filter((row) => row.name !== name);
  }

  has(name: string): boolean {
    return this.rows.some((row) => row.name === name);
  }

  entries(): readonly Row<Value>[] {
    return this.rows;
  }

  list(): Value[] {
    return this.rows.map((row) => row.value);
  }
}

export type Preprocessor = (text: string, page: Conversion) => string;
export type TreePass = (root: Element, page: Conversion) => void;
export type Postprocessor = (html: string, page: Conversion) => string;

/** What extensions add themselves to: the five kinds of steps, in the order in which a page runs through them. */
export class Registry {
  readonly preprocessors = new Steps<Preprocessor>();
  readonly blocks = new Steps<BlockProcessor>();
  readonly inline = new Steps<InlineRule>();
  readonly tree = new Steps<TreePass>();
  readonly postprocessors = new Steps<Postprocessor>();
  /** Characters that a backslash hides from the inline rules. */
  readonly escapable = new Set('\\`*_{}[]()>#+-.!');
  /** Tags that begin a block of raw HTML. */
  readonly blockTags = new Set(blockTagNames.split(' '));
  /** What one extension leaves for another, by name. */
  readonly shared = new Map<string, unknown>();
}

const blockTagNames =
  'address article aside blockquote details div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header ' +
  'hgroup hr main menu nav ol p pre section table ul canvas colgroup dd body dt group html iframe li legend math map ' +
  'noscript output object option progress tbody tfoot thead tr script style summary td th video center';
