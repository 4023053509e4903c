import MarkdownIt from 'markdown-it';
import { findSafeUrl, toHref } from '#model/urls.ts';

/**
 * Markdown of a catalog file, GitHub flavoured. Raw HTML is shown as text, so nothing that a repository writes becomes
 * markup, and links are kept only when their scheme is safe.
 */
const markdown = new MarkdownIt({ html: false, linkify: true, typographer: false });
markdown.validateLink = (url) => findSafeUrl(url) !== undefined;

/** Headings of a text stand below that of its page. */
function lowerHeadings({ tokens }: { tokens: { type: string; tag: string }[] }): void {
  for (const token of tokens)
    if (token.type === 'heading_open' || token.type === 'heading_close')
      token.tag = `h${Math.min(6, Number(token.tag.slice(1)) + 1)}`;
}
markdown.core.ruler.push('lower-headings', lowerHeadings);

/** Images of a description become links: a page loads nothing from an address that a repository chose. */
markdown.renderer.rules.image = (tokens, index, options, env, self) => {
  const token = tokens[index];
  const source = String(token?.attrGet('src') ?? '');
  const text = markdown.utils.escapeHtml(token ? self.renderInlineAsText(token.children ?? [], options, env) : '');
  return `<a href="${markdown.utils.escapeHtml(source)}" rel="noopener">${text || 'image'}</a>`;
};
markdown.renderer.rules.link_open = (tokens, index, options, _env, self) => {
  tokens[index]?.attrSet('rel', 'noopener');
  return self.renderToken(tokens, index, options);
};

const isPortalPath = (url: string) => /^\/(?!\/)/.test(url);

/** A text of the operator's `content/` as safe HTML; it may also link within the portal, which is put below `base`. */
export function toOwnHtml(text: string, base: string): string {
  const own = new MarkdownIt({ html: false, linkify: true });
  own.core.ruler.push('lower-headings', lowerHeadings);
  own.normalizeLink = (url) => markdown.normalizeLink(isPortalPath(url) ? toHref(base, url) : url);
  own.validateLink = (url) => isPortalPath(url) || findSafeUrl(url) !== undefined;
  return own.render(text);
}

/** A description as HTML that is safe to place in a page. */
export function toHtml(text: string): string {
  return /[^\w\s.,;:'()-]|\n/.test(text) ? markdown.render(text) : `<p>${text.trim()}</p>`;
}

/** The same as one line of plain text of at most `limit` characters, cut at a word. */
export function toPlainText(text: string, limit: number): string {
  const plain = text
    .replace(/!?\[([^\]]{0,300})\]\([^)\s]{0,500}\)/g, '$1')
    .replace(/[`*_#>|]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (plain.length <= limit) return plain;
  const cut = plain.lastIndexOf(' ', limit - 1);
  return `${plain.slice(0, cut > limit / 2 ? cut : limit - 1)}…`;
}
