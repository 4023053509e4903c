import type { Answers } from './answering/answers.ts';
import type { LogLimits } from './answering/log-stream.ts';
import type { AuditLog } from './audit.ts';
import type { ProxyCatalog } from './catalog.ts';
import type { Identify } from './identity.ts';
import type { Pieces } from './keeping/pieces.ts';
import type { RequestLimits } from './limits.ts';
import type { OpenLog } from './log.ts';
import type { Meter } from './meter.ts';
import type { Places } from './places.ts';
import type { ProxySettings } from './settings.ts';
import type { Timer } from './timer.ts';
import type { Upstreams, Widget, WidgetContext } from './widgets/define.ts';

/** All that the application is made of. */
export type ProxyParts = {
  settings: ProxySettings;
  upstreams: Upstreams;
  pieces: Pieces;
  /** The catalog as it is now; nothing before it was read for the first time. */
  findCatalog: () => ProxyCatalog | undefined;
  widgets: readonly Widget<unknown>[];
  openLog: OpenLog;
  identify: Identify;
  limits: RequestLimits;
  log: AuditLog;
  meter: Meter;
  /** Milliseconds since 1970. */
  now: () => number;
  timer: Timer;
  /** The site's base: `/` or `/portal`. */
  base: string;
  /** How long and how much of a log is followed; five minutes and 256 KB unless told. */
  follow?: LogLimits;
};

/** What routes share: the parts, and what was made of them. */
export type House = ProxyParts & {
  answers: Answers;
  context: WidgetContext;
  /** Logs that are followed now, by viewer. */
  followers: Places;
};
