import { findEnd, listEntries } from './markup.ts';

/** A part of a page whose markers a list right below it explains. */
type Annotated = { from: number; to: number; isCode: boolean };
/** The notes of one such part: their number, and the markers that were met. */
type Notes = { prefix: string; count: number; met: Set<string> };

const opening = /<(\w+) (?:[^<>]* )?class="([^"]*)"[^<>]*>/g;
const list = /\s*<ol>/y;
const comment = /<span class="token (?:[\w-]+ )*comment[^"]*">([^<]*)<\/span>/g;
const bareComment = /(?:#|\/\/|--|;+|%|&lt;!--|\/\*)[ ]*\(\d+\)!?[ ]*(?:--&gt;|\*\/)?[ ]*$/gm;
const marker = /\((\d+)\)(!)?/;

/** Finds code, and what an author marked with the class `annotate`, where an ordered list follows at once. */
function* findAnnotated(html: string): Generator<Annotated> {
  let done = 0;
  for (const match of html.matchAll(opening)) {
    const [all, tag = '', names = ''] = match;
    const classes = names.split(' ');
    const isCode = classes.includes('highlight');
    if (match.index < done || !(isCode || classes.includes('annotate'))) continue;
    const to = findEnd(html, tag, match.index + all.length);
    if (to === undefined) continue;
    done = to;
    list.lastIndex = to;
    if (list.test(html)) yield { from: match.index, to, isCode };
  }
}

function toMark(number: string, { prefix, met }: Notes): string {
  const id = met.has(number) ? '' : ` id="${prefix}-${number}-mark"`;
  met.add(number);
  return `<a class="note-mark"${id} href="#${prefix}-${number}" data-note="${number}" aria-label="Note ${number}"></a>`;
}

/** A marker with `!` takes the comment away that it stands in; without it, it takes only its own place. */
function markComment(text: string, notes: Notes): string {
  const match = marker.exec(text);
  const number = match?.[1] ?? '';
  if (!match || Number(number) < 1 || Number(number) > notes.count) return text;
  if (match[2]) return toMark(number, notes);
  return (
    text.slice(0, match.index) + toMark(number, notes) + markComment(text.slice(match.index + match[0].length), notes)
  );
}

function markCode(block: string, notes: Notes): string {
  const start = block.lastIndexOf('<code');
  const code = block.slice(start);
  const marked = code.includes('class="token')
    ? code.replace(comment, (whole, text: string) => whole.replace(text, () => markComment(text, notes)))
    : code.replace(bareComment, (text) => markComment(text, notes));
  return block.slice(0, start) + marked;
}

/** Marks text, but none of tags and of code. */
function markText(block: string, notes: Notes): string {
  return block.replace(/<(code|pre|a)\b[\s\S]*?<\/\1>|<[^>]*>|[^<]+/g, (piece) =>
    piece.startsWith('<')
      ? piece
      : piece.replace(/\((\d+)\)!?/g, (text, number: string) =>
          Number(number) >= 1 && Number(number) <= notes.count ? toMark(number, notes) : text,
        ),
  );
}

function formatNotes(entries: readonly string[], { prefix, met }: Notes): string {
  const rows = entries.map((entry, at) => {
    const number = String(at + 1);
    if (!met.has(number)) return `<li>${entry}</li>`;
    const back = ` <a class="note-back" href="#${prefix}-${number}-mark" aria-label="Back to mark ${number}">↩</a>`;
    const text = entry.trimEnd();
    const inside = text.endsWith('</p>') ? `${text.slice(0, -4)}${back}</p>` : `${text}${back}`;
    return `<li id="${prefix}-${number}">${inside}</li>`;
  });
  return `<ol class="notes">\n${rows.join('\n')}\n</ol>`;
}

/** Whether a block of code has notes: where the theme says so for all, where its author does, or by the plain marker `(1)!`. */
function isWanted(block: string, isCode: boolean, all: boolean): boolean {
  const classes = /class="([^"]*)"/.exec(block)?.[1]?.split(' ') ?? [];
  return !classes.includes('no-annotate') && (!isCode || all || classes.includes('annotate') || /\(\d+\)!/.test(block));
}

/**
 * Makes the numbered comments of code, and the list that explains them, one: marks that lead to notes, and back. Works on
 * finished HTML, so that it needs no script to be read.
 */
export function annotateCode(html: string, all: boolean): string {
  if (!html.includes('<ol>')) return html;
  const parts: string[] = [];
  let done = 0;
  let block = 0;
  for (const { from, to, isCode } of findAnnotated(html)) {
    const source = html.slice(from, to);
    if (from < done || !isWanted(source, isCode, all)) continue;
    const start = html.indexOf('<ol>', to);
    const end = findEnd(html, 'ol', start + 4) ?? html.length;
    const entries = listEntries(html.slice(start + 4, end - '</ol>'.length));
    const notes = { prefix: `note-${block + 1}`, count: entries.length, met: new Set<string>() };
    const marked = isCode ? markCode(source, notes) : markText(source, notes);
    if (notes.met.size === 0) continue;
    block += 1;
    parts.push(html.slice(done, from), marked, formatNotes(entries, notes));
    done = end;
  }
  return parts.join('') + html.slice(done);
}
