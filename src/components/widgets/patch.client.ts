import { type Markup, toNode } from '#components/lists/markup.ts';

type Piece = Exclude<Markup, readonly Markup[]>;

const isList = (markup: Markup): markup is readonly Markup[] => typeof markup !== 'string' && !('tag' in markup);

const flatten = (markup: Markup): Piece[] => (isList(markup) ? markup.flatMap(flatten) : [markup]);

const isSame = (node: ChildNode, piece: Piece): boolean => {
  if (typeof piece === 'string') return node.nodeType === Node.TEXT_NODE;
  return (
    node instanceof Element &&
    node.localName === piece.tag.toLowerCase() &&
    (node.getAttribute('data-key') ?? undefined) === piece.attributes['data-key']
  );
};

/** What a reader changes by reading stays as it is: what is open stays open. */
const isReaders = (name: string) => name === 'open';

function patchAttributes(element: Element, wanted: Readonly<Record<string, string | undefined>>): void {
  for (const { name } of [...element.attributes])
    if (wanted[name] === undefined && !isReaders(name)) element.removeAttribute(name);
  for (const [name, value] of Object.entries(wanted))
    if (value !== undefined && element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/**
 * Makes what stands in an element what it should be, changing as little as there is to change: focus, selection, scrolling
 * and what is open stay. What is inside an element marked `data-kept` belongs to whoever put it there.
 */
export function patch(parent: Element, markup: Markup): void {
  const pieces = flatten(markup).filter((piece) => piece !== '');
  const keyed = new Map([...parent.children].map((child) => [child.getAttribute('data-key') ?? '', child]));
  let next: ChildNode | null = parent.firstChild;
  for (const piece of pieces) {
    const key = typeof piece === 'string' ? undefined : piece.attributes['data-key'];
    const known = key === undefined ? undefined : keyed.get(key);
    if (known && known !== next) parent.insertBefore(known, next);
    const node: ChildNode | null = known ?? next;
    if (node && isSame(node, piece)) {
      if (typeof piece === 'string') {
        if (node.textContent !== piece) node.textContent = piece;
      } else if (node instanceof Element) {
        patchAttributes(node, piece.attributes);
        if (piece.attributes['data-kept'] === undefined) patch(node, piece.children);
      }
      next = node.nextSibling;
    } else {
      parent.insertBefore(toNode(piece), next);
    }
  }
  while (next) {
    const after: ChildNode | null = next.nextSibling;
    next.remove();
    next = after;
  }
}
