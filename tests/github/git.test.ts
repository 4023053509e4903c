import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inFolder, runGit, toGitOptions } from './clients.ts';
import { createGithubServer, type GithubServer } from './server.ts';
import { readFolder, toAcme } from './world/acme.ts';
import { toOddities } from './world/odd.ts';

let server: GithubServer;

beforeAll(async () => {
  const tokens = { 'test-token': { login: 'octavia', scopes: ['repo'] } };
  const acme = toAcme();
  const organisations = [{ ...acme, members: [...(acme.members ?? []), { login: 'octavia' }] }, toOddities()];
  server = await createGithubServer({ organisations, tokens });
  await server.world.loseObject('oddities/short-ending', 'refs/heads/main:catalog-info.yml');
});

afterAll(() => server.close());

const clone = (folder: string, slug: string, token: string, ...words: string[]) =>
  runGit([...toGitOptions(token), 'clone', '--quiet', ...words, `${server.origin}/${slug}.git`, folder]);

test('every repository of the demo organisation is sound in the eyes of git', async () => {
  for (const { folder } of server.world.listRepositories('acme')) await runGit(['-C', folder, 'fsck', '--strict']);
});

test('a clone holds the files of the folder that the repository was made from', async () => {
  await inFolder(async (folder) => {
    await clone(folder, 'acme/checkout', 'test-token');
    const made = readFolder(join(import.meta.dirname, '../../examples/acme/repositories/checkout'));
    await rm(join(folder, '.git'), { recursive: true });
    expect(readFolder(folder)).toEqual(made);
  });
});

test('a partial, shallow fetch brings trees, and single blobs by their id', async () => {
  await inFolder(async (folder) => {
    const { origin, world } = server;
    const commit = world.needRepository('acme/checkout').refs.get('refs/heads/main') ?? '';
    const git = (...words: string[]) => runGit(['-C', folder, ...toGitOptions('test-token'), ...words]);
    await git('init', '--quiet', '--bare');
    await git('fetch', '--quiet', '--depth=1', '--filter=blob:none', `${origin}/acme/checkout.git`, commit);
    const blob = (await git('rev-parse', `${commit}:catalog-info.yaml`)).trim();
    expect(await git('rev-list', '--objects', '--missing=print', commit)).toContain(`?${blob}`);
    await git('fetch', '--quiet', '--filter=blob:none', `${origin}/acme/checkout.git`, blob);
    expect(await git('cat-file', 'blob', blob)).toContain('kind: Component');
  });
});

test.each([
  ['a token that is none', 'acme/checkout', 'nonsense', /Authentication failed|could not read Username/],
  ['a repository that is not there', 'acme/nothing', 'test-token', /not found/],
])('git is refused for %s', async (_, slug, token, complaint) => {
  await inFolder((folder) => expect(clone(folder, slug, token)).rejects.toThrow(complaint));
});

test('many objects by their ids come with one fetch, as docs do', async () => {
  await inFolder(async (folder) => {
    const url = `${server.origin}/oddities/nested.git`;
    const { folder: bare } = server.world.needRepository('oddities/nested');
    const listed = await runGit(['-C', bare, 'ls-tree', '-r', '--format=%(objectname)', 'HEAD', 'services/a/docs']);
    const git = (...words: string[]) => runGit(['-C', folder, ...toGitOptions('test-token'), ...words]);
    await git('init', '--quiet', '--bare');
    const blobs = listed.trim().split('\n');
    server.log.clear();
    await git('fetch', '--quiet', '--depth=1', url, ...blobs);
    for (const blob of blobs) expect(await git('cat-file', '-t', blob)).toBe('blob\n');
    expect(server.log.count()).toMatchObject({ gitRequests: 3, rest: 0, points: 0 });
  });
});

test.each([
  ['that was renamed is found under its former name', 'oddities/old-name', undefined],
  ['that is archived is read', 'oddities/archived', undefined],
  ['that is empty is empty', 'oddities/empty', undefined],
  ['that was taken down is refused', 'oddities/taken-down', /451/],
  ['behind a sign-in is refused', 'oddities/protected', /403/],
  ['that is disabled is refused', 'oddities/disabled', /403/],
  ['that lost an object breaks', 'oddities/short-ending', /500/],
])('a repository %s', async (_, slug, complaint) => {
  await inFolder(async (folder) => {
    const cloned = clone(folder, slug, 'test-token', '--bare').then(
      () => undefined,
      (error: Error) => error.message,
    );
    expect(await cloned).toEqual(complaint && expect.stringMatching(complaint));
  });
});

test('nobody pushes', async () => {
  await inFolder(async (folder) => {
    await clone(folder, 'acme/checkout', 'test-token');
    const push = runGit(['-C', folder, ...toGitOptions('test-token'), 'push', 'origin', 'HEAD:refs/heads/mine']);
    await expect(push).rejects.toThrow(/403/);
  });
});
