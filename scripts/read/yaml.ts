import { Composer, type CST, type Document, isAlias, isCollection, isMap, isPair, isScalar, Parser } from 'yaml';
import { toPlain } from './plain.ts';
import { type Spot, toSpots } from './spots.ts';

/** What is beyond these is reported and not read; real catalog files stay far below them. */
export const limits = {
  bytes: 5 * 1024 * 1024,
  /** More documents than this are reported, and read all the same… */
  documents: 1000,
  /** … up to here. */
  mostDocuments: 10_000,
  depth: 100,
  aliases: 1000,
} as const;

/** What is wrong with the text of one document, and where. */
export type ReadFault = Spot & {
  code: 'yaml-syntax' | 'yaml-limit' | 'document-not-a-map' | 'forbidden-key';
  message: string;
};

/** One document of a file. `value` is plain JSON; it is absent when a fault makes it unreadable. */
export type ParsedDocument = Spot & { docIndex: number; value?: unknown; faults: ReadFault[] };

export type ParsedFile = {
  documents: ParsedDocument[];
  /** Whether every value survives JSON unchanged, so that the file may be kept in a cache. */
  isLossless: boolean;
};

const parseOptions = { merge: false, prettyErrors: false, uniqueKeys: false, logLevel: 'silent' } as const;

/** The documents of a text as the `yaml` package sees them; the same call for values and for places. */
export function toYamlDocuments(text: string): Document[] {
  const composer = new Composer(parseOptions);
  return Array.from(composer.compose(withoutDepth(new Parser().parse(text))));
}

const tooDeep = `it is nested deeper than ${limits.depth} levels`;

/** Empties the documents that are nested too deep: composing recurs, and would take the whole program with it. */
function* withoutDepth(tokens: Iterable<CST.Token>): Generator<CST.Token> {
  for (const token of tokens) {
    if (token.type !== 'document' || !isTooDeep(token)) yield token;
    else {
      const { value: _value, ...empty } = token;
      yield empty;
      yield { type: 'error', offset: token.offset, source: '', message: tooDeep };
    }
  }
}

function isTooDeep(document: CST.Document): boolean {
  let level: (CST.Token | null | undefined)[] = [document.value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limits.depth) return true;
    level = level.flatMap((token) =>
      token && 'items' in token ? token.items.flatMap((entry) => [entry.key, entry.value].filter(isNested)) : [],
    );
  }
  return false;
}

const isNested = (token: CST.Token | null | undefined) => token != null && 'items' in token;

type Flaw = { code: ReadFault['code']; message: string; offset: number };

/** Reads every document of a text, each on its own: one that is broken does not take the others with it. Never throws. */
export function parseYaml(text: string): ParsedFile {
  const all = toYamlDocuments(text);
  const documents = all.slice(0, limits.mostDocuments);
  const spots = toSpots(text);
  const parsed: ParsedDocument[] = [];
  let isLossless = true;
  for (const [docIndex, document] of documents.entries()) {
    const { value, isExact, flaws } = readDocument(document);
    isLossless &&= isExact;
    if (value === null && flaws.length === 0) continue;
    const faults = flaws.map(({ code, message, offset }) => ({ code, message, ...spots.find(offset) }));
    const start = spots.find(document.contents?.range?.[0] ?? document.range?.[0] ?? 0);
    parsed.push({ docIndex, ...start, faults, ...(value == null ? {} : { value }) });
  }
  const extra = all[limits.mostDocuments];
  if (extra !== undefined) {
    const message = `it has more than ${limits.mostDocuments} documents`;
    const spot = spots.find(extra.range?.[0] ?? 0);
    parsed.push({ docIndex: limits.mostDocuments, ...spot, faults: [{ code: 'yaml-limit', message, ...spot }] });
  }
  return { documents: parsed, isLossless };
}

/** Reads a text of exactly one document, whatever its value is. */
export function parseYamlValue(text: string): { value: unknown; message?: undefined } | { message: string } {
  const documents = toYamlDocuments(text);
  const [document] = documents;
  if (document === undefined || documents.length > 1) return { message: 'it must hold exactly one document' };
  const flaw = findFlaw(document);
  if (flaw !== undefined) return { message: flaw.message };
  try {
    return { value: toPlain(document.toJSON()).value };
  } catch (error) {
    return { message: error instanceof Error ? error.message : String(error) };
  }
}

type Reading = { value?: unknown; isExact: boolean; flaws: Flaw[] };

function readDocument(document: Document): Reading {
  const offset = document.contents?.range?.[0] ?? document.range?.[0] ?? 0;
  const flaw = findFlaw(document);
  if (flaw !== undefined) return { isExact: true, flaws: [flaw] };
  try {
    const { value, forbidden, isExact } = toPlain(document.toJSON());
    const flaws: Flaw[] = forbidden.map((key) => ({ code: 'forbidden-key', message: key, offset }));
    if (value === null || (typeof value === 'object' && !Array.isArray(value))) return { value, isExact, flaws };
    const found = Array.isArray(value) ? 'a list' : `a ${typeof value}`;
    return { isExact, flaws: [{ code: 'document-not-a-map', message: found, offset }] };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const isBomb = message.startsWith('Excessive alias count');
    const limit = 'its aliases would unfold to too much';
    return {
      isExact: true,
      flaws: [{ code: isBomb ? 'yaml-limit' : 'yaml-syntax', message: isBomb ? limit : message, offset }],
    };
  }
}

function findFlaw(document: Document): Flaw | undefined {
  const error = document.errors[0];
  if (error !== undefined) {
    const isDeep = error.message === tooDeep;
    return isDeep
      ? { code: 'yaml-limit', message: tooDeep, offset: error.pos[0] }
      : { code: 'yaml-syntax', message: error.message, offset: error.pos[0] };
  }
  return findNodeFlaw(document.contents, 0, { aliases: 0 });
}

/** Looks for what the parser was told to leave to us: double keys (it compares each with each), depth, aliases. */
function findNodeFlaw(node: unknown, depth: number, seen: { aliases: number }): Flaw | undefined {
  if (isAlias(node) && ++seen.aliases > limits.aliases) {
    return { code: 'yaml-limit', message: `it has more than ${limits.aliases} aliases`, offset: node.range?.[0] ?? 0 };
  }
  if (!isCollection(node)) return undefined;
  if (depth >= limits.depth) return { code: 'yaml-limit', message: tooDeep, offset: node.range?.[0] ?? 0 };
  const keys = new Set<unknown>();
  for (const entry of node.items) {
    if (!isPair(entry)) {
      const flaw = findNodeFlaw(entry, depth + 1, seen);
      if (flaw !== undefined) return flaw;
      continue;
    }
    if (isMap(node) && isScalar(entry.key)) {
      if (keys.has(entry.key.value)) {
        return {
          code: 'yaml-syntax',
          message: `The key \`${entry.key.value}\` stands here twice`,
          offset: entry.key.range?.[0] ?? 0,
        };
      }
      keys.add(entry.key.value);
    }
    const flaw = findNodeFlaw(entry.key, depth + 1, seen) ?? findNodeFlaw(entry.value, depth + 1, seen);
    if (flaw !== undefined) return flaw;
  }
  return undefined;
}
