import type { DocsStore, SearchPart, SearchSection, SearchText } from '../ports.ts';
import { type HtmlPiece, isInline, listPieces } from './html-pieces.ts';
import { toLine } from './plain-text.ts';

/** Elements between which a sentence goes on. */
const joining = /^(?:br|img|input|td|th)$/;

/** Stands between the cells of a row. */
const cellMark = ' · ';

/** Words of code that nobody reads and nobody types: digests, keys, encoded files. */
const noise =
  /(?<![\w+/=-])(?:[0-9a-f]{20,}|(?=[\w+/-]*\d)(?=[\w+/-]*[a-z])(?=[\w+/-]*[A-Z])[\w+/]{40,}={0,2})(?![\w+/=-])/g;

/** How many characters of one page are searched; of what follows, the headings alone. */
const textLimit = 60_000;

/** How many bytes of HTML there are to a character of text, at most pages. */
const bytesPerCharacter = 3;

/** The text of a page whose body is kept, of which at most `limit` characters are searched. */
export function toSearchText(
  key: string,
  store: Pick<DocsStore, 'readBody' | 'measureBody'>,
  limit = textLimit,
): SearchText {
  const bytes = Math.min(store.measureBody(key), limit * bytesPerCharacter) / bytesPerCharacter;
  return { key, bytes: Math.ceil(bytes), read: () => toPageSections(store.readBody(key), limit) };
}

/**
 * What a rendered page says, heading by heading; what stands before the first heading comes first, with no id. At most
 * `limit` characters are kept of its text: after that, headings alone.
 */
export function toPageSections(html: string, limit: number): SearchSection[] {
  const page = createPage(limit);
  for (const piece of listPieces(html)) {
    if (piece.kind === 'text') page.add(piece.text);
    else if (piece.name === 'pre') page.setCode(piece.kind === 'start');
    else if (/^h[1-6]$/.test(piece.name)) setHeading(page, piece);
    else if (joining.test(piece.name)) page.add(piece.kind === 'end' ? cellMark : ' ');
    else if (!isInline(piece.name)) page.endPart();
  }
  return page.finish();
}

type Page = ReturnType<typeof createPage>;

function setHeading(page: Page, piece: Exclude<HtmlPiece, { kind: 'text' }>): void {
  const id = piece.kind === 'start' && piece.attributes.find(([key]) => key === 'id')?.[1];
  if (piece.kind === 'end') page.endHeading();
  else if (id) page.beginHeading(id, Number(piece.name[1]));
  else page.endPart();
}

function createPage(limit: number) {
  let section: SearchSection = { id: '', title: '', level: 1, parts: [] };
  const sections = [section];
  let isHeading = false;
  let isCode = false;
  let text = '';
  let rest = limit;
  const endPart = () => {
    if (isHeading) return;
    const part: SearchPart = { text: cut(toPartText(text, isCode), rest), isCode };
    if (part.text !== '') section.parts.push(part);
    rest -= part.text.length;
    text = '';
  };
  const endHeading = () => {
    if (isHeading) section.title = toLine(text);
    if (isHeading) text = '';
    isHeading = false;
  };
  return {
    add: (more: string) => {
      text += more;
    },
    endPart,
    setCode: (value: boolean) => {
      endPart();
      isCode = value;
    },
    beginHeading: (id: string, level: number) => {
      endHeading();
      endPart();
      section = { id, title: '', level, parts: [] };
      sections.push(section);
      isHeading = true;
    },
    endHeading,
    finish: () => {
      endHeading();
      endPart();
      return sections.filter(({ title, parts }) => title !== '' || parts.length > 0);
    },
  };
}

function toPartText(text: string, isCode: boolean): string {
  const line = toLine(text);
  return isCode ? line.replace(noise, '…') : line.replace(/^(?:· ?)+|(?: ?·)+$/g, '').replace(/·(?: ·)+/g, '·');
}

/** At most so much of a text, cut between words. */
function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return text.slice(0, Math.max(0, text.lastIndexOf(' ', limit)));
}
