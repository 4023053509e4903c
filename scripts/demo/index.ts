import type { RequestListener } from 'node:http';
import { createArgocd } from './argocd/server.ts';
import { toArgocdStory } from './argocd/story.ts';
import { createGithub } from './github/server.ts';
import { toGithubStory } from './github/story.ts';
import { createApiServer } from './kubernetes/server.ts';
import { story as toKubernetesStory } from './kubernetes/story.ts';
import { emptyCluster } from './kubernetes/world.ts';
import { createPagerduty } from './pagerduty/server.ts';
import { demoIntegrationKey, toPagerdutyStory } from './pagerduty/story.ts';
import { createPrometheus } from './prometheus/server.ts';
import { toPrometheusStory } from './prometheus/story.ts';
import { startLocally } from './start.ts';

/** The systems that a demonstration asks in place of real ones, by what they are. */
export const demoSystems = ['kubernetes', 'argocd', 'github', 'prometheus', 'pagerduty'] as const;
type DemoSystem = (typeof demoSystems)[number];

/** A demonstration that runs: where each system is, what lets in, the secrets its entities name, and how to end it. */
export type Demo = {
  urls: Record<DemoSystem, string>;
  token: string;
  secrets: ReadonlyMap<string, string>;
  stop: () => Promise<void>;
};

/** Somebody of the demo organisation, as whom the demonstration is shown; in another catalog that is nobody. */
export const demoReader = { subject: 'demonstration', login: 'yuki-tanabe' };

/** Nobody but this program on this machine is let in, and nothing behind it is worth guarding. */
const token = 'demonstration';

/** Tells a story a second at a time, so that questions of the same second are about the same world, made once. */
function createTeller<World>(toWorld: (at: number) => World, now: () => number): () => World {
  let known: { at: number; world: World } | undefined;
  return () => {
    const at = Math.floor(now() / 1000) * 1000;
    if (known?.at !== at) known = { at, world: toWorld(at) };
    return known.world;
  };
}

const toCluster = (at: number) => ({ ...(toKubernetesStory(at)['prod-us'] ?? emptyCluster), token });

const listeners: Record<DemoSystem, (now: () => number) => RequestListener> = {
  kubernetes: (now) => createApiServer(createTeller(toCluster, now), now),
  argocd: (now) => createArgocd(createTeller((at) => toArgocdStory(at, token), now)),
  github: (now) => createGithub(createTeller((at) => toGithubStory(at, token), now)),
  prometheus: (now) => createPrometheus(createTeller(toPrometheusStory, now), now, token),
  pagerduty: (now) => createPagerduty(createTeller((at) => toPagerdutyStory(at, token), now)),
};

/** Starts the systems of the demonstration on free ports that only this machine can reach. */
export async function startDemo(now: () => number): Promise<Demo> {
  const started = await Promise.all(
    demoSystems.map(async (name) => [name, await startLocally(listeners[name](now))] as const),
  );
  return {
    urls: Object.fromEntries(started.map(([name, { url }]) => [name, url])) as Demo['urls'], // a row each, by construction
    token,
    secrets: new Map([['PD_CHECKOUT_KEY', demoIntegrationKey]]),
    stop: async () => {
      await Promise.all(started.map(([, server]) => server.stop()));
    },
  };
}
