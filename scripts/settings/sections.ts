import type { z } from 'zod';
import { formatPlace, type Place } from '#model/place.ts';
import { type Problem, toProblem } from '#model/problems.ts';
import { findTree, type Tree } from './tree.ts';

/** Reads parts of a configuration by their schema, and collects what is wrong with them. */
export type SectionReader = {
  /** The value at a path; undefined when it is absent or wrong. */
  find: <Schema extends z.ZodType>(path: string, schema: Schema) => z.infer<Schema> | undefined;
  /** The entries of a list at a path that are right; a single map counts as a list of one. */
  list: <Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    options?: {
      /** Told what could not be had, which is no problem then: credentials are missed by those who need them. */
      tellLoss?: (problem: Problem) => void;
    },
  ) => Section<z.infer<Schema>>[];
  /** The entries of a map at a path that are right, each with its key. */
  entries: <Schema extends z.ZodType>(path: string, schema: Schema) => (Section<z.infer<Schema>> & { key: string })[];
  /** The part of the configuration at a path, as it was written. */
  findTree: (path: string) => Tree | undefined;
  problems: Problem[];
};

export type Section<Value> = { value: Value; place: Place };

/** A reader of a merged configuration. A part that is wrong is left out; the others are not touched by it. */
export function createSectionReader(root: Tree): SectionReader {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  const report = (problem: Problem): void => {
    const key = `${problem.code} ${problem.what} ${problem.place && formatPlace(problem.place)}`;
    if (!seen.has(key)) problems.push(problem);
    seen.add(key);
  };
  const findAt = (path: string) => findTree(root, path.split('.'));
  const read = <Schema extends z.ZodType>(tree: Tree, key: string, schema: Schema, reportLoss = report) => {
    let isLost = false;
    const value = toValue(tree, key, (problem) => {
      isLost = true;
      reportLoss(problem);
    });
    if (value === undefined) return undefined;
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    const issues = parsed.error.issues.filter((issue) => !isLost || isOwnFault(tree, issue));
    for (const issue of issues.slice(0, 5)) report(toTypeProblem(tree, key, issue));
    return undefined;
  };
  const readAll = <Schema extends z.ZodType>(
    trees: readonly [string, string, Tree][],
    schema: Schema,
    reportLoss = report,
  ) =>
    trees.flatMap(([key, name, tree]) => {
      const value = read(tree, key, schema, reportLoss);
      return value === undefined ? [] : [{ key: name, value, place: tree.place }];
    });
  const refuse = (tree: Tree, key: string, expected: string) => {
    if (tree.type === 'lost') report(tree.toProblem(key));
    else if (!isNull(tree))
      report(toProblem('setting-wrong-type', { key, message: `must be ${expected}` }, { place: tree.place }));
    return [];
  };
  return {
    find: (path, schema) => {
      const tree = findAt(path);
      return tree === undefined || isNull(tree) ? undefined : read(tree, path, schema);
    },
    list: (path, schema, { tellLoss: reportLoss = report } = {}) => {
      const tree = findAt(path);
      if (tree === undefined) return [];
      if (tree.type === 'map') return readAll([[path, path, tree]], schema, reportLoss);
      if (tree.type !== 'list') return refuse(tree, path, 'a list');
      return readAll(
        tree.trees.map((child, position) => [`${path}[${position}]`, `${position}`, child]),
        schema,
        reportLoss,
      );
    },
    entries: (path, schema) => {
      const tree = findAt(path);
      if (tree === undefined) return [];
      if (tree.type !== 'map') return refuse(tree, path, 'a map');
      return readAll(
        [...tree.entries].map(([key, entry]) => [`${path}.${key}`, key, entry.tree]),
        schema,
      );
    },
    findTree: findAt,
    problems,
  };
}

const isNull = (tree: Tree) => tree.type === 'scalar' && tree.value === null;

/**
 * The plain value of a tree. Each key is looked up when it is read, so that a value that could not be had is reported if
 * a schema asks for it, and is nothing otherwise.
 */
function toValue(tree: Tree, key: string, report: (problem: Problem) => void): unknown {
  if (tree.type === 'lost') {
    report(tree.toProblem(key));
    return undefined;
  }
  if (tree.type === 'scalar') return tree.value;
  if (tree.type === 'list') {
    const values = tree.trees.map((child, position) => toValue(child, `${key}[${position}]`, report));
    return values.filter((value) => value !== undefined);
  }
  const value = {};
  for (const [name, entry] of tree.entries) {
    if (isNull(entry.tree)) continue;
    const find = () => toValue(entry.tree, `${key}.${name}`, report);
    Object.defineProperty(value, name, { enumerable: true, get: find });
  }
  return value;
}

/** Whether a schema's complaint is about what was written, rather than about a value that could not be had. */
function isOwnFault(tree: Tree, issue: z.core.$ZodIssue): boolean {
  return issue.code !== 'custom' && findTree(tree, issue.path.map(String))?.type !== 'lost';
}

/** The place and the words for what a schema does not like. */
function toTypeProblem(tree: Tree, key: string, issue: z.core.$ZodIssue): Problem {
  const path = issue.path.map(String);
  const place = findPlace(tree, path);
  const name = path.reduce((text, step) => (/^\d+$/.test(step) ? `${text}[${step}]` : `${text}.${step}`), key);
  return toProblem('setting-wrong-type', { key: name, message: formatIssue(issue) }, { place });
}

function findPlace(tree: Tree, path: readonly string[]): Place {
  for (let length = path.length; length > 0; length -= 1) {
    const found = findTree(tree, path.slice(0, length));
    if (found !== undefined) return found.place;
  }
  return tree.place;
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'must be a text',
  number: 'must be a number',
  boolean: 'must be `true` or `false`',
  array: 'must be a list',
  object: 'must be a map',
};

function formatIssue(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return typeNames[issue.expected] ?? `must be of type ${issue.expected}`;
  if (issue.code === 'invalid_value')
    return `must be one of ${issue.values.map((value) => `\`${String(value)}\``).join(', ')}`;
  if (issue.code === 'unrecognized_keys')
    return `has keys that are not known: ${issue.keys.map((key) => `\`${key}\``).join(', ')}`;
  if (issue.code === 'too_small' && issue.origin !== 'number' && issue.origin !== 'int') return 'must not be empty';
  if (issue.code === 'too_small') return `must be ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`;
  if (issue.code === 'too_big' && issue.origin === 'number') return `must be at most ${issue.maximum}`;
  if (issue.code === 'invalid_format' && issue.format !== 'regex') return `must be a full address (${issue.format})`;
  if (issue.code === 'invalid_union' && issue.message === 'Invalid input') return 'has a form that is not known';
  return issue.message;
}
