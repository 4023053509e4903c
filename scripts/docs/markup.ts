/** Where the element ends that opens before `from`; `undefined` when it is never closed. */
export function findEnd(html: string, tag: string, from: number): number | undefined {
  const tags = new RegExp(`<(/?)${tag}\\b[^>]*>`, 'g');
  tags.lastIndex = from;
  for (let depth = 1, match = tags.exec(html); match; match = tags.exec(html)) {
    depth += match[1] ? -1 : 1;
    if (depth === 0) return tags.lastIndex;
  }
  return undefined;
}

/** The contents of the entries of the list whose content a piece of HTML is; nested lists stay in their entries. */
export function listEntries(content: string): string[] {
  const entries: string[] = [];
  let from = 0;
  let depth = 0;
  for (const { index, 0: tag, 1: slash } of content.matchAll(/<(\/?)li\b[^>]*>/g)) {
    if (!slash && depth++ === 0) from = index + tag.length;
    if (slash && --depth === 0) entries.push(content.slice(from, index));
  }
  return entries;
}
