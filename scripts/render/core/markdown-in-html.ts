import { type Conversion, defineNote } from './conversion.ts';
import { HtmlBlockReader } from './html-blocks.ts';
import type { HtmlToken } from './html-scanner.ts';
import { escapeAttribute, voidTags } from './serialize.ts';

type Content = 'block' | 'span' | 'off';
/** An element of the source whose content is Markdown. */
export type MarkdownElement = { tag: string; attributes: [string, string][]; content: Content; text: string };
type StartTag = HtmlToken & { kind: 'start' };

/** The elements that wait for the block parser, by the number of their placeholder. */
export const markdownElements = defineNote(() => new Map<string, MarkdownElement>());

const spanTags = new Set('address dd dt h1 h2 h3 h4 h5 h6 legend li p summary td th'.split(' '));
const rawTags = new Set('canvas math option pre script style textarea'.split(' '));

/** Sets raw HTML aside as usual, but reads elements with a `markdown` attribute as Markdown. */
class MarkdownInHtmlReader extends HtmlBlockReader {
  private readonly stack: MarkdownElement[] = [];

  private get current(): MarkdownElement | undefined {
    return this.stack[this.stack.length - 1];
  }

  private contentOf({ name, attributes }: StartTag): Content | undefined {
    const asked = attributes.find(([key]) => key === 'markdown')?.[1];
    let mode = asked === undefined ? '0' : asked === '' || asked === 'markdown' ? '1' : asked;
    const parent = this.current?.content;
    if (parent === 'off' || (parent === 'span' && mode !== '0')) mode = parent;
    if (!this.blockTags.has(name)) return undefined;
    const isRaw = rawTags.has(name);
    if (mode === '1' && !isRaw) return spanTags.has(name) ? 'span' : 'block';
    return (mode === 'block' || mode === 'span') && !isRaw ? mode : 'off';
  }

  protected override startTag(token: StartTag): void {
    if (voidTags.has(token.name) || token.selfClosing) {
      super.startTag(token);
      return;
    }
    const content = this.contentOf(token);
    const opens = content !== undefined && !this.inRaw && (this.inTail || this.atLineStart(token.start));
    if (opens && (this.current || content !== 'off')) this.open(token, content);
    else if (this.current) this.append(this.text.slice(token.start, token.end));
    else super.startTag(token);
  }

  private open({ name, attributes }: StartTag, content: Content): void {
    if (this.stack.some(({ tag }) => tag === 'p')) this.close('p');
    if (this.stack.length > 100) return;
    this.stack.push({ tag: name, attributes: attributes.filter(([key]) => key !== 'markdown'), content, text: '' });
  }

  protected override endTag(token: HtmlToken & { kind: 'end' }): void {
    if (this.inRaw || !this.current) super.endTag(token);
    else if (this.blockTags.has(token.name) && this.stack.some(({ tag }) => tag === token.name)) {
      this.close(token.name);
      if (!this.current && !this.isFollowedByBlank(token.end)) this.inTail = true;
    } else this.append(this.text.slice(token.start, token.end));
  }

  private close(tag: string): void {
    for (let element = this.stack.pop(); element; element = this.stack.pop()) {
      this.place(element);
      if (element.tag === tag) return;
    }
  }

  /** Puts a finished element into what is around it, as a block of its own. */
  private place(element: MarkdownElement): void {
    const html = toHtml(element);
    const placeholder = this.page.stash.store(html);
    if (element.content !== 'off') this.page.note(markdownElements).set(placeholder, element);
    const parent = this.current;
    if (parent) parent.text += parent.content === 'off' ? html : `\n\n${placeholder}\n\n`;
    else {
      const last = this.clean[this.clean.length - 1] ?? '';
      if (!last.endsWith('\n\n') && last.endsWith('\n')) this.clean.push('\n');
      this.clean.push(placeholder, '\n\n');
    }
  }

  private append(text: string): void {
    if (this.current) this.current.text += text;
  }

  protected override addText(part: string): void {
    if (this.inTail && part.includes('\n')) this.inTail = false;
    if (this.inRaw || !this.current) super.addText(part);
    else this.append(part);
  }

  protected override single(source: string, token: HtmlToken, isBlock: boolean): void {
    const element = this.current;
    if (this.inRaw || !element) super.single(source, token, isBlock);
    else if (isBlock && element.content !== 'off' && this.atLineStart(token.start))
      this.append(`\n${this.page.stash.store(source)}\n\n`);
    else this.append(source);
  }

  protected override finish(): void {
    while (this.stack[0]) this.close(this.stack[0].tag);
  }
}

function toHtml({ tag, attributes, text }: MarkdownElement): string {
  const list = attributes.map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`).join('');
  return `<${tag}${list}>${text}</${tag}>`;
}

/** Sets HTML of a source aside where elements may ask for Markdown inside. */
export function stashHtmlWithMarkdown(text: string, page: Conversion, blockTags: ReadonlySet<string>): string {
  return text.includes('<') ? new MarkdownInHtmlReader(text, page, blockTags).read() : text;
}
