import { createPieces } from '../keeping/keeper.ts';
import type { Pieces } from '../keeping/pieces.ts';
import type { Meter } from '../meter.ts';
import type { Endpoint, ProxySettings } from '../settings.ts';
import type { Upstreams } from '../widgets/define.ts';
import { createSharedStore } from './shared-store.ts';
import { createUpstream, type OpenUpstream, type UpstreamLimits } from './upstream.ts';

/** What answers are made of: the systems that are configured, and the keeper of what they said. */
export type Sources = { upstreams: Upstreams; pieces: Pieces; close: () => Promise<void> };

export type SourceOptions = {
  meter: Meter;
  /** Replicas of the same version share what they read, where a cache is named. */
  version: string;
  /** Milliseconds since 1970. */
  now?: (() => number) | undefined;
  /** What each system may cost; the usual where it says nothing. */
  limits?: Partial<UpstreamLimits> | undefined;
};

/** Opens everything that the settings name. */
export function openSources(settings: ProxySettings, options: SourceOptions): Sources {
  const { meter, version, now = Date.now, limits = {} } = options;
  const { isDemo: allowLoopback, plainHttp } = settings;
  const opened: OpenUpstream[] = [];
  const open = (system: string, place: Endpoint, id = `${system}/${place.name}`): OpenUpstream => {
    const upstream = createUpstream(place, { id, meter, allowLoopback, plainHttp, now, limits });
    opened.push(upstream);
    return upstream;
  };
  const shared =
    settings.sharedCache === undefined ? undefined : createSharedStore(settings.sharedCache, { version, now });
  const upstreams: Upstreams = {
    kubernetes: settings.clusters.map((cluster) => open('kubernetes', cluster)),
    argocd: settings.argocd.map((instance) => open('argocd', instance)),
    prometheus: settings.prometheus.map((instance) => open('prometheus', instance)),
    ...(settings.pagerduty && { pagerduty: open('pagerduty', settings.pagerduty, 'pagerduty') }),
    findGithub: createGithubFinder(settings.github, (host, place) => open('github', place, `github/${host}`)),
  };
  return {
    upstreams,
    pieces: createPieces({ now, random: Math.random, meter, ...(shared && { shared }) }),
    close: async () => {
      shared?.close();
      await Promise.all(opened.map((upstream) => upstream.close()));
    },
  };
}

/** An App has a credential for each owner, so each has an upstream of its own, made when it is first asked for. */
function createGithubFinder(
  hosts: ProxySettings['github'],
  open: (host: string, place: Endpoint) => OpenUpstream,
): Upstreams['findGithub'] {
  const made = new Map<string, OpenUpstream>();
  return (host, owner) => {
    const row = hosts.find((each) => each.host === host);
    if (!row) return undefined;
    const key = `${host} ${owner.toLowerCase()}`;
    const known = made.get(key);
    if (known) return known;
    const credential = row.toCredential(owner);
    const upstream = open(host, { name: host, url: row.apiUrl, ...(credential && { credential }) });
    made.set(key, upstream);
    return upstream;
  };
}
