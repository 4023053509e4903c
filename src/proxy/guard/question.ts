import type { RefusalCode } from '../refusals.ts';
import { findDecoded } from './rules.ts';

/** The parameters of a question, decoded once, or why they are refused. */
export type ParsedQuery =
  | { value: ReadonlyMap<string, string>; refusal?: undefined }
  | { value?: undefined; refusal: RefusalCode };

/** Reads the parameters of a target that kept the rules; each that is given is `known`, and given once. */
export function parseQuery(target: string, known: readonly string[]): ParsedQuery {
  const mark = target.indexOf('?');
  const value = new Map<string, string>();
  if (mark < 0) return { value };
  for (const part of target.slice(mark + 1).split('&')) {
    if (part === '') continue;
    const [name = '', ...rest] = part.split('=');
    if (!known.includes(name)) return { refusal: 'unknown-parameter' };
    if (value.has(name)) return { refusal: 'repeated-parameter' };
    value.set(name, findDecoded(rest.join('=')) ?? '');
  }
  return { value };
}

/** Whether a text is a name as an address holds it. */
export function isId(text: string): boolean {
  return /^[a-z0-9][a-z0-9._-]{0,62}$/.test(text) && !text.includes('..');
}

/** Whether a text is a reference in its canonical spelling. */
export function isRef(text: string): boolean {
  const parts = /^([^:/]+):([^:/]+)\/([^:/]+)$/.exec(text);
  return parts?.slice(1).every(isId) ?? false;
}
