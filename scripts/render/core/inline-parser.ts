import type { Conversion } from './conversion.ts';
import { Element } from './element.ts';
import { ETX, STX } from './stash.ts';

/** What a rule made of a stretch of text: an element, or text that no further rule may touch. */
export type InlineMatch = { start: number; end: number; node: Element | string };

/**
 * Reads one kind of inline text. `find` is asked at every trigger in turn; `at` is where the trigger stands.
 * It answers with a match, with nothing, or with the number of the place to go on from.
 */
export type InlineRule = {
  triggers: string;
  find(text: string, at: number, context: InlineContext): InlineMatch | number | undefined;
  /** Ancestors inside of which the rule is silent. */
  outside?: readonly string[];
  /** Whether an opening that found no end may find one once what stands behind it is read. */
  retries?: boolean;
  /** A text without this one has nothing for the rule. */
  needs?: string;
};

export type InlineContext = {
  page: Conversion;
  ancestors: readonly string[];
  /** Where the last match of this rule ended; a match may not begin before it. */
  from: number;
  /** What a rule keeps while one text is read, such as where its closing marks stand. */
  memory: Map<unknown, unknown>;
  /** Puts what is hidden in a text by earlier rules back as plain text. */
  reveal(text: string): string;
};

type Placed = { name: string; rule: InlineRule; triggers: RegExp; signs: Signs };

const maxRounds = 100;
/** Characters that may be read again and again because an opening may have found its end. */
const maxReadAgain = 400_000;
const maxAncestors = 40;
const placeholder = /\ufdd0k(\d+)\ufdd1/g;

/** Runs ordered rules over all text of a tree. Each rule sees the text with what earlier rules found replaced by placeholders. */
export class InlineParser {
  private readonly rules: Placed[];
  private readonly page: Conversion;
  private stashed: (Element | string)[] = [];
  private readonly done = new WeakSet<Element>();

  constructor(rules: Placed[], page: Conversion) {
    this.rules = rules;
    this.page = page;
  }

  /** Reads the text of all elements below `root`. */
  run(root: Element): void {
    const stack: { element: Element; ancestors: string[] }[] = [{ element: root, ancestors: [] }];
    for (let next = stack.pop(); next; next = stack.pop()) {
      const { element, ancestors } = next;
      if (element.children.length === 0 && (!element.text || element.atomic)) continue;
      const inside = [...ancestors, element.tag];
      if (element.text && !element.atomic) this.fillText(element, inside);
      this.fillTails(element, inside);
      const around = inside.length > maxAncestors ? inside.slice(-maxAncestors) : inside;
      for (let at = element.children.length - 1; at >= 0; at--) {
        const child = element.children[at];
        if (child && !this.done.has(child)) stack.push({ element: child, ancestors: around });
      }
    }
  }

  private fillText(element: Element, ancestors: string[]): void {
    const holder = this.read(element.text, ancestors);
    element.text = holder.text;
    element.children = element.children.length > 0 ? [...holder.children, ...element.children] : holder.children;
  }

  private fillTails(element: Element, ancestors: string[]): void {
    if (!element.children.some((child) => child.tail && !child.tailAtomic && !this.done.has(child))) return;
    const children: Element[] = [];
    for (const child of element.children) {
      children.push(child);
      if (!child.tail || child.tailAtomic || this.done.has(child)) continue;
      const holder = this.read(child.tail, ancestors);
      child.tail = holder.text;
      for (const added of holder.children) children.push(added);
    }
    element.children = children;
  }

  /** Reads one text; the elements found hang on an element that stands for the place of the text. */
  read(text: string, ancestors: readonly string[]): Element {
    this.stashed = [];
    const holder = new Element('span');
    this.expand(this.apply(text, 0, ancestors), holder);
    return holder;
  }

  private apply(text: string, firstRule: number, ancestors: readonly string[]): string {
    let current = text;
    let signs = readSigns(current);
    for (let index = firstRule; index < this.rules.length; index++) {
      const placed = this.rules[index];
      if (!placed || !haveCommon(placed.signs, signs)) continue;
      const { needs, outside } = placed.rule;
      if (needs !== undefined && !current.includes(needs)) continue;
      if (outside?.some((tag) => ancestors.includes(tag))) continue;
      const before = current;
      current = this.applyRule(placed, current, index, ancestors);
      if (current !== before) signs = readSigns(current);
    }
    return current;
  }

  private applyRule(placed: Placed, text: string, index: number, ancestors: readonly string[]): string {
    const rounds = Math.min(maxRounds, Math.ceil(maxReadAgain / Math.max(text.length, 1)));
    let current = this.applyOnce(placed, text, index, ancestors);
    for (let left = rounds; current.again; left--) {
      current = this.applyOnce(placed, current.text, index, ancestors, left > 0);
    }
    return current.text;
  }

  /** Reads up to the end, or, where it may be read again, up to a match that may let an opening before it match as well. */
  private applyOnce(
    { rule, triggers }: Placed,
    text: string,
    index: number,
    ancestors: readonly string[],
    mayRepeat = true,
  ): { text: string; again: boolean } {
    let at = findTrigger(triggers, text, 0);
    if (at < 0) return { text, again: false };
    const context: InlineContext = {
      page: this.page,
      ancestors,
      from: 0,
      memory: new Map(),
      reveal: (part) => this.reveal(part),
    };
    let out = '';
    let missed = false;
    while (at >= 0) {
      const found = rule.find(text, at, context);
      if (found === undefined || typeof found === 'number') {
        missed = true;
        at = findTrigger(triggers, text, Math.max(found ?? 0, at + 1));
        continue;
      }
      out += text.slice(context.from, found.start) + this.keep(found.node, index, ancestors);
      context.from = found.end;
      if (rule.retries && missed && mayRepeat) return { text: out + text.slice(found.end), again: true };
      at = findTrigger(triggers, text, found.end);
    }
    return { text: out + text.slice(context.from), again: false };
  }

  private keep(node: Element | string, index: number, ancestors: readonly string[]): string {
    if (typeof node !== 'string' && !node.atomic) {
      const inside = [...ancestors, node.tag];
      if (node.text) node.text = this.apply(node.text, index + 1, inside);
      for (const child of node.children) {
        if (child.text && !child.atomic) child.text = this.apply(child.text, index + 1, [...inside, child.tag]);
        if (child.tail) child.tail = this.apply(child.tail, index, inside);
      }
    }
    this.stashed.push(node);
    return `${STX}k${this.stashed.length - 1}${ETX}`;
  }

  private expand(text: string, parent: Element): void {
    if (!text.includes(STX)) {
      parent.text += text;
      return;
    }
    let last: Element | undefined;
    const append = (part: string) => {
      if (last) last.tail += part;
      else parent.text += part;
    };
    let end = 0;
    for (const match of text.matchAll(placeholder)) {
      append(text.slice(end, match.index));
      end = match.index + match[0].length;
      const node = this.stashed[Number(match[1])];
      if (typeof node === 'string') append(node);
      else if (node) {
        last = this.expandNode(node);
        parent.children.push(last);
      }
    }
    append(text.slice(end));
  }

  private expandNode(node: Element): Element {
    this.done.add(node);
    const children = node.children;
    const text = node.text;
    node.children = [];
    node.text = '';
    this.expand(text, node);
    for (const child of children) {
      const tail = child.tail;
      child.tail = '';
      node.children.push(this.expandNode(child));
      if (tail) this.expandTail(tail, node, child);
    }
    return node;
  }

  private expandTail(tail: string, parent: Element, after: Element): void {
    const holder = new Element('span');
    this.expand(tail, holder);
    after.tail = holder.text;
    for (const added of holder.children) parent.children.push(added);
  }

  private reveal(text: string): string {
    if (!text.includes(STX)) return text;
    return text.replace(placeholder, (all, number: string) => {
      const node = this.stashed[Number(number)];
      if (node === undefined) return all;
      return typeof node === 'string' ? node : this.plain(node);
    });
  }

  private plain(element: Element): string {
    return (
      this.reveal(element.text) + element.children.map((child) => this.plain(child) + this.reveal(child.tail)).join('')
    );
  }
}

function findTrigger(triggers: RegExp, text: string, from: number): number {
  triggers.lastIndex = from;
  return triggers.exec(text)?.index ?? -1;
}

/** Which characters a text has: a bit each for those of ASCII, the last one for all others. */
type Signs = readonly [number, number, number, number, boolean];

function readSigns(text: string): Signs {
  let [one, two, three, four, others] = [0, 0, 0, 0, false];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const bit = 1 << (code & 31);
    if (code < 32) one |= bit;
    else if (code < 64) two |= bit;
    else if (code < 96) three |= bit;
    else if (code < 128) four |= bit;
    else others = true;
  }
  return [one, two, three, four, others];
}

const haveCommon = (a: Signs, b: Signs): boolean =>
  (a[0] & b[0]) !== 0 || (a[1] & b[1]) !== 0 || (a[2] & b[2]) !== 0 || (a[3] & b[3]) !== 0 || (a[4] && b[4]);

/** Prepares rules for `InlineParser`: a regular expression of its trigger characters finds each quickly. */
export function toPlaced(name: string, rule: InlineRule): Placed {
  const triggers = new RegExp(`[${rule.triggers.replace(/[\]\\^-]/g, '\\$&')}]`, 'g');
  return { name, rule, triggers, signs: readSigns(rule.triggers) };
}
