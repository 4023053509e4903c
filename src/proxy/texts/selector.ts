/** One condition of a label selector. */
type Requirement = { key: string; operator: Operator; values: readonly string[] };
type Operator = '=' | '!=' | 'in' | 'notin' | '>' | '<' | 'exists' | '!';

/** A label selector: all of its conditions must hold. */
export type Selector = readonly Requirement[];

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

const operators: ReadonlyMap<string, Operator> = new Map([
  ['=', '='],
  ['==', '='],
  ['!=', '!='],
  ['in', 'in'],
  ['notin', 'notin'],
  ['>', '>'],
  ['<', '<'],
]);

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
    if (token === ')') return [...new Set(values)].sort();
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
  const operator = operators.get(token);
  if (operator === undefined) return undefined;
  reader.next();
  const values = readValues(reader, operator);
  return values && { key, operator, values };
}

function isRequirement({ key, operator, values }: Requirement): boolean {
  const isNumber = operator === '>' || operator === '<';
  return isLabelKey(key) && values.every((value) => (isNumber ? isNumeral(value) : isLabelValue(value)));
}

const isNumeral = (text: string) => /^\d{1,15}$/.test(text);

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

/**
 * Reads a label selector as `kubectl get -l` takes it: `team=payments,tier in (1,2),!canary`. Nothing where Kubernetes would
 * refuse it, or where it selects everything.
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */
export function findSelector(text: string): Selector | undefined {
  if (text.length > longest) return undefined;
  const list = toTokens(text);
  const requirements = list && readAll(createReader(list));
  return requirements && requirements.length <= mostRequirements ? requirements : undefined;
}

function formatRequirement({ key, operator, values }: Requirement): string {
  if (operator === 'exists') return key;
  if (operator === '!') return `!${key}`;
  if (operator === 'in' || operator === 'notin') return `${key} ${operator} (${values.join(',')})`;
  return `${key}${operator}${values[0] ?? ''}`;
}

/** Whether a selector says what to take and not only what to leave: else it takes what is everybody's. */
export function isNarrow(selector: Selector): boolean {
  return selector.some(({ operator }) => operator !== '!' && operator !== '!=' && operator !== 'notin');
}

/** Writes a selector in one form, whatever form it was read from, so that what is asked for alike is asked once. */
export function formatSelector(selector: Selector): string {
  return [...new Set(selector.map(formatRequirement))].sort().join(',');
}

type Holds = (found: string | undefined, values: readonly string[]) => boolean;

const isNumber = (found: string | undefined): found is string => found !== undefined && isNumeral(found);

/** What a label must be; one that is not there is in no set. */
const conditions: Readonly<Record<Operator, Holds>> = {
  exists: (found) => found !== undefined,
  '!': (found) => found === undefined,
  '=': (found, values) => found !== undefined && values.includes(found),
  in: (found, values) => found !== undefined && values.includes(found),
  '!=': (found, values) => found === undefined || !values.includes(found),
  notin: (found, values) => found === undefined || !values.includes(found),
  '>': (found, [limit]) => isNumber(found) && Number(found) > Number(limit),
  '<': (found, [limit]) => isNumber(found) && Number(found) < Number(limit),
};

/** Whether labels are selected, as Kubernetes decides it. */
export function isSelected(labels: Readonly<Record<string, string>>, selector: Selector): boolean {
  const known = new Map(Object.entries(labels));
  return selector.every(({ key, operator, values }) => conditions[operator](known.get(key), values));
}
