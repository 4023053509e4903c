import type { HtmlStash } from './stash.ts';

const placeholder = /<p>\ufdd0r(\d+)\ufdd1<\/p>|\ufdd0r(\d+)\ufdd1/g;

/** Puts raw HTML back; a paragraph that holds nothing but a block of it gives way. */
export function restoreRawHtml(html: string, stash: HtmlStash, blockTags: ReadonlySet<string>): string {
  const isBlock = (piece: string): boolean => {
    const name = /^<\/?([^ >]+)/.exec(piece)?.[1];
    return (
      name !== undefined &&
      ('!?@%'.includes(name[0] ?? ' ') || blockTags.has(name.toLowerCase().replace(/\/$/, '').trim()))
    );
  };
  const restore = (text: string, depth: number): string => {
    if (depth > 20 || !text.includes('\ufdd0r')) return text;
    return text.replace(placeholder, (all, alone: string | undefined, other: string | undefined) => {
      const piece = stash.find(Number(alone ?? other));
      if (piece === undefined) return all;
      const restored = restore(piece, depth + 1);
      return alone !== undefined && !isBlock(piece) ? `<p>${restored}</p>` : restored;
    });
  };
  return restore(html, 0);
}
