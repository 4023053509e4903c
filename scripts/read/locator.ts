import { type Document, isMap, isNode, isScalar, isSeq } from 'yaml';
import { type Spot, toSpots } from './spots.ts';
import { toYamlDocuments } from './yaml.ts';

export type Path = readonly (string | number)[];

/** Finds the line and column of a path in a document of a text. */
export type Locator = (text: string, docIndex: number, path: Path) => Spot;

/** A locator that parses a text only when it is asked, and keeps the last one: questions come file by file. */
export function createLocator(): Locator {
  let last: { text: string; documents: Document[]; spots: ReturnType<typeof toSpots> } | undefined;
  return (text, docIndex, path) => {
    if (last?.text !== text) last = { text, documents: toYamlDocuments(text), spots: toSpots(text) };
    const document = last.documents[docIndex];
    return last.spots.find(findOffset(document, path) ?? document?.range?.[0] ?? 0);
  };
}

function findOffset(document: Document | undefined, path: Path): number | undefined {
  let node: unknown = document?.contents;
  let offset = toOffset(node);
  for (const step of path) {
    const child = findChild(node, step);
    if (child === undefined) return offset;
    offset = toOffset(child.at) ?? offset;
    node = child.node;
  }
  return offset;
}

const toOffset = (node: unknown) => (isNode(node) ? node.range?.[0] : undefined);

function findChild(node: unknown, step: string | number): { at: unknown; node: unknown } | undefined {
  if (isSeq(node)) {
    const child = node.items[Number(step)];
    return child === undefined ? undefined : { at: child, node: child };
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
  return pair === undefined ? undefined : { at: pair.key, node: pair.value };
}
