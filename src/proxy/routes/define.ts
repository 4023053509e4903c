import type { Context } from 'hono';
import type { WidgetId } from '#model/live/widgets.ts';
import type { Arrival } from '../arrival.ts';
import type { ProxyCatalog } from '../catalog.ts';
import type { Viewer } from '../identity.ts';
import type { House } from '../parts.ts';
import { type RefusalCode, toRefusal } from '../refusals.ts';

/** A question that kept all rules: parts of its path and its parameters decoded once, and who asks. */
export type Question = {
  find: (part: string) => string;
  query: ReadonlyMap<string, string>;
  arrival: Arrival;
  viewer: Viewer;
  /** What the viewer is counted under. */
  viewerKey: string;
  catalog: ProxyCatalog;
  context: Context;
};

/** An answer, and what is written down of it. */
export type Reply = {
  response: Response;
  state: string;
  /** What is counted; nothing where it is no view. */
  viewed?: WidgetId | 'status' | 'log';
  entity?: string;
  /** Who asked, where that is known. */
  user?: string;
  cache?: string;
};

type Common = {
  /** What it is called in the log. */
  name: string;
  path: string;
};

/** A probe asks whether the proxy lives: by anyone, at the root, of nothing beyond it. */
export type Probe = Common & { isProbe: true; answer: (house: House) => Response };

/** A question that pages ask. */
export type Route = Common & {
  isProbe: false;
  /** The parts of its path that are names. */
  ids: readonly string[];
  /** The parameters that it may have. */
  parameters: readonly string[];
  /** How many points of what a viewer may ask it takes. */
  toCost: (query: ReadonlyMap<string, string>) => number;
  answer: (question: Question, house: House) => Promise<Reply>;
};

/** A row of the table of routes. */
export function defineRoute(row: Omit<Route, 'isProbe'>): Route {
  return { isProbe: false, ...row };
}

/** A row of the table of routes that tells whether the proxy lives. */
export function defineProbe(row: Omit<Probe, 'isProbe'>): Probe {
  return { isProbe: true, ...row };
}

/** A refusal as a reply. */
export function toRefused(code: RefusalCode, rest: Omit<Reply, 'response' | 'state'> = {}): Reply {
  return { response: toRefusal(code), state: code, ...rest };
}

/** The reference that the path of a question names. */
export function toAskedRef({ find }: Question): string {
  return `${find('kind')}:${find('namespace')}/${find('name')}`;
}
