type Matcher = { label: string; isMatch: (value: string) => boolean };

/** What may be asked: one number, or series by their labels, several selectors joined by `or`. */
export type Expression = { kind: 'number'; value: string } | { kind: 'selectors'; selectors: readonly Matcher[][] };

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

/** Reads the few forms of PromQL that are understood here; nothing for any other. */
export function parseExpression(text: string): Expression | undefined {
  if (/^\s*\d+(?:\.\d+)?\s*$/.test(text)) return { kind: 'number', value: text.trim() };
  const reader: Reader = { text, at: 0 };
  const selectors: Matcher[][] = [];
  do {
    const selector = readSelector(reader);
    if (selector === undefined) return undefined;
    selectors.push(selector);
  } while (read(reader, /\s+or(?=[\s{])/) !== undefined);
  return read(reader, /\s*$/) === undefined ? undefined : { kind: 'selectors', selectors };
}

/** Whether a series is among those that one of the selectors asks for. */
export function isSelected(labels: Readonly<Record<string, string>>, selectors: readonly Matcher[][]): boolean {
  return selectors.some((matchers) => matchers.every(({ label, isMatch }) => isMatch(labels[label] ?? '')));
}
