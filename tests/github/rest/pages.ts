import type { Asked } from './route.ts';

const usual = 30;
const most = 100;

/** The rows of the page that was asked for, and the `Link` header that leads on. */
export function toPage<Row>(
  rows: readonly Row[],
  { query, call, context }: Asked,
): { rows: Row[]; headers: Record<string, string> } {
  const size = Math.min(most, Math.max(1, Number(query.get('per_page') ?? usual) || usual));
  const page = Math.max(1, Number(query.get('page') ?? 1) || 1);
  const last = Math.max(1, Math.ceil(rows.length / size));
  const toLink = (to: number, name: string) => {
    const words = new URLSearchParams(query);
    words.set('page', String(to));
    return `<${context.origin}${call.url.pathname}?${words}>; rel="${name}"`;
  };
  const links = [
    ...(page > 1 ? [toLink(page - 1, 'prev')] : []),
    ...(page < last ? [toLink(page + 1, 'next'), toLink(last, 'last')] : []),
    ...(page > 1 ? [toLink(1, 'first')] : []),
  ];
  const headers = links.length > 0 ? { link: links.join(', ') } : undefined;
  return { rows: rows.slice((page - 1) * size, page * size), headers: headers ?? {} };
}
