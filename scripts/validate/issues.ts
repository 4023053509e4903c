import type { z } from 'zod';
import { type FormatCode, formatCodes } from '#model/entity.ts';
import { formatPath, type Place } from '#model/place.ts';
import { type Problem, toProblem } from '#model/problems.ts';
import { findNear } from '../suggest.ts';
import { isKeyed, type Keyed, type Subject } from './document.ts';

type Path = readonly (string | number)[];
type Issue = z.core.$ZodIssue;

const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  array: 'a list',
  object: 'a set of keys',
  record: 'a set of keys',
  boolean: 'true or false',
  number: 'a number',
};

/** What a value is, in the words of the problem table. */
export function toTypeName(value: unknown): string {
  if (value === null) return 'empty (null)';
  if (Array.isArray(value)) return 'a list';
  return typeNames[typeof value] ?? typeof value;
}

/** What a schema has found, in our own sentences, each at the key it is about. */
export function toProblems(issues: readonly Issue[], subject: Subject): Problem[] {
  return issues
    .flatMap(toLeaves)
    .filter((issue) => !(subject.isIncomplete && isPlaceholder(findAt(subject.value, toPath(issue)))))
    .map((issue) => toIssueProblem(issue, subject));
}

// A placeholder that could not be replaced has its own problem already.
function isPlaceholder(found: unknown): boolean {
  return isKeyed(found) && /^\$(?:text|json|yaml)$/.test(Object.keys(found).join());
}

// Nothing here has a symbol for a key.
const toPath = (issue: Issue) => issue.path as Path;

// A union reports every way that failed; the way that got past the outermost type is the one that was meant.
function toLeaves(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const meant = issue.errors.find((way) => way.every((inner) => inner.path.length > 0));
  if (!meant) return [issue];
  return meant.flatMap((inner) => toLeaves({ ...inner, path: [...issue.path, ...inner.path] }));
}

function toIssueProblem(issue: Issue, { value, locate }: Subject): Problem {
  const path = toPath(issue);
  const found = findAt(value, path);
  if (found === undefined) return toMissing(path, value, locate);
  const field = formatPath(path);
  const where = { place: locate(path) };
  switch (issue.code) {
    case 'invalid_type':
    case 'invalid_union':
      return toProblem('wrong-type', { field, expected: toExpected(issue), found: toTypeName(found) }, where);
    case 'too_small':
      return toProblem(issue.origin === 'string' ? 'empty-text' : 'empty-list', { field }, where);
    case 'too_big':
      return toProblem('too-long', { field, most: Number(issue.maximum) }, where);
    case 'invalid_value': {
      const allowed = issue.values.map((choice) => `\`${String(choice)}\``).join(' or ');
      return toProblem('not-one-of', { field, allowed }, where);
    }
    default:
      return toFormatProblem(issue, field, found, where);
  }
}

function toMissing(path: Path, value: Keyed, locate: Subject['locate']): Problem {
  const parent = path.slice(0, -1);
  const siblings = findAt(value, parent);
  const near = isKeyed(siblings) ? findNear(String(path.at(-1)), Object.keys(siblings)) : undefined;
  const place = locate(near === undefined ? path : [...parent, near]);
  return toProblem('missing-field', { field: formatPath(path), near }, { place });
}

function toFormatProblem(issue: Issue, field: string, found: unknown, where: { place: Place }): Problem {
  const code = issue.code === 'custom' ? findFormatCode(issue.params?.problem) : undefined;
  if (!code) return toProblem('wrong-type', { field, expected: 'something else', found: toTypeName(found) }, where);
  const isKey = code === 'bad-label-key' || code === 'bad-annotation-key';
  return toProblem(code, { field, value: isKey ? String(issue.path.at(-1)) : String(found) }, where);
}

function findFormatCode(code: unknown): FormatCode | undefined {
  return formatCodes.find((known) => known === code);
}

function toExpected(issue: Issue): string {
  if (issue.code === 'invalid_type') return typeNames[issue.expected] ?? issue.expected;
  if (issue.code !== 'invalid_union') return '';
  return issue.errors.flatMap((way) => way.slice(0, 1).map(toExpected)).join(' or ');
}

function findAt(value: unknown, path: Path): unknown {
  let here = value;
  for (const part of path) {
    if (Array.isArray(here)) here = here[Number(part)];
    else if (isKeyed(here) && Object.hasOwn(here, part)) here = here[part];
    else return undefined;
  }
  return here;
}
