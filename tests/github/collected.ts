import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Catalog } from '#model/catalog.ts';
import type { Problem } from '#model/problems.ts';
import { discover } from '../../scripts/discover.ts';
import { createGithubForge, type GithubForge } from '../../scripts/io/github/forge.ts';
import type { GithubTools } from '../../scripts/io/github/parts.ts';
import type { Forge } from '../../scripts/ports.ts';
import { read } from '../../scripts/read.ts';
import { relate } from '../../scripts/relate.ts';
import { parseSettings, type Settings } from '../../scripts/settings.ts';
import { validate } from '../../scripts/validate.ts';
import { runGit } from './clients.ts';
import type { GithubServer } from './server.ts';

type Server = { origin: string; host: string };

/** A folder of its own for a store. */
export const newStore = () => mkdtempSync(join(tmpdir(), 'portolan-store-'));

/** The configuration that reads acme from a server; `more` is laid over it. */
export function toSettings({ origin, host }: Server, more = ''): Settings {
  const text = JSON.stringify({
    integrations: { github: [{ host, apiBaseUrl: `${origin}/api/v3`, token: 'test-token' }] },
    catalog: { providers: { github: { acme: { host, organization: 'acme' } } } },
  });
  const files = [text, more].map((own, at) => ({ path: `app-config-${at}.yaml`, text: own }));
  return parseSettings(files, {}, () => undefined).value;
}

/** A forge on a server, which waits no longer than a test wants to. */
export function openGithub(settings: Settings, store: string, tools: Partial<GithubTools> = {}): GithubForge {
  const environment = { PATH: process.env.PATH };
  const usual = { isOffline: false, fetch, now: Date.now, tell: () => {}, second: 5 };
  return createGithubForge(settings, { ...usual, environment, store, ...tools });
}

/** A folder with a clone of each repository, which says where it comes from. */
export async function cloneAll(
  { origin, world }: Pick<GithubServer, 'origin' | 'world'>,
  owner: string,
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-clones-'));
  for (const { name, folder: bare } of world.listRepositories(owner)) {
    const clone = join(folder, name);
    await runGit(['clone', '--quiet', '--no-hardlinks', bare, clone]);
    await runGit(['-C', clone, 'config', 'remote.origin.url', `${origin}/${owner}/${name}.git`]);
  }
  return folder;
}

/** The catalog of a forge, as far as the stages before docs make it. */
export async function collectCatalog(forge: Forge, settings: Settings): Promise<Catalog> {
  const discovery = await discover(forge, settings);
  const reading = await read(forge, discovery);
  const { entities, problems } = validate(reading.documents);
  const all: Problem[] = [...discovery.problems, ...reading.problems, ...problems];
  return relate({ entities, problems: all }, [...discovery.repositories, ...reading.visited]);
}
