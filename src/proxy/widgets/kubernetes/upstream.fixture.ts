import type { LiveFault } from '#model/live/answer.ts';
import { createApiServer } from '../../../../scripts/demo/kubernetes/server.ts';
import type { ClusterWorld } from '../../../../scripts/demo/kubernetes/world.ts';
import { type StartedServer, startLocally } from '../../../../scripts/demo/start.ts';
import type { Piece, PieceRow, Pieces } from '../../pieces.ts';
import type { Cluster, ProxySettings } from '../../settings.ts';
import type { Upstream, UpstreamQuestion } from '../../upstream.ts';
import type { WidgetContext } from '../define.ts';

const faults: Readonly<Record<number, LiveFault>> = { 401: 'unauthorised', 403: 'forbidden', 404: 'not-found' };
const toFault = (status: number): LiveFault => faults[status] ?? (status >= 500 ? 'failing' : 'refused');

/** An upstream over `fetch`, as plain as can be, that writes down what it was asked. */
function createPlainUpstream(name: string, url: string, token: string, asked: string[]): Upstream {
  const open = async ({ path, query = [], accept }: UpstreamQuestion, signal?: AbortSignal) => {
    const address = new URL(path, url);
    for (const [key, value] of query) address.searchParams.append(key, value);
    asked.push(`${name} ${address.pathname}${address.search}`);
    const headers = { authorization: `Bearer ${token}`, accept: accept ?? 'application/json' };
    return await fetch(address, { headers, ...(signal && { signal }) }).catch(() => undefined);
  };
  return {
    id: `kubernetes/${name}`,
    name,
    ask: async (question) => {
      const response = await open(question);
      if (!response) return { kind: 'fault', fault: 'unreachable' };
      if (!response.ok) return { kind: 'fault', fault: toFault(response.status) };
      return { kind: 'answer', value: await response.json() };
    },
    follow: async (question, signal) => {
      const response = await open(question, signal);
      if (!response?.body) return { kind: 'fault', fault: 'unreachable' };
      if (!response.ok) return { kind: 'fault', fault: toFault(response.status) };
      return { kind: 'stream', chunks: response.body };
    },
  };
}

/** A keeper that reads each piece for who wants it, and keeps what it read for when reading fails. */
function createPlainPieces(now: () => number): Pieces {
  const kept = new Map<string, object>();
  const read = async <Value>(row: PieceRow<Value>): Promise<Piece<Value>> => {
    const reading = await row.read(undefined);
    const freshUntil = now() + row.fresh * 1000;
    if (reading.kind === 'read') kept.set(row.key, { value: reading.value, readAt: now() });
    return { ...kept.get(row.key), ...(reading.kind === 'fault' && { fault: reading.fault }), freshUntil };
  };
  return { read };
}

const token = 'a-token-of-the-tests';

const toSettings = (clusters: readonly Cluster[], rest: Partial<ProxySettings>): ProxySettings => ({
  clusters,
  customResources: [{ group: 'argoproj.io', apiVersion: 'v1alpha1', plural: 'rollouts' }],
  argocd: [],
  prometheus: [],
  github: [],
  secrets: new Map(),
  plainHttp: new Set<string>(),
  hosts: [],
  proxiesInFront: 0,
  logReaders: 'owners',
  isDemo: false,
  ...rest,
});

/** Clusters that are started for a test, and the context in which a widget asks them. */
export type Bench = { context: WidgetContext; asked: string[]; stop: () => Promise<void> };

type Oddities = { settings?: Partial<ProxySettings>; dashboard?: Cluster['dashboard']; wrongToken?: string };

/** Starts an API server for each cluster of a world. A cluster of `undefined` is down. */
export async function startBench(
  world: Readonly<Record<string, ClusterWorld | undefined>>,
  now: number,
  odd: Oddities = {},
): Promise<Bench> {
  const asked: string[] = [];
  const started: { name: string; server: StartedServer; isDown: boolean }[] = [];
  for (const [name, cluster] of Object.entries(world)) {
    const server = await startLocally(
      createApiServer(
        () => ({ version: '', objects: [], forbidden: [], apis: {}, logs: {}, ...cluster, token }),
        () => now,
      ),
    );
    if (!cluster) await server.stop();
    started.push({ name, server, isDown: !cluster });
  }
  const clusters = started.map(
    ({ name, server }): Cluster => ({
      name,
      url: server.url,
      skipTlsVerify: false,
      ...(odd.dashboard && { dashboard: odd.dashboard }),
    }),
  );
  const toToken = (name: string) => (odd.wrongToken === name ? 'another' : token);
  const kubernetes = started.map(({ name, server }) => createPlainUpstream(name, server.url, toToken(name), asked));
  return {
    asked,
    context: {
      settings: toSettings(clusters, odd.settings ?? {}),
      upstreams: { kubernetes, argocd: [], prometheus: [], findGithub: () => undefined },
      pieces: createPlainPieces(() => now),
      now: () => now,
      findSecret: () => undefined,
    },
    stop: async () => {
      for (const { server, isDown } of started) if (!isDown) await server.stop();
    },
  };
}

/** An entity with these annotations. */
export const toEntity = (annotations: Readonly<Record<string, string>>) => ({
  ref: 'component:default/checkout',
  title: 'Checkout',
  annotations,
  owners: [],
});
