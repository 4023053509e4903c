import { Refusal } from './refusal.ts';

export type PageArguments = {
  first?: number | null;
  last?: number | null;
  after?: string | null;
  before?: string | null;
};

type Row = { key: string };

/** A page of `rows` in GitHub's form. A cursor keeps its place also where rows come or go between two pages. */
export function toConnection<Source extends Row, Node>(
  rows: readonly Source[],
  { first, last, after, before }: PageArguments,
  toNode: (row: Source) => Node,
): Record<string, unknown> {
  const from = after ? findPlace(rows, after) + 1 : 0;
  const to = before ? findPlace(rows, before) : rows.length;
  const size = Math.min(first ?? last ?? 0, Math.max(0, to - from));
  const start = typeof first === 'number' ? from : to - size;
  const page = rows.slice(start, start + size);
  const toCursor = (row: Source | undefined, at: number) => (row ? encodeCursor(row.key, at) : null);
  return {
    __typename: 'Connection',
    totalCount: rows.length,
    // Each node by itself, so that one that fails is null and the others are there.
    nodes: () => page.map(async (row) => toNode(row)),
    edges: () =>
      page.map((row, at) => ({ __typename: 'Edge', node: () => toNode(row), cursor: toCursor(row, start + at) })),
    pageInfo: {
      __typename: 'PageInfo',
      hasNextPage: page.length > 0 && start + page.length < rows.length,
      hasPreviousPage: page.length > 0 && start > 0,
      startCursor: toCursor(page[0], start),
      endCursor: toCursor(page.at(-1), start + page.length - 1),
    },
  };
}

const encodeCursor = (key: string, at: number) => Buffer.from(`cursor:v2:${at}:${key}`).toString('base64');

/** Where a cursor points: at its row, or just before the place that the row had. */
function findPlace(rows: readonly Row[], cursor: string): number {
  const [, at, key] = /^cursor:v2:(\d+):(.*)$/s.exec(Buffer.from(cursor, 'base64').toString('utf8')) ?? [];
  if (at === undefined)
    throw new Refusal('INVALID_CURSOR_ARGUMENTS', `\`${cursor}\` does not appear to be a valid cursor.`);
  const found = rows.findIndex((row) => row.key === key);
  return found >= 0 ? found : Math.min(Number(at), rows.length) - 1;
}
