import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Catalog } from '#model/catalog.ts';
import { collectCatalog, newStore, openFolders, openGithub, toSettings } from './collected.ts';
import { createGithubServer, type GithubServer } from './server.ts';

let server: GithubServer;

beforeAll(async () => {
  server = await createGithubServer();
});

afterAll(() => server.close());

/** Everything but where it comes from: the name of a repository goes without that of its owner. */
function toComparable({ entities, problems }: Catalog) {
  const text = JSON.stringify({ entities: [...entities.values()], problems });
  return JSON.parse(text.replaceAll(/acme\/(?=[a-z-]+\/[a-z./-]+:\d)|(?<="repository":")acme\//g, ''));
}

test('the catalog of an organisation on GitHub is that of a folder of its repositories, entity for entity', async () => {
  const settings = toSettings(server);
  const github = await collectCatalog(openGithub(settings, newStore()), settings);
  const folder = await collectCatalog(openFolders(settings), settings);
  expect(github.entities.size).toBeGreaterThan(50);
  expect(toComparable(github).entities).toEqual(toComparable(folder).entities);
  expect(toComparable(github).problems).toEqual(toComparable(folder).problems);
});
