import { type App, type AppSeed, createApp } from './auth/apps.ts';
import { createGatekeeper, type Gatekeeper } from './auth/gatekeeper.ts';
import type { TokenSeed } from './auth/identity.ts';
import { createInjector, type Injector } from './faults/injector.ts';
import { createDoor } from './http/door.ts';
import { createBudgets, type Resource, unlimited } from './limits/budgets.ts';
import { createTurnstile, type SecondaryLimits, usualSecondaryLimits } from './limits/secondary.ts';
import { createLog, type Log } from './log.ts';
import { createResponder } from './respond.ts';
import { toAcme } from './world/acme.ts';
import type { OrganisationSeed } from './world/seed.ts';
import { createWorld, type World } from './world/world.ts';

export type GithubOptions = {
  /** What the world begins with; the demo organisation when left out. */
  organisations?: readonly OrganisationSeed[];
  /** People's tokens; `test-token`, which sees all of acme, when left out. */
  tokens?: Readonly<Record<string, TokenSeed>>;
  apps?: readonly AppSeed[];
  /** A free one when left out. */
  port?: number;
  now?: () => number;
  secondaryLimits?: SecondaryLimits;
  /** Counts no budgets, as Enterprise hosts do unless they are told to. */
  isUnlimited?: boolean;
  /** How many entries a recursive tree lists before it is cut short; GitHub's 100,000 when left out. */
  treeLimit?: number;
};

/** A GitHub of our own, with the addresses of an Enterprise host. */
export type GithubServer = {
  /** `http://127.0.0.1:PORT`; below it are `/api/v3`, `/api/graphql` and `/<owner>/<name>.git`. */
  origin: string;
  /** As `integrations.github` names it. */
  host: string;
  world: World;
  apps: readonly App[];
  tokens: Pick<Gatekeeper, 'addToken' | 'revoke'>;
  /** Uses up points of a token's hour, as another program of the organisation would. */
  spend: (token: string, resource: Resource, points: number) => void;
  faults: Injector;
  log: Log;
  /** Stops listening, ends every connection and process, and removes the world. */
  close: () => Promise<void>;
};

const usualTokens: Record<string, TokenSeed> = {
  'test-token': { login: 'amara-okafor', scopes: ['repo', 'read:org'] },
};

/** Starts a GitHub that listens on the loopback interface, over real bare repositories. */
export async function createGithubServer(options: GithubOptions = {}): Promise<GithubServer> {
  const { organisations = [toAcme()], tokens = usualTokens, port = 0, now = Date.now, treeLimit = 100_000 } = options;
  const [world, apps, door] = await Promise.all([
    createWorld(organisations),
    Promise.all((options.apps ?? []).map(createApp)),
    createDoor(port),
  ]);
  const origin = `http://${door.host}`;
  const budgets = options.isUnlimited ? unlimited : createBudgets(now);
  const gatekeeper = createGatekeeper(world, apps, now);
  for (const [token, seed] of Object.entries(tokens)) gatekeeper.addToken(token, seed);
  const injector = createInjector();
  const log = createLog();
  const turnstile = createTurnstile(options.secondaryLimits ?? usualSecondaryLimits, now);
  const shared = { world, apps, gatekeeper, budgets, origin, treeLimit };
  door.open(createResponder({ ...shared, injector, log, turnstile, now }));
  return {
    origin,
    host: door.host,
    world,
    apps,
    log,
    tokens: gatekeeper,
    faults: injector,
    spend: (token, resource, points) => {
      const identity = gatekeeper.identify(`token ${token}`);
      if ('status' in identity) return;
      const { remaining = 0 } = budgets.find(identity, resource) ?? {};
      budgets.take(identity, resource, Math.min(points, remaining));
    },
    close: async () => {
      await door.close();
      await world.close();
    },
  };
}
