import { createApiServer } from '../../scripts/demo/kubernetes/server.ts';
import { type ClusterWorld, emptyCluster } from '../../scripts/demo/kubernetes/world.ts';
import { startLocally } from '../../scripts/demo/start.ts';
import type { Cluster, ProxySettings } from '../../src/proxy/settings.ts';
import type { WidgetContext } from '../../src/proxy/widgets/define.ts';
import { createWidgetContext, openUpstream } from './widget-context.ts';

const token = 'a-token-of-the-tests';

/** Clusters that were started for a test, and the context in which the widget asks them. */
export type Clusters = { context: WidgetContext; asked: string[]; stop: () => Promise<void> };

type Oddities = {
  settings?: Partial<ProxySettings>;
  dashboard?: Cluster['dashboard'];
  /** The cluster that refuses the portal. */
  wrongToken?: string;
  now?: () => number;
};

type Worlds = Readonly<Record<string, ClusterWorld | undefined>>;

/** Starts an API server; one of no world is stopped at once, so that nobody answers where it was. */
async function startCluster(name: string, world: ClusterWorld | undefined, now: () => number) {
  const { url, stop } = await startLocally(createApiServer(() => ({ ...emptyCluster, ...world, token }), now));
  if (world) return { name, url, stop };
  await stop();
  return { name, url, stop: async () => {} };
}

/** Starts an API server for each cluster of a world. A cluster of `undefined` is down. */
export async function startClusters(worlds: Worlds, at: number, odd: Oddities = {}): Promise<Clusters> {
  const { now = () => at, dashboard, wrongToken, settings } = odd;
  const asked: string[] = [];
  const started = await Promise.all(Object.entries(worlds).map(([name, world]) => startCluster(name, world, now)));
  const clusters = started.map(({ name, url }) => ({
    name,
    url,
    skipTlsVerify: false,
    ...(dashboard && { dashboard }),
  }));
  const kubernetes = clusters.map(({ name, url }) =>
    openUpstream(
      { id: `kubernetes/${name}`, url, authorization: `Bearer ${name === wrongToken ? 'another' : token}` },
      asked,
    ),
  );
  const customResources = [{ group: 'argoproj.io', apiVersion: 'v1alpha1', plural: 'rollouts' }];
  return {
    asked,
    context: createWidgetContext({
      settings: { clusters, customResources, ...settings },
      upstreams: { kubernetes },
      now,
    }),
    stop: async () => {
      await Promise.all(started.map(({ stop }) => stop()));
    },
  };
}
