import type { LiveFault } from '#model/live/answer.ts';
import type { Piece, Pieces } from '../../src/proxy/pieces.ts';
import type { ProxySettings } from '../../src/proxy/settings.ts';
import type { Upstream, UpstreamOutcome } from '../../src/proxy/upstream.ts';
import type { WidgetContext } from '../../src/proxy/widgets/define.ts';

const faults: Record<number, LiveFault> = {
  301: 'redirected',
  401: 'unauthorised',
  403: 'forbidden',
  404: 'not-found',
  429: 'rate-limited',
  400: 'refused',
  405: 'refused',
};

/** An upstream that asks a server of this machine without limits, and remembers what it was asked. */
export function createDirectUpstream(id: string, url: string, headers: Record<string, string>, asked: string[] = []) {
  const upstream: Upstream = {
    id,
    name: id.split('/').at(-1) ?? id,
    follow: async () => ({ kind: 'fault', fault: 'refused' }),
    ask: async ({ path, query = [], accept, maxBytes = 2 * 1024 * 1024, etag }): Promise<UpstreamOutcome> => {
      const words = new URLSearchParams(query.map(([name, value]) => [name, value])).toString();
      asked.push(words ? `${path}?${words}` : path);
      const response = await fetch(`${url}${path}?${words}`, {
        headers: { ...headers, ...(accept && { accept }), ...(etag && { 'if-none-match': etag }) },
        redirect: 'manual',
      }).catch(() => undefined);
      if (!response) return { kind: 'fault', fault: 'unreachable' };
      if (response.status === 304) return { kind: 'same' };
      const text = await response.text();
      if (response.status !== 200) return { kind: 'fault', fault: toFault(response) };
      if (text.length > maxBytes) return { kind: 'fault', fault: 'too-large' };
      const tag = response.headers.get('etag');
      return parseJson(text, tag);
    },
  };
  return upstream;
}

function toFault({ status, headers }: Response): LiveFault {
  if (status === 403 && headers.get('x-ratelimit-remaining') === '0') return 'rate-limited';
  return faults[status] ?? 'failing';
}

function parseJson(text: string, etag: string | null): UpstreamOutcome {
  try {
    return { kind: 'answer', value: JSON.parse(text), ...(etag && { etag }) };
  } catch {
    return { kind: 'fault', fault: 'unreadable' };
  }
}

type Kept = { piece: Piece<unknown>; etag?: string };

/** A keeper of pieces that is only a map: what is fresh is not read again, what cannot be read again is kept. */
function createDirectPieces(now: () => number): Pieces & { keys: () => string[] } {
  const kept = new Map<string, Kept>();
  return {
    keys: () => [...kept.keys()],
    read: async (row) => {
      const known = kept.get(row.key);
      if (known && known.piece.freshUntil > now()) return known.piece as never;
      const reading = await row.read(known?.etag);
      const freshUntil = now() + row.fresh * 1000;
      const { fault: _fault, ...before } = known?.piece ?? { freshUntil };
      const piece: Piece<unknown> =
        reading.kind === 'read'
          ? { value: reading.value, readAt: now(), freshUntil }
          : reading.kind === 'same'
            ? { ...before, readAt: now(), freshUntil }
            : { ...before, fault: reading.fault, freshUntil };
      const etag = reading.kind === 'read' ? reading.etag : known?.etag;
      kept.set(row.key, { piece, ...(etag && { etag }) });
      return piece as never;
    },
  };
}

const noSettings: ProxySettings = {
  clusters: [],
  customResources: [],
  argocd: [],
  prometheus: [],
  github: [],
  secrets: new Map(),
  plainHttp: new Set<string>(),
  hosts: [],
  proxiesInFront: 0,
  logReaders: 'owners',
  isDemo: false,
};

/** What a widget is handed in a test: nothing is configured but what the test says. */
export function createDirectContext({
  settings = {},
  upstreams = {},
  now = () => Date.parse('2026-03-04T10:00:00Z'),
  secrets = {},
}: {
  settings?: Partial<ProxySettings>;
  upstreams?: Partial<WidgetContext['upstreams']>;
  now?: () => number;
  secrets?: Record<string, string>;
}) {
  const pieces = createDirectPieces(now);
  return {
    settings: { ...noSettings, ...settings },
    upstreams: { kubernetes: [], argocd: [], prometheus: [], findGithub: () => undefined, ...upstreams },
    pieces,
    now,
    findSecret: (key: string) => (Object.hasOwn(secrets, key) ? secrets[key] : undefined),
  } satisfies WidgetContext;
}

/** An entity that has these annotations. */
export const toEntity = (annotations: Record<string, string>) => ({
  ref: 'component:default/checkout',
  title: 'Checkout Service',
  annotations,
  owners: ['group:default/checkout-team'],
});
