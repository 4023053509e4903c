import type { ProxyEntity } from '#model/live/catalog.ts';
import { createUpstream } from '../../src/proxy/io/upstream.ts';
import { createPieces } from '../../src/proxy/keeping/keeper.ts';
import type { Pieces } from '../../src/proxy/keeping/pieces.ts';
import { noMeter } from '../../src/proxy/meter.ts';
import type { ProxySettings } from '../../src/proxy/settings.ts';
import type { Upstream, UpstreamQuestion } from '../../src/proxy/upstream.ts';
import type { WidgetContext } from '../../src/proxy/widgets/define.ts';

/** Settings that name no system at all. */
const bareSettings: ProxySettings = {
  clusters: [],
  customResources: [],
  argocd: [],
  prometheus: [],
  github: [],
  secrets: new Map(),
  plainHttp: new Set(),
  hosts: [],
  proxiesInFront: 0,
  logReaders: 'owners',
  isDemo: false,
};

/** A question as it goes out: path and query. */
function formatQuestion({ path, query = [] }: UpstreamQuestion): string {
  const words = new URLSearchParams(query.map(([name, value]) => [name, value])).toString();
  return words ? `${path}?${words}` : path;
}

/** What a server of this machine is as an upstream: `argocd/prod-us`, its address, and what lets in. */
type Place = { id: string; url: string; authorization?: string };

/** The upstream that the proxy itself makes of a server of this machine; `asked` takes down what it is asked. */
export function openUpstream({ id, url, authorization }: Place, asked: string[] = []): Upstream {
  const name = id.split('/').at(-1) ?? id;
  const credential = authorization === undefined ? {} : { credential: async () => ({ authorization }) };
  const upstream = createUpstream({ name, url, ...credential }, { id, meter: noMeter, allowLoopback: true });
  const note = (question: UpstreamQuestion) => asked.push(formatQuestion(question));
  return {
    id,
    name,
    ask: (question) => {
      note(question);
      return upstream.ask(question);
    },
    follow: (question, signal) => {
      note(question);
      return upstream.follow(question, signal);
    },
  };
}

const morning = Date.parse('2026-03-04T10:00:00Z');

/** What a test says of the context of a widget; all else is bare, and pieces are kept as the proxy keeps them. */
type Wanted = {
  settings?: Partial<ProxySettings>;
  upstreams?: Partial<WidgetContext['upstreams']>;
  pieces?: Pieces;
  now?: () => number;
  secrets?: Record<string, string>;
};

/** Makes what a widget is handed when it answers. */
export function createWidgetContext({ settings, upstreams, pieces, now = () => morning, secrets = {} }: Wanted) {
  return {
    settings: { ...bareSettings, ...settings },
    upstreams: { kubernetes: [], argocd: [], prometheus: [], findGithub: () => undefined, ...upstreams },
    // In the middle of what chance would give: what is fresh for ten seconds is fresh for ten seconds.
    pieces: pieces ?? createPieces({ now, random: () => 0.5, meter: noMeter }),
    now,
    findSecret: (key: string) => (Object.hasOwn(secrets, key) ? secrets[key] : undefined),
  } satisfies WidgetContext;
}

/** An entity that has these annotations. */
export const toEntity = (annotations: Readonly<Record<string, string>>, name = 'checkout'): ProxyEntity => ({
  ref: `component:default/${name}`,
  title: name,
  annotations,
  owners: ['group:default/checkout-team'],
});
