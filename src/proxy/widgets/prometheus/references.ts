import { isSecretKey } from '#model/live/catalog.ts';

/** One entry of `prometheus.io/rule`: the name of something, never an expression. */
export type Reference = {
  text: string;
  /** What it may name: a query of the configuration, an SLO of Sloth or Pyrra, a recording rule. */
  kinds: readonly ('query' | 'slo' | 'rule')[];
};

/** What was read of an annotation, and the entries that name nothing. */
export type References = { references: Reference[]; wrong: string[] };

const sloName = /^[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63}){0,3}$/;
const metricName = /^[A-Za-z_:][A-Za-z0-9_:]{0,199}$/;
const alertName = /^[\p{L}\p{N}_:.][\p{L}\p{N}_:. -]{0,199}$/u;
const longest = 2000;

const opening = '([{';
const closing = ')]}';
const quotes = '"\'`';

/** Splits at commas, but not at those within brackets or quotes: half an expression could look like a name. */
function splitEntries(text: string): string[] {
  const entries = [''];
  let depth = 0;
  let quote = '';
  for (const character of text) {
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (quotes.includes(character)) quote = character;
    else if (opening.includes(character)) depth += 1;
    else if (closing.includes(character)) depth -= 1;
    if (character === ',' && depth === 0 && quote === '') entries.push('');
    else entries.push(`${entries.pop()}${character}`);
  }
  return entries.map((entry) => entry.trim()).filter((entry) => entry !== '');
}

function toKinds(text: string, queries: ReadonlySet<string>): Reference['kinds'] {
  if (queries.has(text)) return ['query'];
  if (isSecretKey(text)) return [];
  const kinds: Reference['kinds'][number][] = [];
  if (sloName.test(text)) kinds.push('slo');
  if (metricName.test(text)) kinds.push('rule');
  return kinds;
}

/** Reads `prometheus.io/rule`. What follows a `|` is a dimension of a chart, which nothing here draws. */
export function parseRules(annotation: string, queries: ReadonlySet<string>): References {
  if (annotation.length > longest) return { references: [], wrong: [annotation] };
  const references = new Map<string, Reference>();
  const wrong: string[] = [];
  for (const entry of splitEntries(annotation)) {
    const text = (queries.has(entry) ? entry : (/^[^|]*/.exec(entry)?.[0] ?? '')).trim();
    const kinds = toKinds(text, queries);
    if (kinds.length === 0) wrong.push(entry);
    else references.set(text, { text, kinds });
  }
  return { references: [...references.values()], wrong };
}

/** What an entity wants of alerts: `all` that name it, or those of these names. */
export type WantedAlerts = { all: boolean; names: string[]; wrong: string[] };

/** Reads `prometheus.io/alert`. */
export function parseAlerts(annotation: string): WantedAlerts {
  if (annotation.length > longest) return { all: false, names: [], wrong: [annotation] };
  const entries = [...new Set(splitEntries(annotation))];
  const named = entries.filter((entry) => entry !== 'all');
  const isName = (entry: string) => alertName.test(entry) && !isSecretKey(entry);
  return {
    all: entries.includes('all'),
    names: named.filter(isName),
    wrong: named.filter((entry) => !isName(entry)),
  };
}
