import type { Conversion } from './conversion.ts';
import { endOfRawText, type HtmlToken, rawTextTags, readHtmlToken } from './html-scanner.ts';
import { voidTags } from './serialize.ts';

/** Takes blocks of raw HTML out of the source and leaves a placeholder as a block of its own for each. */
export function stashHtmlBlocks(text: string, page: Conversion, blockTags: ReadonlySet<string>): string {
  if (!text.includes('<')) return text;
  return new HtmlBlockReader(text, page, blockTags).read();
}

const isBlank = (char: string | undefined): boolean => char !== undefined && char !== '\n' && char.trim() === '';

const twoBlankLines = /(?: *\n){2}/y;

/** Goes through a source tag by tag, and sets blocks of raw HTML aside. */
export class HtmlBlockReader {
  protected readonly text: string;
  protected readonly page: Conversion;
  protected readonly blockTags: ReadonlySet<string>;
  protected readonly clean: string[] = [];
  private raw: string[] = [];
  private openTags: string[] = [];
  protected inRaw = false;
  /** Behind a block, on the same line. */
  protected inTail = false;
  private at = 0;

  constructor(text: string, page: Conversion, blockTags: ReadonlySet<string>) {
    this.text = text;
    this.page = page;
    this.blockTags = blockTags;
  }

  read(): string {
    const { text } = this;
    const unclosed = new Set<string>();
    const lastEnd = text.lastIndexOf('>');
    while (this.at < text.length) {
      const next = text.indexOf('<', this.at);
      if (next < 0 || next > lastEnd) break;
      this.addText(text.slice(this.at, next));
      this.at = next;
      this.readAt(next, unclosed);
    }
    this.addText(text.slice(this.at));
    this.finish();
    if (this.raw.length > 0) this.clean.push(this.page.stash.store(this.raw.join('')));
    return this.clean.join('');
  }

  /** Called at the end of the source, before what is still open is set aside. */
  protected finish(): void {}

  private readAt(at: number, unclosed: Set<string>): void {
    const opening = this.text.slice(at, at + 3);
    const token = unclosed.has(opening) ? undefined : readHtmlToken(this.text, at);
    if (!token && (opening[1] === '!' || opening[1] === '?')) unclosed.add(opening);
    this.at = token?.end ?? at + 1;
    if (!token) this.addText('<');
    else if (token.kind === 'start') this.startTag(token);
    else if (token.kind === 'end') this.endTag(token);
    else this.comment(token);
  }

  protected atLineStart(at: number): boolean {
    let start = at;
    while (start > 0 && at - start < 4 && isBlank(this.text[start - 1])) start--;
    return at - start <= 3 && (start === 0 || this.text[start - 1] === '\n');
  }

  protected addText(part: string): void {
    if (this.inTail && part.includes('\n')) this.inTail = false;
    if (part) (this.inRaw ? this.raw : this.clean).push(part);
  }

  protected startTag(token: HtmlToken & { kind: 'start' }): void {
    const source = this.text.slice(token.start, token.end);
    if (voidTags.has(token.name) || token.selfClosing) {
      this.single(source, token, this.blockTags.has(token.name));
      return;
    }
    if (!this.inRaw && this.blockTags.has(token.name) && (this.inTail || this.atLineStart(token.start))) {
      this.inRaw = true;
      this.clean.push(this.inTail ? '\n\n' : '\n');
    }
    if (this.inRaw) {
      this.openTags.push(token.name);
      this.raw.push(source);
      if (rawTextTags.has(token.name)) this.skipRawText(token);
    } else this.clean.push(source);
  }

  private skipRawText({ name, end }: HtmlToken & { kind: 'start' }): void {
    this.at = endOfRawText(this.text, end, name);
    this.raw.push(this.text.slice(end, this.at));
  }

  protected endTag(token: HtmlToken & { kind: 'end' }): void {
    const source = this.text.slice(token.start, token.end);
    if (!this.inRaw) {
      this.clean.push(source);
      return;
    }
    this.raw.push(source);
    const index = this.openTags.lastIndexOf(token.name);
    if (index >= 0) this.openTags.length = index;
    if (this.openTags.length === 0) this.closeRaw(token.end);
  }

  private closeRaw(end: number): void {
    if (this.isFollowedByBlank(end)) this.raw.push('\n');
    else this.inTail = true;
    this.inRaw = false;
    this.clean.push(this.page.stash.store(this.raw.join('')), '\n\n');
    this.raw = [];
  }

  protected isFollowedByBlank(end: number): boolean {
    twoBlankLines.lastIndex = end;
    return twoBlankLines.test(this.text);
  }

  private comment(token: HtmlToken): void {
    if (!this.inRaw && !this.inTail && !this.atLineStart(token.start)) {
      this.addText('<');
      this.at = token.start + 1;
    } else this.single(this.text.slice(token.start, token.end), token, true);
  }

  /** A tag without content, or a comment. */
  protected single(source: string, token: HtmlToken, isBlock: boolean): void {
    // Behind a block the tag joins the next block of raw HTML, wherever that is: so does Python-Markdown.
    if (this.inRaw || this.inTail) this.raw.push(source);
    else if (isBlock && this.atLineStart(token.start)) {
      const blank = this.isFollowedByBlank(token.end);
      if (!blank) this.inTail = true;
      const last = this.clean[this.clean.length - 1] ?? '';
      if (!last.endsWith('\n\n') && last.endsWith('\n')) this.clean.push('\n');
      this.clean.push(this.page.stash.store(blank ? `${source}\n` : source), '\n\n');
    } else this.clean.push(source);
  }
}
