/** A part of a label selector: what it says of one label. */
type Requirement = { key: string; operator: Operator; values: string[] };
type Operator = '=' | '!=' | 'in' | 'notin' | '>' | '<' | 'exists' | '!';

const longest = 1000;
const mostRequirements = 32;

const word = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)$/;
const domain = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?)*$/;

/** Whether a text may be the value of a label; the empty one may. */
export function isLabelValue(text: string): boolean {
  return text === '' || word.test(text);
}

/** Whether a text may be the name of a namespace. */
export function isNamespaceName(text: string): boolean {
  return text.length <= 63 && domain.test(text) && !text.includes('.');
}

function isLabelKey(text: string): boolean {
  const parts = text.split('/');
  const name = parts.at(-1) ?? '';
  const [prefix] = parts;
  if (parts.length > 2 || !word.test(name)) return false;
  return parts.length === 1 || (prefix !== undefined && prefix.length <= 253 && domain.test(prefix));
}

const tokens = /\s*(==|!=|[=!(),<>]|[^\s=!(),<>]+)\s*/y;

function toTokens(text: string): string[] | undefined {
  const found: string[] = [];
  let at = 0;
  while (at < text.length) {
    tokens.lastIndex = at;
    const match = tokens.exec(text);
    if (match?.[1] === undefined) return undefined;
    found.push(match[1]);
    at = tokens.lastIndex;
  }
  return found;
}

const isWord = (token: string | undefined): token is string => token !== undefined && !/^[=!(),<>]/.test(token);

const operators: Readonly<Record<string, Operator>> = {
  '=': '=',
  '==': '=',
  '!=': '!=',
  in: 'in',
  notin: 'notin',
  '>': '>',
  '<': '<',
};

/** Reads tokens one after another; what does not fit the grammar ends the reading with nothing. */
function createReader(list: readonly string[]) {
  let at = 0;
  const peek = () => list[at];
  const next = () => list[at++];
  return { peek, next, isAtEnd: () => at >= list.length };
}
type Reader = ReturnType<typeof createReader>;

/** `(a, b, )`: an empty place stands for the empty value. */
function readSet(reader: Reader): string[] | undefined {
  if (reader.next() !== '(') return undefined;
  const values: string[] = [];
  for (;;) {
    values.push(isWord(reader.peek()) ? (reader.next() ?? '') : '');
    const token = reader.next();
    if (token === ')') return values;
    if (token !== ',') return undefined;
  }
}

function readValues(reader: Reader, operator: Operator): string[] | undefined {
  if (operator === 'in' || operator === 'notin') return readSet(reader);
  return [isWord(reader.peek()) ? (reader.next() ?? '') : ''];
}

function readRequirement(reader: Reader): Requirement | undefined {
  const isNegated = reader.peek() === '!';
  if (isNegated) reader.next();
  const key = reader.next();
  if (!isWord(key)) return undefined;
  const token = reader.peek();
  if (isNegated) return { key, operator: '!', values: [] };
  if (token === undefined || token === ',') return { key, operator: 'exists', values: [] };
  const operator = Object.hasOwn(operators, token) ? operators[token] : undefined;
  if (operator === undefined) return undefined;
  reader.next();
  const values = readValues(reader, operator);
  return values && { key, operator, values };
}

function isRequirement({ key, operator, values }: Requirement): boolean {
  const isNumber = operator === '>' || operator === '<';
  return isLabelKey(key) && values.every((value) => (isNumber ? /^\d{1,15}$/.test(value) : isLabelValue(value)));
}

function formatRequirement({ key, operator, values }: Requirement): string {
  if (operator === 'exists') return key;
  if (operator === '!') return `!${key}`;
  if (operator === 'in' || operator === 'notin') return `${key} ${operator} (${[...new Set(values)].sort().join(',')})`;
  return `${key}${operator}${values[0] ?? ''}`;
}

function readAll(reader: Reader): Requirement[] | undefined {
  const found: Requirement[] = [];
  for (;;) {
    const requirement = readRequirement(reader);
    if (!requirement || !isRequirement(requirement)) return undefined;
    found.push(requirement);
    if (reader.isAtEnd()) return found;
    if (reader.next() !== ',') return undefined;
  }
}

/** Whether a selector, in the form that we write, says what to take and not only what to leave: else it takes what is everybody's. */
export function isNarrow(selector: string): boolean {
  return selector.split(/,(?![^()]*\))/).some((part) => !/^!|!=| notin /.test(part));
}

/**
 * A label selector in the one form that means the same, or nothing where Kubernetes would refuse it. One that selects everything
 * is refused too.
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */
export function findSelector(text: string): string | undefined {
  if (text.length > longest) return undefined;
  const list = toTokens(text);
  const requirements = list && readAll(createReader(list));
  if (!requirements || requirements.length > mostRequirements) return undefined;
  return [...new Set(requirements.map(formatRequirement))].sort().join(',');
}
