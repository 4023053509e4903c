const marks = /<div class="tabbed-labels">([\s\S]*?)<\/div>|<div class="tabbed-block">/g;
const label = /<label\b[^<>]*>([\s\S]*?)<\/label>/g;

const toText = (html: string): string =>
  html
    .replace(/<[^<>]*>/g, '')
    .replaceAll('"', '&quot;')
    .trim();

/**
 * Tells each tab its own title, for where tabs stand one below the other: on paper, and without a script. A set has as
 * many blocks as labels, so those of a set inside another are used up before the outer set goes on.
 */
export function withTabTitles(html: string): string {
  if (!html.includes('tabbed-labels')) return html;
  const open: string[][] = [];
  return html.replace(marks, (whole, labels: string | undefined) => {
    if (labels !== undefined) {
      open.push([...labels.matchAll(label)].map(([, inner = '']) => toText(inner)));
      return whole;
    }
    while (open.at(-1)?.length === 0) open.pop();
    const title = open.at(-1)?.shift();
    return title === undefined ? whole : `<div class="tabbed-block" data-title="${title}">`;
  });
}
