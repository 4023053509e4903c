const none: readonly (readonly [string, string])[] = [];

/**
 * A node of the page tree. As in Python's element trees, text hangs on elements: `text` stands before the first child,
 * `tail` after the element itself. Atomic text is finished: no inline rule may look into it.
 */
export class Element {
  tag: string;
  text = '';
  tail = '';
  atomic = false;
  tailAtomic = false;
  children: Element[] = [];
  private written: Map<string, string> | undefined;

  constructor(tag: string, attributes: readonly (readonly [string, string])[] | Map<string, string> = none) {
    this.tag = tag;
    if (attributes !== none) this.written = new Map(attributes);
  }

  /** Its attributes, to be read and changed. Most elements never have any, so the map is made when it is asked for. */
  get attributes(): Map<string, string> {
    this.written ??= new Map();
    return this.written;
  }

  set attributes(attributes: Map<string, string>) {
    this.written = attributes;
  }

  /** Its attributes, to be read only. */
  get listed(): Iterable<readonly [string, string]> {
    return this.written ?? none;
  }

  /** Appends a new child element and returns it. */
  add(tag: string, attributes: readonly (readonly [string, string])[] | Map<string, string> = none): Element {
    const child = new Element(tag, attributes);
    this.children.push(child);
    return child;
  }

  /** Sets text that inline rules leave alone. */
  setAtomic(text: string): this {
    this.text = text;
    this.atomic = true;
    return this;
  }

  get last(): Element | undefined {
    return this.children[this.children.length - 1];
  }

  attribute(name: string): string | undefined {
    return this.written?.get(name);
  }

  hasClass(name: string): boolean {
    return this.written?.get('class')?.split(' ').includes(name) ?? false;
  }

  addClass(name: string): void {
    const before = this.attributes.get('class');
    this.attributes.set('class', before ? `${before} ${name}` : name);
  }

  /** Moves the leading text into a paragraph of its own, as a list item does when it turns out to be loose. */
  wrapText(): void {
    const paragraph = new Element('p');
    paragraph.text = this.text;
    paragraph.atomic = this.atomic;
    this.text = '';
    this.atomic = false;
    this.children.unshift(paragraph);
  }
}

/** Visits every element below `root` in document order, parents before children; safe on trees of any depth. */
export function* descendants(root: Element): Generator<Element> {
  const stack = root.children.toReversed();
  for (let element = stack.pop(); element; element = stack.pop()) {
    yield element;
    for (let index = element.children.length - 1; index >= 0; index--) {
      const child = element.children[index];
      if (child) stack.push(child);
    }
  }
}
