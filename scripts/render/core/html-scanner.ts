export type HtmlToken =
  | { kind: 'start'; start: number; end: number; name: string; attributes: [string, string][]; selfClosing: boolean }
  | { kind: 'end'; start: number; end: number; name: string }
  | { kind: 'comment' | 'declaration'; start: number; end: number };

const maxAttributes = 100;
const isSpace = (char: string | undefined): boolean =>
  char === ' ' || char === '\n' || char === '\t' || char === '\r' || char === '\f';
const isLetter = (char: string | undefined): boolean =>
  char !== undefined && ((char >= 'a' && char <= 'z') || (char >= 'A' && char <= 'Z'));

/** Reads the tag, comment or declaration that begins at a `<`, or nothing if that is just a character. */
export function readHtmlToken(text: string, at: number): HtmlToken | undefined {
  const next = text[at + 1];
  if (next === '/') return isLetter(text[at + 2]) ? readEndTag(text, at) : undefined;
  if (next === '!') return readDeclaration(text, at);
  if (next === '?') return closedBy(text, at, '>', 'declaration');
  return isLetter(next) ? readStartTag(text, at) : undefined;
}

function closedBy(
  text: string,
  at: number,
  mark: string,
  kind: 'comment' | 'declaration',
  from = at + 2,
): HtmlToken | undefined {
  const end = text.indexOf(mark, from);
  return end < 0 ? undefined : { kind, start: at, end: end + mark.length };
}

function readDeclaration(text: string, at: number): HtmlToken | undefined {
  if (text.startsWith('<!--', at)) {
    if (text[at + 4] === '>') return { kind: 'comment', start: at, end: at + 5 };
    return closedBy(text, at, '-->', 'comment', at + 4);
  }
  if (text.startsWith('<![', at)) return closedBy(text, at, ']>', 'declaration');
  return isLetter(text[at + 2]) ? closedBy(text, at, '>', 'declaration') : undefined;
}

function readEndTag(text: string, at: number): HtmlToken | undefined {
  const end = text.indexOf('>', at);
  if (end < 0) return undefined;
  const name = /^[^\s/>]+/.exec(text.slice(at + 2, Math.min(end, at + 102)))?.[0] ?? '';
  return { kind: 'end', start: at, end: end + 1, name: name.toLowerCase() };
}

function readStartTag(text: string, at: number): HtmlToken | undefined {
  const attributes: [string, string][] = [];
  let position = endOfName(text, at + 1);
  const name = text.slice(at + 1, position).toLowerCase();
  let selfClosing = false;
  while (position < text.length && attributes.length < maxAttributes) {
    const char = text[position];
    if (char === '>') return { kind: 'start', start: at, end: position + 1, name, attributes, selfClosing };
    selfClosing = char === '/';
    if (isSpace(char) || char === '/') position++;
    else {
      const attribute = readAttribute(text, position);
      if (!attribute) return undefined;
      attributes.push([attribute.name, attribute.value]);
      position = attribute.end;
    }
  }
  return undefined;
}

function endOfName(text: string, from: number): number {
  let end = from;
  while (end < text.length && !isSpace(text[end]) && text[end] !== '/' && text[end] !== '>') end++;
  return end;
}

function readAttribute(text: string, from: number): { name: string; value: string; end: number } | undefined {
  let end = from + 1;
  while (end < text.length && !isSpace(text[end]) && !'=/>'.includes(text[end] ?? '')) end++;
  const name = text.slice(from, end).toLowerCase();
  let equals = end;
  while (isSpace(text[equals])) equals++;
  if (text[equals] !== '=') return { name, value: '', end };
  let start = equals + 1;
  while (isSpace(text[start])) start++;
  const quote = text[start];
  if (quote === '"' || quote === "'") {
    const close = text.indexOf(quote, start + 1);
    return close < 0 ? undefined : { name, value: text.slice(start + 1, close), end: close + 1 };
  }
  let stop = start;
  while (stop < text.length && !isSpace(text[stop]) && text[stop] !== '>') stop++;
  return { name, value: text.slice(start, stop), end: stop };
}

/** Tags whose content is not HTML. */
export const rawTextTags: ReadonlySet<string> = new Set(['script', 'style']);

/** Where the content of a `script` or `style` ends: at its end tag, or at the end of the text. */
export function endOfRawText(text: string, from: number, name: string): number {
  const pattern = new RegExp(`</${name}(?=[\\s/>])`, 'gi');
  pattern.lastIndex = from;
  return pattern.exec(text)?.index ?? text.length;
}
