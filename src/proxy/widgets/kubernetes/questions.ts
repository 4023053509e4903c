import { z } from 'zod';
import type { LiveFault } from '#model/live/answer.ts';
import type { PieceReading, PieceRow } from '../../keeping/pieces.ts';
import type { Upstream, UpstreamOutcome } from '../../upstream.ts';
import type { Resource } from './resources.ts';

/** A list as it is kept: what was understood, and how many there are beyond. */
export type Listing<Facts> = { found: Facts[]; more: number };

const listSchema = z.object({
  metadata: z
    .object({ continue: z.string().nullish(), remainingItemCount: z.number().nullish() })
    .nullish()
    .transform((metadata) => metadata ?? {}),
  items: z
    .array(z.unknown())
    .nullable()
    .transform((items) => items ?? []),
});
type Page = z.infer<typeof listSchema>;
type Query = readonly (readonly [string, string])[];
type Failure = Extract<UpstreamOutcome, { kind: 'fault' }>;

const pageSize = 250;
const maxBytes = 8_000_000;

async function askPage(upstream: Upstream, path: string, query: Query): Promise<Page | Failure> {
  const outcome = await upstream.ask({ path, query, maxBytes });
  if (outcome.kind === 'fault') return outcome;
  const parsed = listSchema.safeParse(outcome.kind === 'answer' ? outcome.value : undefined);
  return parsed.success ? parsed.data : { kind: 'fault', fault: 'unreadable' };
}

const isFailure = (page: Page | Failure): page is Failure => 'kind' in page;
const isExpired = ({ fault }: Failure) => fault === 'refused' || fault === 'not-found';

/** The second page; where the way to it has expired (410), all is asked at once. What cannot be read is counted. */
async function askRest(upstream: Upstream, path: string, query: Query, first: Page): Promise<Page> {
  const { continue: token } = first.metadata;
  if (!token) return first;
  const counted = {
    ...first,
    metadata: { ...first.metadata, remainingItemCount: first.metadata.remainingItemCount ?? 1 },
  };
  const second = await askPage(upstream, path, [...query, ['limit', `${pageSize}`], ['continue', token]]);
  if (!isFailure(second)) return { ...second, items: [...first.items, ...second.items] };
  if (!isExpired(second)) return counted;
  const whole = await askPage(upstream, path, [...query, ['limit', `${2 * pageSize}`]]);
  return isFailure(whole) ? counted : whole;
}

async function readList(upstream: Upstream, path: string, query: Query): Promise<Page | Failure> {
  const first = await askPage(upstream, path, [...query, ['limit', `${pageSize}`]]);
  return isFailure(first) ? first : askRest(upstream, path, query, first);
}

function toListing<Facts>({ items, metadata }: Page, find: Resource<Facts>['find']): Listing<Facts> | undefined {
  const found = items.slice(0, 2 * pageSize).flatMap((object) => find(object) ?? []);
  if (items.length > 0 && found.length === 0) return undefined;
  const beyond = metadata.continue ? (metadata.remainingItemCount ?? 1) : 0;
  return { found, more: beyond + items.length - found.length };
}

type Versioned = { page: Page | Failure };

/** Tries the versions of an API in turn: one that a cluster does not have is no fault while there is another. */
async function readNewest(upstream: Upstream, paths: readonly string[], query: Query): Promise<Versioned> {
  let page: Page | Failure = { kind: 'fault', fault: 'not-found' };
  for (const path of paths) {
    page = await readList(upstream, path, query);
    if (!isFailure(page) || page.fault !== 'not-found') break;
  }
  return { page };
}

/** Where a resource is listed. */
export function toListPath(api: string, plural: string, namespace: string | undefined): string {
  return namespace === undefined ? `${api}/${plural}` : `${api}/namespaces/${encodeURIComponent(namespace)}/${plural}`;
}

/** For how many seconds a list is fresh. */
const listFresh = 8;

type Wanted<Facts> = {
  upstream: Upstream;
  resource: Resource<Facts>;
  namespace: string | undefined;
  query: Query;
};

/** The row of the piece that a list is, at most two pages of it. */
export function toListRow<Facts>({ upstream, resource, namespace, query }: Wanted<Facts>): PieceRow<Listing<Facts>> {
  const paths = resource.apis.map((api) => toListPath(api, resource.plural, namespace));
  const asked = new URLSearchParams(query.map(([name, value]) => [name, value]));
  return {
    key: `${upstream.id} ${paths[0]}?${asked}`,
    fresh: listFresh,
    read: async (): Promise<PieceReading<Listing<Facts>>> => {
      const { page } = await readNewest(upstream, paths, query);
      if (isFailure(page)) return page;
      const value = toListing(page, resource.find);
      const fault: LiveFault = 'unreadable';
      return value ? { kind: 'read', value } : { kind: 'fault', fault };
    },
  };
}
