import type { Probe, Route } from './define.ts';
import { logRoute } from './log.ts';
import { meRoute } from './me.ts';
import { healthProbe, readyProbe } from './probes.ts';
import { statusRoute } from './status.ts';
import { widgetRoute } from './widget.ts';

/** All that can be asked. A word of a path goes before a part that may be any. */
export const routes: readonly (Route | Probe)[] = [
  healthProbe,
  readyProbe,
  meRoute,
  statusRoute,
  logRoute,
  widgetRoute,
];
