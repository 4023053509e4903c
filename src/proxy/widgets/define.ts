import type { z } from 'zod';
import type { LiveLink, LiveStatus, LiveTrouble } from '#model/live/answer.ts';
import type { ProxyEntity } from '#model/live/catalog.ts';
import type { WidgetId } from '#model/live/widgets.ts';
import type { Pieces } from '../keeping/pieces.ts';
import type { ProxySettings } from '../settings.ts';
import type { Upstream } from '../upstream.ts';

/** The upstreams that are configured, by what they are. */
export type Upstreams = {
  kubernetes: readonly Upstream[];
  argocd: readonly Upstream[];
  prometheus: readonly Upstream[];
  pagerduty?: Upstream;
  /** By host and owner of the repository, because an App has a credential for each owner. */
  findGithub: (host: string, owner: string) => Upstream | undefined;
};

/** What a widget may use when it answers. Nothing of a request is in it. */
export type WidgetContext = {
  settings: ProxySettings;
  upstreams: Upstreams;
  pieces: Pieces;
  /** Milliseconds since 1970. */
  now: () => number;
  /** The value of a secret by its key in an annotation; nothing where it is not allowed or not set. */
  findSecret: (key: string) => string | undefined;
};

/** What a widget found out. */
export type WidgetReport<Data> = {
  /** Absent when no source gave anything. */
  data?: Data;
  /** There is an answer, and it is that there is nothing. */
  isEmpty: boolean;
  status: LiveStatus;
  /** When the oldest piece was read, in milliseconds since 1970. */
  readAt?: number;
  /** Some piece is shown from before its last reading failed. */
  isStale: boolean;
  /** When the first piece stops being fresh, in milliseconds since 1970. */
  freshUntil: number;
  troubles: readonly LiveTrouble[];
  links: readonly LiveLink[];
};

/** What `portolan proxy --check` says of one upstream. */
export type UpstreamFinding = {
  upstream: string;
  isFine: boolean;
  /** `lists pods in every namespace`, or what went wrong. */
  what: string;
  /** What to do; absent when all is well. */
  mend?: string;
};

/** A row of the proxy's table of widgets. */
export type Widget<Data> = {
  id: WidgetId;
  schema: z.ZodType<Data>;
  /** Whether anything is configured that it could ask. */
  isConfigured: (settings: ProxySettings) => boolean;
  /** Answers for an entity that has one of the widget's annotations. Never throws; what goes wrong is a trouble. */
  answer: (entity: ProxyEntity, context: WidgetContext) => Promise<WidgetReport<Data>>;
  /**
   * Asks every upstream the smallest question of each kind that the widget asks. The entities that have the widget say where
   * a question needs a name: an App of GitHub is let in by owner.
   */
  check: (context: WidgetContext, entities: readonly ProxyEntity[]) => Promise<UpstreamFinding[]>;
};

/** A row of the proxy's table of widgets. */
export function defineWidget<Data>(row: Widget<Data>): Widget<Data> {
  return row;
}
