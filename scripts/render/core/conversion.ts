import { HtmlStash } from './stash.ts';

export type Reference = { href: string; title: string | undefined };
/** A heading as the table of contents shows it. */
export type Heading = { level: number; id: string; title: string };
/** Something to tell the author, in words, with the line where it is known. */
export type Remark = { code: string; text: string; line?: number };

/** Everything that one page gathers on its way from Markdown to HTML; thrown away afterwards. */
export class Conversion {
  readonly stash = new HtmlStash();
  readonly references = new Map<string, Reference>();
  readonly ids = { taken: new Set<string>(), next: new Map<string, string>() };
  readonly headings: Heading[] = [];
  readonly remarks: Remark[] = [];
  /** Path of the page inside the docs folder. */
  readonly path: string;
  private readonly notes = new Map<unknown, unknown>();

  constructor(path = '') {
    this.path = path;
  }

  /** The note an extension keeps for this page under its key, made when first asked for. */
  note<Value>(key: NoteKey<Value>): Value {
    if (!this.notes.has(key)) this.notes.set(key, key.create());
    return this.notes.get(key) as Value; // the key's type says what was stored under it
  }
}

export type NoteKey<Value> = { create: () => Value };

/** Names a place for what an extension remembers while one page is converted. */
export function defineNote<Value>(create: () => Value): NoteKey<Value> {
  return { create };
}
