import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type App, type AppSeed, createApp } from './auth/apps.ts';
import { createGatekeeper, type Gatekeeper } from './auth/gatekeeper.ts';
import type { TokenSeed } from './auth/identity.ts';
import { createInjector, type Injector } from './faults/injector.ts';
import { readCall } from './http/call.ts';
import { deliver } from './http/deliver.ts';
import { createBudgets } from './limits/budgets.ts';
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
  const [world, apps] = await Promise.all([
    createWorld(organisations),
    Promise.all((options.apps ?? []).map(createApp)),
  ]);
  const gatekeeper = createGatekeeper(world, apps, now);
  for (const [token, seed] of Object.entries(tokens)) gatekeeper.addToken(token, seed);
  const injector = createInjector();
  const log = createLog();
  const turnstile = createTurnstile(options.secondaryLimits ?? usualSecondaryLimits, now);
  const server = createServer();
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${toPort(server.address())}`;
  const origin = `http://${host}`;
  const shared = {
    world,
    apps,
    gatekeeper,
    budgets: createBudgets(now),
    origin,
    treeLimit,
  };
  const respond = createResponder({ ...shared, injector, log, turnstile, now });
  const pending = new Set<Promise<unknown>>();
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    // A client that goes away in the middle is its own business.
    const answerCall = async () => {
      const { answer, delivery, leave } = await respond(await readCall(request));
      await deliver(response, answer, delivery).finally(leave);
    };
    const answering = answerCall()
      .catch(() => response.destroy())
      .finally(() => pending.delete(answering));
    pending.add(answering);
  });
  return {
    origin,
    host,
    world,
    apps,
    tokens: gatekeeper,
    faults: injector,
    log,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await Promise.all(pending);
      await world.close();
    },
  };
}

const toPort = (address: string | AddressInfo | null) => (typeof address === 'object' ? address?.port : undefined) ?? 0;
