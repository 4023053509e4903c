import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Catalog } from '#model/catalog.ts';
import { createFolderForge } from '../../scripts/io/folder.ts';
import { cloneAll, collectCatalog, newStore, openGithub, toSettings } from './collected.ts';
import { createGithubServer, type GithubServer } from './server.ts';

// Real repositories and real git take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let server: GithubServer;

beforeAll(async () => {
  server = await createGithubServer();
});

afterAll(() => server.close());

/** A repository is called by its name in a folder, and after its owner on GitHub; all else is the same. */
function toComparable({ entities, repositories: all, problems }: Catalog) {
  // Only a forge knows who may see what.
  const repositories = all.map(({ visibility: _, ...repository }) => repository);
  const text = JSON.stringify({ entities: [...entities.values()], repositories, problems });
  return JSON.parse(text.replaceAll(/acme\/(?=[a-z-]+\/[a-z./-]+:\d)|(?<="(?:id|repository)":")acme\//g, ''));
}

test('the catalog of an organisation on GitHub is that of a folder of clones, entity for entity', async () => {
  const settings = toSettings(server);
  const folders = createFolderForge({ sources: [{ folder: await cloneAll(server, 'acme') }] }, '/');
  const github = await collectCatalog(openGithub(settings, newStore()), settings);
  const folder = await collectCatalog(folders, settings);
  expect(github.entities.size).toBeGreaterThan(50);
  expect(toComparable(github).entities).toEqual(toComparable(folder).entities);
  expect(toComparable(github).repositories).toEqual(toComparable(folder).repositories);
  expect(toComparable(github).problems).toEqual(toComparable(folder).problems);
});
