import type { App } from './auth/apps.ts';
import type { Gatekeeper } from './auth/gatekeeper.ts';
import type { Identity } from './auth/identity.ts';
import type { Refusal } from './graphql/refusal.ts';
import type { Budgets } from './limits/budgets.ts';
import type { World } from './world/world.ts';

/** What answering one request may use. */
export type Context = {
  world: World;
  identity: Identity;
  apps: readonly App[];
  gatekeeper: Gatekeeper;
  budgets: Budgets;
  /** The address of the server, without a slash at the end. */
  origin: string;
  now: number;
  /** What is wrong, in this query, with a field that leads to a repository. */
  strikeField: (slug: string) => Refusal | undefined;
  /** How many entries a recursive tree lists before it is cut short. */
  treeLimit: number;
};
