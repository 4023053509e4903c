import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFolderForge } from './folder.ts';

let root = '';
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'folder-')));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

function git(folder: string, ...args: string[]): void {
  const identity = {
    GIT_AUTHOR_NAME: 'acme',
    GIT_AUTHOR_EMAIL: 'a@acme.io',
    GIT_COMMITTER_NAME: 'acme',
    GIT_COMMITTER_EMAIL: 'a@acme.io',
  };
  const when = { GIT_AUTHOR_DATE: '2024-01-02T03:04:05+02:00', GIT_COMMITTER_DATE: '2024-01-02T03:04:05+02:00' };
  execFileSync('git', ['-C', join(root, folder), ...args], {
    env: { PATH: process.env.PATH, HOME: root, ...identity, ...when },
    stdio: 'pipe',
  });
}

function checkout(folder: string): void {
  git(folder, 'init', '-q', '-b', 'trunk');
  git(folder, 'remote', 'add', 'origin', 'https://user:secret@github.com/acme/orders.git');
  git(folder, 'add', '.');
  git(folder, 'commit', '-q', '-m', 'first');
}

const forgeOf = (folder = 'src', home?: { url: string; branch?: string }) =>
  createFolderForge({ sources: [{ folder }], ...(home && { home }) }, root);
const location = 'apiVersion: backstage.io/v1alpha1\nkind: Location\n';

test('the sub-directories of a source are repositories, hidden ones and links are not', async () => {
  write({ 'src/b/x': '', 'src/a/x': '', 'src/.hidden/x': '', 'src/node_modules/x': '', 'src/file': '', 'away/x': '' });
  symlinkSync(join(root, 'away'), join(root, 'src/link'));
  const { repositories, problems } = await forgeOf().listRepositories();
  expect([repositories, problems]).toEqual([[{ id: 'a' }, { id: 'b' }], []]);
});

test.each([
  ['a catalog file', { 'src/catalog-info.yaml': '', 'src/a/x': '' }],
  ['an index', { 'src/all.yaml': location, 'src/a/x': '' }],
])('a source with %s is one repository', async (_name, files) => {
  write(files);
  expect((await forgeOf().listRepositories()).repositories).toEqual([{ id: 'src' }]);
});

test('a source that is not there is a problem', async () => {
  expect((await forgeOf('gone').listRepositories()).problems).toMatchObject([{ code: 'source-missing' }]);
});

test('plain folders are known by their name', async () => {
  write({ 'src/checkout/x': '', 'src/other__thing/x': '' });
  expect(
    (await forgeOf('src', { url: 'https://ghe.acme.io/acme', branch: 'live' }).listRepositories()).repositories,
  ).toEqual([
    { id: 'checkout', url: 'https://ghe.acme.io/acme/checkout', branch: 'live' },
    { id: 'other__thing', url: 'https://github.com/other/thing', branch: 'live' },
  ]);
});

test('a checkout says where it is from, without credentials, and when its files changed', async () => {
  write({ 'src/orders/catalog-info.yaml': 'a: 1', 'src/orders/sub/x.yaml': 'b: 1' });
  checkout('src/orders');
  const forge = forgeOf();
  const { repositories } = await forge.listRepositories();
  expect(repositories).toEqual([
    {
      id: 'orders',
      url: 'https://github.com/acme/orders',
      branch: 'trunk',
      commit: expect.stringMatching(/^[0-9a-f]{40}$/),
      changedAt: '2024-01-02T01:04:05Z',
    },
  ]);
  const changes = await forge.listChanges('orders', ['catalog-info.yaml', 'gone.yaml', 'sub/x.yaml']);
  expect([...changes]).toEqual([
    ['catalog-info.yaml', '2024-01-02T01:04:05Z'],
    ['sub/x.yaml', '2024-01-02T01:04:05Z'],
  ]);
});

test('a folder inside of a checkout does not take the facts of the checkout', async () => {
  write({ 'src/orders/catalog-info.yaml': 'a: 1' });
  checkout('.');
  const forge = forgeOf();
  expect((await forge.listRepositories()).repositories).toEqual([{ id: 'orders' }]);
  expect((await forge.listChanges('orders', ['catalog-info.yaml'])).size).toBe(0);
});

test('a broken checkout, a checkout without commits and a worktree', async () => {
  write({ 'src/broken/.git': 'gitdir: /nowhere', 'src/main/x': '1', 'src/young/x': '' });
  checkout('src/main');
  git('src/main', 'worktree', 'add', '-q', join(root, 'src/tree'), '-b', 'side');
  git('src/young', 'init', '-q');
  const { repositories } = await forgeOf().listRepositories();
  expect(repositories).toMatchObject([
    { id: 'broken' },
    { id: 'main', branch: 'trunk' },
    { id: 'tree', branch: 'side' },
    { id: 'young' },
  ]);
  expect(repositories.map(({ url }) => url !== undefined)).toEqual([false, true, true, false]);
});

test('lists regular files, not those of other checkouts', async () => {
  write({
    'src/a/z.yaml': '',
    'src/a/b/c.yaml': '',
    'src/a/node_modules/x': '',
    'src/a/inner/.git': '',
    'src/a/inner/x': '',
  });
  symlinkSync('/etc/passwd', join(root, 'src/a/link.yaml'));
  const forge = forgeOf();
  await forge.listRepositories();
  expect(await forge.listFiles('a')).toEqual(['b/c.yaml', 'z.yaml']);
});

test.each([
  ['x.yaml', { text: 'x: 1' }],
  ['bom.yaml', { text: 'x: 1' }],
  ['gone.yaml', { fault: 'absent' }],
  ['x.yaml/deeper', { fault: 'absent' }],
  ['sub', { fault: 'unreadable' }],
  ['binary', { fault: 'unreadable' }],
  ['large', { fault: 'too-large' }],
  ['link', { fault: 'outside' }],
  ['folder-link/x', { fault: 'outside' }],
  ['inside-link', { fault: 'outside' }],
  ['../b/x', { fault: 'outside' }],
  ['/etc/passwd', { fault: 'outside' }],
  ['sub/../x.yaml', { fault: 'outside' }],
  ['', { fault: 'outside' }],
])('fetches %j as %j', async (path, fetched) => {
  write({
    'src/a/x.yaml': 'x: 1',
    'src/a/bom.yaml': '\uFEFFx: 1',
    'src/a/sub/y': '',
    'src/a/binary': 'a\0b',
    'src/b/x': 'secret',
  });
  write({ 'src/a/large': ' '.repeat(5 * 1024 * 1024 + 1) });
  symlinkSync('/etc/passwd', join(root, 'src/a/link'));
  symlinkSync(join(root, 'src/b'), join(root, 'src/a/folder-link'));
  symlinkSync(join(root, 'src/a/x.yaml'), join(root, 'src/a/inside-link'));
  const forge = forgeOf();
  await forge.listRepositories();
  expect(await forge.fetchText('a', path)).toMatchObject(fetched);
});

test.each([
  ['./local/teams.yaml', 'conf', 'conf', ['local/teams.yaml']],
  ['./local/*.yaml', 'conf', 'conf', ['local/teams.yaml', 'local/users.yaml']],
  ['../src/a/deep/x.yaml', 'conf', 'a', ['deep/x.yaml']],
  ['../away/y.yaml', 'conf', 'away', ['y.yaml']],
  ['../../seen-from-the-backend.yaml', 'conf', 'conf', ['seen-from-the-backend.yaml']],
  ['./gone.yaml', 'conf', undefined, []],
])('finds the local file %s', async (target, folder, id, paths) => {
  write({ 'src/a/deep/x.yaml': '', 'conf/local/teams.yaml': '', 'conf/local/users.yaml': '', 'away/y.yaml': '' });
  write({ 'conf/seen-from-the-backend.yaml': '', 'conf/packages/backend/package.json': '' });
  const files = await forgeOf().listLocalFiles(target, folder);
  expect(files.map((file) => [file.repository.id, file.path])).toEqual(paths.map((path) => [id, path]));
});

test('two folders of one name have two ids', async () => {
  write({ 'one/a/x': '', 'two/a/x': '' });
  const forge = createFolderForge({ sources: [{ folder: 'one' }, { folder: 'two' }] }, root);
  const { repositories, sources } = await forge.listRepositories();
  expect(repositories.map(({ id }) => id)).toEqual(['a', 'two/a']);
  expect(sources).toEqual([
    { name: 'one', type: 'folder', repositories: ['a'] },
    { name: 'two', type: 'folder', repositories: ['two/a'] },
  ]);
});

test.each([
  ['docs/a.png', undefined],
  ['docs/link.png', 'outside'],
  ['linked/a.png', 'outside'],
  ['../away/a.png', 'outside'],
  ['docs/gone.png', 'absent'],
  ['docs/large.png', 'too-large'],
  ['docs', 'unreadable'],
])('the bytes of %s: fault %s', async (path, fault) => {
  write({ 'src/a/docs/a.png': '\0', 'src/away/a.png': '', 'src/a/docs/large.png': 'x'.repeat(20 * 1024 * 1024 + 1) });
  symlinkSync(join(root, 'src/away/a.png'), join(root, 'src/a/docs/link.png'));
  symlinkSync(join(root, 'src/away'), join(root, 'src/a/linked'));
  const forge = forgeOf();
  await forge.listRepositories();
  const fetched = await forge.fetchBytes('a', path);
  expect(fetched.fault).toBe(fault);
});
