import { Document, isMap, isScalar, isSeq, type Node, parseDocument, visit, YAMLMap } from 'yaml';
import { PortalError } from '../portal-error.ts';

/** A configuration as it was written, comments included, and its settings. */
export type Written = { document: Document; settings: YAMLMap };

/** A few lines can ask for more than fits into memory: what aliases of aliases stand for multiplies. */
const mostCopied = 10_000;

/** Reads Backstage's configuration files, each laid over the one before it. */
export function readBackstage(files: readonly { path: string; text: string }[]): Written {
  const [first, ...others] = files.map(parse);
  if (!first) return { document: new Document(), settings: new YAMLMap() };
  for (const { settings } of others) overlay(first.settings, settings);
  return first;
}

function parse({ path, text }: { path: string; text: string }): Written {
  const document: Document = parseDocument(text, { prettyErrors: false, logLevel: 'silent' });
  const [error] = document.errors;
  if (error) throw new PortalError(`${path} is no YAML: ${error.message}.`, { hint: 'Correct it, or leave it out.' });
  const settings = document.contents ?? new YAMLMap(document.schema);
  if (!isMap(settings))
    throw new PortalError(`${path} is not a map of settings.`, { hint: 'Name an app-config.yaml of Backstage.' });
  document.contents = settings;
  expandAliases(document, path);
  return { document, settings };
}

/** Anchors may stand in a part that is left out, so whatever they stand for is written out. */
function expandAliases(document: Document, path: string): void {
  let copied = 0;
  visit(document, {
    Alias: (_key, alias, ancestors) => {
      const target = alias.resolve(document);
      copied += target === undefined ? 0 : countNodes(target);
      if (target === undefined || copied > mostCopied || ancestors.includes(target))
        throw new PortalError(`${path} has an alias that cannot be written out: \`*${alias.source}\`.`, {
          hint: 'Write out what it stands for.',
        });
      return copy(target);
    },
  });
  visit(document, { Node: (_key, node) => void ('anchor' in node && delete node.anchor) });
}

function countNodes(node: Node): number {
  let count = 0;
  visit(node, () => {
    count += 1;
  });
  return count;
}

function copy(node: Node): Node {
  const made: unknown = node.clone();
  return isMap(made) || isSeq(made) || isScalar(made) ? made : node;
}

/** Maps are merged, everything else is replaced, as Backstage lays its files over each other. */
function overlay(target: YAMLMap, source: YAMLMap): void {
  for (const pair of source.items) {
    const there = target.get(pair.key, true);
    if (isMap(there) && isMap(pair.value)) {
      overlay(there, pair.value);
      continue;
    }
    target.delete(pair.key);
    target.items.push(pair);
  }
}
