import type { ProxyEntity } from '#model/live/catalog.ts';
import type { NamedQuery, QueryParameter } from '../../settings.ts';
import { toSeconds } from './promql.ts';

/** An expression in pieces: text as its operator wrote it, and places that a word of the entity fills. */
export type QueryTemplate = readonly (string | { parameter: QueryParameter })[];

const queryName = /^[A-Za-z0-9_][A-Za-z0-9_.:-]{0,99}$/;
const parameterName = /^[A-Za-z_][A-Za-z0-9_]*$/;
const longest = 2000;
/** Comments, strings in their three quotes, `$name`, and anything else. A quote alone was never closed. */
const token =
  /#[^\n]*|"(?:[^"\\\n]|\\[^\n])*"|'(?:[^'\\\n]|\\[^\n])*'|`[^`]*`|(["'`])|\$([A-Za-z_][A-Za-z0-9_]*)|[^#"'`$]+|\$/g;
const place = /\$([A-Za-z_][A-Za-z0-9_]*)/;

type Read = { template: QueryTemplate[number][]; problems: string[]; used: Set<string> };

/** Reads one string: `$name` in it is a place to fill, `$1` and a `$` at the end are its own. */
function readString(text: string, parameters: ReadonlyMap<string, QueryParameter>, read: Read): void {
  for (const [at, part] of text.split(place).entries()) {
    const parameter = parameters.get(part);
    if (at % 2 === 0) read.template.push(part);
    else if (parameter === undefined) read.problems.push(`\`$${part}\` is not among its parameters`);
    else {
      read.used.add(part);
      read.template.push({ parameter });
    }
  }
}

function readExpression(expression: string, parameters: ReadonlyMap<string, QueryParameter>): Read {
  const read: Read = { template: [], problems: [], used: new Set() };
  for (const [text, open, bare] of expression.matchAll(token)) {
    if (open !== undefined) read.problems.push(`a ${open} is opened and never closed`);
    else if (bare !== undefined) read.problems.push(`\`$${bare}\` stands outside quotes: write it within a matcher`);
    else if (/^["'`]/.test(text)) readString(text, parameters, read);
    else read.template.push(text);
  }
  return read;
}

/**
 * Checks a named query of the configuration and takes its expression apart. A parameter may stand only within quotes, so
 * what fills it is always a part of a string, and never of the language.
 */
export function parseNamedQuery(query: NamedQuery): { value: QueryTemplate; problems: string[] } {
  const parameters = new Map(Object.entries(query.parameters));
  const { template, problems, used } = readExpression(query.expression, parameters);
  if (!queryName.test(query.name)) problems.push('its name may have letters, digits and `_ . : -`, at most 100');
  if (query.expression.trim() === '') problems.push('its expression is empty');
  if (query.expression.length > longest) problems.push(`its expression is longer than ${longest} characters`);
  for (const name of parameters.keys()) {
    if (!parameterName.test(name)) problems.push(`the parameter \`${name}\` cannot be written as \`$${name}\``);
    else if (!used.has(name)) problems.push(`the parameter \`${name}\` is used nowhere in the expression`);
  }
  return { value: template, problems };
}

const word = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

const sources: Record<QueryParameter, (entity: ProxyEntity) => string | undefined> = {
  name: ({ ref }) => /\/([^/]*)$/.exec(ref)?.[1],
  namespace: ({ ref }) => /:([^/]*)\//.exec(ref)?.[1],
  'kubernetes-id': ({ annotations }) => annotations['backstage.io/kubernetes-id'],
  system: ({ system }) => (system === undefined ? undefined : /([^/:]*)$/.exec(system)?.[1]),
};

/** A template with the words of an entity in it; or the parameter for which the entity has no plain word. */
export function fillTemplate(template: QueryTemplate, entity: ProxyEntity): string | { lacking: QueryParameter } {
  let expression = '';
  for (const part of template) {
    if (typeof part === 'string') expression += part;
    else {
      const value = sources[part.parameter](entity);
      if (value === undefined || !word.test(value)) return { lacking: part.parameter };
      expression += value;
    }
  }
  return expression;
}

const strings = /#[^\n]*|"(?:[^"\\\n]|\\[^\n])*"|'(?:[^'\\\n]|\\[^\n])*'|`[^`]*`/g;
/** Over how many seconds an expression looks back, where all its ranges are of one length: `[1h]`, `[28d]`. */
export function findWindow(expression: string): number | undefined {
  const ranges = expression.replace(strings, '""').matchAll(/\[([^\]:]*)[^\]]*\]/g);
  const lengths = [...ranges].map(([, length = '']) => toSeconds(length));
  const [first] = lengths;
  return lengths.every((length) => length === first) && first !== 0 ? first : undefined;
}

/** A template with a placeholder in each place, to ask whether its expression is understood. */
export function toSample(template: QueryTemplate): string {
  return template.map((part) => (typeof part === 'string' ? part : 'portolan')).join('');
}
