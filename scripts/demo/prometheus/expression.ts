type Matcher = { label: string; isMatch: (value: string) => boolean };

/** How fast the counters that a selector chooses grow together, over so many seconds. */
export type Rate = { matchers: Matcher[]; seconds: number };

/** What may be asked: a number; series by their labels, several selectors joined by `or`; a rate, or a rate of another. */
export type Expression =
  | { kind: 'number'; value: string }
  | { kind: 'selectors'; selectors: readonly Matcher[][] }
  | { kind: 'rate'; rates: readonly Rate[] };

type Reader = { text: string; at: number };

/** Reads what matches at the place where the reader is; nothing, and stays there, where it does not. */
function read(reader: Reader, pattern: RegExp): string[] | undefined {
  const sticky = new RegExp(pattern.source, 'y');
  sticky.lastIndex = reader.at;
  const match = sticky.exec(reader.text);
  if (match === null) return undefined;
  reader.at = sticky.lastIndex;
  return [...match];
}

/** A string of PromQL as the text that it stands for. */
const toText = (quoted: string): string => quoted.replace(/\\(.)/g, (_, sign: string) => (sign === 'n' ? '\n' : sign));

const tests: Readonly<Record<string, (wanted: string) => Matcher['isMatch']>> = {
  '=': (wanted) => (value) => value === wanted,
  '!=': (wanted) => (value) => value !== wanted,
  '=~': (wanted) => (value) => new RegExp(`^(?:${wanted})$`).test(value),
  '!~': (wanted) => (value) => !new RegExp(`^(?:${wanted})$`).test(value),
};

const matcher = /\s*([A-Za-z_][A-Za-z0-9_]*)\s*(=~|!~|!=|=)\s*"((?:[^"\\\n]|\\[^\n])*)"\s*/;

function readMatchers(reader: Reader): Matcher[] | undefined {
  if (read(reader, /\{/) === undefined) return [];
  const matchers: Matcher[] = [];
  while (read(reader, /\s*\}/) === undefined) {
    const [, label = '', sign = '', wanted = ''] = read(reader, matcher) ?? [];
    const toTest = tests[sign];
    if (toTest === undefined) return undefined;
    matchers.push({ label, isMatch: toTest(toText(wanted)) });
    if (read(reader, /,/) === undefined && read(reader, /(?=\})/) === undefined) return undefined;
  }
  return matchers;
}

function readSelector(reader: Reader): Matcher[] | undefined {
  const [, name] = read(reader, /\s*([A-Za-z_:][A-Za-z0-9_:]*)?/) ?? [];
  const matchers = readMatchers(reader);
  if (matchers === undefined) return undefined;
  const all = name ? [{ label: '__name__', isMatch: (value: string) => value === name }, ...matchers] : matchers;
  // As Prometheus has it: a selector that the empty value satisfies everywhere would select everything.
  return all.some(({ isMatch }) => !isMatch('')) ? all : undefined;
}

const seconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** `sum(rate(requests_total{app="a"}[5m]))`. */
function readRate(reader: Reader): Rate | undefined {
  if (read(reader, /\s*sum\(\s*rate\(/) === undefined) return undefined;
  const matchers = readSelector(reader);
  const [, count, unit = ''] = read(reader, /\[(\d+)([smhdw])\]\s*\)\s*\)\s*/) ?? [];
  return matchers === undefined || count === undefined
    ? undefined
    : { matchers, seconds: Number(count) * (seconds[unit] ?? 0) };
}

/** Reads some of a form, parted by a sign; nothing where one is not of that form, or where more follows. */
function readAll<Part>(text: string, sign: RegExp, readOne: (reader: Reader) => Part | undefined): Part[] | undefined {
  const reader: Reader = { text, at: 0 };
  const parts: Part[] = [];
  do {
    const part = readOne(reader);
    if (part === undefined) return undefined;
    parts.push(part);
  } while (read(reader, sign) !== undefined);
  return read(reader, /\s*$/) === undefined ? undefined : parts;
}

/** Reads the few forms of PromQL that are understood here; nothing for any other. */
export function parseExpression(text: string): Expression | undefined {
  if (/^\s*\d+(?:\.\d+)?\s*$/.test(text)) return { kind: 'number', value: text.trim() };
  const rates = readAll(text, /\//, readRate);
  if (rates !== undefined && rates.length <= 2) return { kind: 'rate', rates };
  const selectors = readAll(text, /\s+or(?=[\s{])/, readSelector);
  return selectors === undefined ? undefined : { kind: 'selectors', selectors };
}

/** Whether a series is among those that one of the selectors asks for. */
export function isSelected(labels: Readonly<Record<string, string>>, selectors: readonly Matcher[][]): boolean {
  return selectors.some((matchers) => matchers.every(({ label, isMatch }) => isMatch(labels[label] ?? '')));
}
