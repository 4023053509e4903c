import type { LiveFault } from '#model/live/answer.ts';
import type { ProxyEntity } from '#model/live/catalog.ts';
import type { Piece, Pieces } from '../../src/proxy/pieces.ts';
import type { PrometheusEndpoint, ProxySettings } from '../../src/proxy/settings.ts';
import type { Upstream, UpstreamQuestion } from '../../src/proxy/upstream.ts';
import type { WidgetContext } from '../../src/proxy/widgets/define.ts';

const faults: Readonly<Record<number, LiveFault>> = {
  400: 'refused',
  401: 'unauthorised',
  403: 'forbidden',
  404: 'not-found',
  422: 'refused',
};

/** An upstream that asks a server of this machine, and writes down what it asked. */
export function toFetched(name: string, url: string, token?: string): Upstream & { asked: UpstreamQuestion[] } {
  const asked: UpstreamQuestion[] = [];
  return {
    id: `prometheus/${name}`,
    name,
    asked,
    ask: async (question) => {
      asked.push(question);
      const query = new URLSearchParams((question.query ?? []).map(([word, value]) => [word, value]));
      const response = await fetch(`${url}${question.path}?${query}`, {
        headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      });
      if (!response.ok) return { kind: 'fault', fault: faults[response.status] ?? 'failing' };
      return { kind: 'answer', value: await response.json() };
    },
    follow: async () => ({ kind: 'fault', fault: 'refused' }),
  };
}

/** Pieces that are read each time. */
const unkept: Pieces = {
  read: async <Value>(row: Parameters<Pieces['read']>[0]): Promise<Piece<Value>> => {
    const reading = await row.read(undefined);
    const at = Date.now();
    if (reading.kind === 'read')
      return { value: reading.value as Value, readAt: at, freshUntil: at + row.fresh * 1000 };
    return { freshUntil: at, ...(reading.kind === 'fault' && { fault: reading.fault }) };
  },
};

const settings: Omit<ProxySettings, 'prometheus'> = {
  clusters: [],
  customResources: [],
  argocd: [],
  github: [],
  secrets: new Map(),
  plainHttp: new Set<string>(),
  hosts: [],
  proxiesInFront: 0,
  logReaders: 'owners',
  isDemo: true,
};

/** All that the Prometheus widget may use, over these upstreams. */
export function toContext(
  upstreams: readonly Upstream[],
  endpoints: readonly PrometheusEndpoint[],
  pieces: Pieces = unkept,
  now: () => number = Date.now,
): WidgetContext {
  return {
    settings: { ...settings, prometheus: endpoints },
    upstreams: { kubernetes: [], argocd: [], prometheus: upstreams, findGithub: () => undefined },
    pieces,
    now,
    findSecret: () => undefined,
  };
}

/** An entity with these annotations. */
export function toEntity(name: string, annotations: Record<string, string>): ProxyEntity {
  return { ref: `component:default/${name}`, title: name, annotations, owners: [] };
}
