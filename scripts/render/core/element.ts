/**
 * A node of the page tree. As in Python's element trees, text hangs on elements: `text` stands before the first child,
 * `tail` after the element itself. Atomic text is finished: no inline rule may look into it.
 */
export class Element {
  tag: string;
  attributes: Map<string, string>;
  text = '';
  tail = '';
  atomic = false;
  tailAtomic = false;
  children: Element[] = [];

  constructor(tag: string, attributes: Iterable<readonly [string, string]> = []) {
    this.tag = tag;
    this.attributes = new Map(attributes);
  }

  /** Appends a new child element and returns it. */
  add(tag: string, attributes: Iterable<readonly [string, string]> = []): Element {
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
    return this.attributes.get(name);
  }

  hasClass(name: string): boolean {
    return this.attributes.get('class')?.split(' ').includes(name) ?? false;
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
