import type { Element } from './element.ts';

export type Attributes = [name: string, value: string][];

/**
 * Reads `.class #id key=value key="value" word` up to the closing brace or the end of the text.
 * `.class` comes out under the name `.`; `rest` is what follows the attributes.
 */
export function readAttributes(text: string): { attributes: Attributes; rest: string } {
  const attributes: Attributes = [];
  let at = 0;
  while (at < text.length) {
    if (text[at] === ' ') {
      at++;
      continue;
    }
    const match = readOne(text, at);
    if (!match) break;
    attributes.push(match.attribute);
    at = match.end;
  }
  const brace = text.indexOf('}', at);
  return { attributes, rest: brace < 0 ? '' : text.slice(brace) };
}

const pair = /([^ =}]+)=(?:"([^"]*)"|'([^']*)'|([^ =}]+))/y;
const single = /[^ =}]+/y;

function readOne(text: string, at: number): { attribute: [string, string]; end: number } | undefined {
  pair.lastIndex = at;
  const match = pair.exec(text);
  if (match) return { attribute: [match[1] ?? '', match[2] ?? match[3] ?? match[4] ?? ''], end: pair.lastIndex };
  single.lastIndex = at;
  const word = single.exec(text)?.[0];
  if (!word) return undefined;
  if (word.startsWith('.')) return { attribute: ['.', word.slice(1)], end: single.lastIndex };
  if (word.startsWith('#')) return { attribute: ['id', word.slice(1)], end: single.lastIndex };
  return { attribute: [word, word], end: single.lastIndex };
}

/** Sets attributes on an element; classes add up. */
export function assignAttributes(element: Element, attributes: Attributes): void {
  for (const [name, value] of attributes) {
    if (name === '.') element.addClass(value);
    else element.attributes.set(name.replace(/[^A-Z_a-z\u00c0-\ufffd:\-.0-9\u00b7]+/g, '_'), value);
  }
}
