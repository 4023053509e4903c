import { Element } from '../element.ts';
import type { InlineContext, InlineRule } from '../inline-parser.ts';
import { escapeAll } from '../serialize.ts';
import { hide } from '../stash.ts';

/** Where runs of a character begin, by the length of the run. */
function runsOf(char: string, text: string, memory: Map<unknown, unknown>): Map<number, number[]> {
  const known = memory.get(runsOf) as Map<number, number[]> | undefined; // only this function writes under its own key
  if (known) return known;
  const runs = new Map<number, number[]>();
  for (let start = text.indexOf(char); start >= 0; ) {
    let end = start;
    while (text[end] === char) end++;
    const starts = runs.get(end - start);
    if (starts) starts.push(start);
    else runs.set(end - start, [start]);
    start = text.indexOf(char, end);
  }
  memory.set(runsOf, runs);
  return runs;
}

/** The first of ascending numbers that is not below `least`. */
export function firstFrom(sorted: readonly number[], least: number): number | undefined {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return sorted[low];
}

export function countBackslashes(text: string, end: number, from: number): number {
  let count = 0;
  while (end - 1 - count >= from && text[end - 1 - count] === '\\') count++;
  return count;
}

/** The span of code that opens at a backtick: the longest opening that is closed by as many backticks. */
export function findCodeSpan(
  text: string,
  at: number,
  { memory, from }: InlineContext,
): { end: number; code: string } | undefined {
  if (countBackslashes(text, at, from) % 2 === 1) return undefined;
  const runs = runsOf('`', text, memory);
  let length = 0;
  while (text[at + length] === '`') length++;
  const longest = Math.min(length, text.length - at - length);
  for (let size = longest; size > 0; size--) {
    const close = firstFrom(runs.get(size) ?? [], at + length);
    if (close !== undefined && close > at + size) return { end: close + size, code: text.slice(at + size, close) };
  }
  return undefined;
}

/** Where to look on after backticks that open nothing: behind them, or behind the one that is escaped. */
export function endOfRun(text: string, at: number, { from }: InlineContext): number {
  if (countBackslashes(text, at, from) % 2 === 1) return at + 1;
  let end = at;
  while (text[end] === '`') end++;
  return end;
}

/** Code between backticks. */
export const codeRule: InlineRule = {
  triggers: '`',
  find(text, at, context) {
    const span = findCodeSpan(text, at, context);
    if (!span) return endOfRun(text, at, context);
    return { start: at, end: span.end, node: new Element('code').setAtomic(escapeAll(span.code.trim())) };
  },
};

/** A backslash that makes the next character an ordinary one. */
export function createEscapeRule(escapable: ReadonlySet<string>): InlineRule {
  return {
    triggers: '\\',
    find(text, at) {
      const char = text[at + 1];
      if (char === undefined) return undefined;
      return escapable.has(char) ? { start: at, end: at + 2, node: hide(char) } : at + 2;
    },
  };
}
