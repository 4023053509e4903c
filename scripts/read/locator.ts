import { type Document, isMap, isNode, isScalar, isSeq } from 'yaml';
import type { Cache } from '../ports.ts';
import { type Spot, toSpots } from './spots.ts';
import { toYamlDocuments } from './yaml.ts';

export type Path = readonly (string | number)[];

/** A text, and what identifies it. */
export type LocatedText = { text: string; hash: string };

/** Finds the line and column of a path in a document of a text. */
export type Locator = (file: LocatedText, docIndex: number, path: Path) => Spot;

/** Raise this when a path is found elsewhere than before. */
const cacheVersion = 1;

/**
 * A locator that parses a text only when it is asked, and keeps the last one: questions come file by file. What it found
 * outlives the build, because the same problems are placed again every night.
 */
export function createLocator(cache?: Cache): Locator {
  let last: { text: string; documents: Document[]; spots: ReturnType<typeof toSpots> } | undefined;
  const find: Locator = ({ text }, docIndex, path) => {
    if (last?.text !== text) last = { text, documents: toYamlDocuments(text), spots: toSpots(text) };
    const document = last.documents[docIndex];
    return last.spots.find(findOffset(document, path) ?? document?.range?.[0] ?? 0);
  };
  return (file, docIndex, path) => {
    const key = `spot:${cacheVersion}:${file.hash}:${docIndex}:${JSON.stringify(path)}`;
    const [line, column] = cache?.find(key)?.split(':').map(Number) ?? [];
    if (line && column) return { line, column };
    const spot = find(file, docIndex, path);
    cache?.keep(key, `${spot.line}:${spot.column}`);
    return spot;
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
