import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { findPath, toFolder } from '#model/paths.ts';
import type { Place } from '#model/place.ts';
import { type Problem, toProblem } from '#model/problems.ts';
import { type Environment, substitute } from './substitute.ts';

/** A configuration value that knows where it was written. */
export type Tree =
  | { type: 'map'; place: Place; entries: Map<string, { place: Place; tree: Tree }> }
  | { type: 'list'; place: Place; trees: Tree[] }
  | { type: 'scalar'; place: Place; value: unknown }
  /** A value that could not be had; it is a problem only if somebody asks for it. */
  | { type: 'lost'; place: Place; toProblem: (key: string) => Problem };

export type TreeSources = {
  environment: Environment;
  /** The text of a file beside the configuration; undefined when it cannot be read. */
  readFile: (path: string) => string | undefined;
};

const maxIncludes = 10;
const maxDepth = 100;

/** Reads one configuration file; `${VAR}`, `$env`, `$file` and `$include` are resolved. */
export function parseTree(
  file: { path: string; text: string },
  sources: TreeSources,
  includes = 0,
): { value?: Tree; problems: Problem[] } {
  const lines = new LineCounter();
  const document = parseDocument(file.text, { lineCounter: lines, prettyErrors: false, logLevel: 'silent' });
  const context = { ...sources, file: file.path, lines, document, includes };
  const error = document.errors[0];
  if (error) {
    const place = toPlace(context, error.pos[0]);
    return { problems: [toProblem('yaml-syntax', { message: error.message }, { place })] };
  }
  return { value: toTree(document.contents, context, 0), problems: [] };
}

type Context = TreeSources & { file: string; lines: LineCounter; document: Document; includes: number };

function toPlace({ file, lines }: Pick<Context, 'file' | 'lines'>, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  return { repository: '', path: file, line: Math.max(1, line), column: Math.max(1, col) };
}

function toTree(source: unknown, context: Context, depth: number): Tree {
  const node = resolveAlias(source, context.document);
  const place = toPlace(context, node?.range?.[0] ?? 0);
  if (depth > maxDepth)
    return lose(place, (key) => toProblem('setting-wrong-type', { key, message: 'is nested too deep' }, { place }));
  if (isSeq(node)) return { type: 'list', place, trees: node.items.map((child) => toTree(child, context, depth + 1)) };
  if (isMap(node)) {
    const entries: Extract<Tree, { type: 'map' }>['entries'] = new Map();
    for (const { key, value } of node.items) {
      const keyPlace = isNode(key) ? toPlace(context, key.range?.[0] ?? 0) : place;
      const tree = toTree(value, context, depth + 1);
      entries.set(String(isScalar(key) ? key.value : key), { place: keyPlace, tree });
    }
    return toDirective({ type: 'map', place, entries }, context);
  }
  return toScalar(isScalar(node) ? node.value : null, place, context.environment);
}

function resolveAlias(source: unknown, document: Document): Node | undefined {
  if (!isNode(source)) return undefined;
  return 'resolve' in source ? (source.resolve(document) ?? undefined) : source;
}

function toScalar(value: unknown, place: Place, environment: Environment): Tree {
  if (typeof value !== 'string') return { type: 'scalar', place, value };
  const { missing, ...rest } = substitute(value, environment);
  if (missing === undefined) return { type: 'scalar', place, value: 'value' in rest ? rest.value : value };
  return lose(place, (key) => toProblem('setting-variable-missing', { key, name: missing }, { place }));
}

const lose = (place: Place, report: (key: string) => Problem): Tree => ({ type: 'lost', place, toProblem: report });

type Directive = (value: string, place: Place, context: Context) => Tree;

/** What a map with this single key stands for. */
const directives: Readonly<Record<string, Directive>> = {
  $env: (name, place, { environment }) => {
    const value = environment[name];
    return value === undefined
      ? lose(place, (key) => toProblem('setting-variable-missing', { key, name }, { place }))
      : { type: 'scalar', place, value: value.trim() };
  },
  $file: (target, place, context) => {
    const text = context.readFile(toPath(target, context.file));
    return text === undefined ? loseFile(target, place) : { type: 'scalar', place, value: text.trimEnd() };
  },
  $include: (target, place, context) => include(target, place, context),
};

function loseFile(target: string, place: Place, reason = 'cannot be read'): Tree {
  return lose(place, (key) => toProblem('setting-file-unreadable', { key, target, reason }, { place }));
}

function toDirective(tree: Extract<Tree, { type: 'map' }>, context: Context): Tree {
  const [[name, entry] = []] = tree.entries;
  if (tree.entries.size !== 1 || name === undefined || entry === undefined) return tree;
  const directive = Object.hasOwn(directives, name) ? directives[name] : undefined;
  if (directive === undefined) return tree;
  if (entry.tree.type === 'lost') return entry.tree;
  if (entry.tree.type !== 'scalar' || typeof entry.tree.value !== 'string') return tree;
  return directive(entry.tree.value, tree.place, context);
}

function include(value: string, place: Place, context: Context): Tree {
  const [target = '', fragment] = value.split(/#(.*)/s);
  if (context.includes >= maxIncludes) return loseFile(target, place, 'includes too many others');
  if (!/\.(?:ya?ml|json)$/.test(target)) return loseFile(target, place, 'is neither YAML nor JSON');
  const path = toPath(target, context.file);
  const text = context.readFile(path);
  if (text === undefined) return loseFile(target, place);
  const { value: tree } = parseTree({ path, text }, context, context.includes + 1);
  if (tree === undefined) return loseFile(target, place, 'is not valid YAML');
  const part = fragment ? findTree(tree, fragment.split('.')) : tree;
  return part ?? loseFile(target, place, `has no \`${fragment}\``);
}

/** A path as it is written in a configuration file; absolute ones stay, and `../` may lead above the first folder. */
export function toPath(target: string, file: string): string {
  if (target.startsWith('/')) return target;
  const folder = toFolder(file);
  const root = file.startsWith('/') ? '/' : '';
  const inside = findPath(folder, target);
  return inside === undefined ? `${folder === '' ? '.' : folder}/${target}` : `${root}${inside}` || '.';
}

/** The part of a tree at a path of keys and positions. */
export function findTree(tree: Tree, path: readonly string[]): Tree | undefined {
  let found: Tree | undefined = tree;
  for (const step of path) {
    if (found?.type === 'map') found = found.entries.get(step)?.tree;
    else if (found?.type === 'list') found = found.trees[Number(step)];
    else return undefined;
  }
  return found;
}

/** Lays one configuration over another: maps are joined key by key, everything else is replaced. */
export function mergeTrees(below: Tree | undefined, above: Tree): Tree {
  if (below?.type !== 'map' || above.type !== 'map') return above;
  const entries = new Map(below.entries);
  for (const [key, { place, tree }] of above.entries) {
    entries.set(key, { place, tree: mergeTrees(entries.get(key)?.tree, tree) });
  }
  return { type: 'map', place: above.place, entries };
}
