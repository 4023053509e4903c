import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFolderForge } from './folder.ts';

let root = '';
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'history-')));
  write({ 'src/shop/docs/index.md': '# One', 'src/shop/docs/gone.md': 'gone' });
  git('src/shop', 'init', '-q', '-b', 'main');
  commit('first');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(files: Record<string, string | Uint8Array>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

const person = { NAME: 'acme', EMAIL: 'a@acme.io', DATE: '2024-01-02T03:04:05Z' };
const identity = Object.fromEntries(
  Object.entries(person).flatMap(([key, value]) => [
    [`GIT_AUTHOR_${key}`, value],
    [`GIT_COMMITTER_${key}`, value],
  ]),
);

function git(folder: string, ...args: string[]): string {
  return gitWith('', folder, ...args);
}

function gitWith(input: string, folder: string, ...args: string[]): string {
  const env = { PATH: process.env.PATH, HOME: root, ...identity };
  const words = ['-C', join(root, folder), '-c', 'core.protectNTFS=false', ...args];
  return execFileSync('git', words, { env, input, stdio: 'pipe', encoding: 'utf8' }).trim();
}

function commit(message: string): void {
  git('src/shop', 'add', '-A');
  git('src/shop', 'commit', '-q', '--allow-empty', '-m', message);
}

async function open(source = 'src') {
  const forge = createFolderForge({ sources: [{ folder: source }] }, root);
  await forge.listRepositories();
  return forge;
}

/** The forge as it is at a version, which must be there. */
async function openAt(name: string, source?: string) {
  const forge = await open(source);
  const version = (await forge.listVersions('shop')).find((each) => each.name === name);
  const state = version && (await forge.findState('shop', version.commit));
  if (!state) throw new Error(`no version ${name}`);
  return state;
}

const namesOf = async (source?: string) =>
  (await (await open(source)).listVersions('shop')).map(({ name, type }) => `${type} ${name}`).toSorted();

test('tags of every sort and branches lead to commits, packed or not; what leads to no commit is left out', async () => {
  git('src/shop', 'tag', 'v1');
  git('src/shop', 'tag', '-a', 'v2', '-m', 'two');
  git('src/shop', 'tag', '-a', 'v2-again', 'v2', '-m', 'a tag on a tag');
  git('src/shop', 'tag', 'tree', 'HEAD^{tree}');
  git('src/shop', 'tag', '-a', 'blob', 'HEAD:docs/index.md', '-m', 'a file');
  git('src/shop', 'branch', 'release/1.x');
  const expected = ['branch main', 'branch release/1.x', 'tag v1', 'tag v2', 'tag v2-again'];
  expect(await namesOf()).toEqual(expected);
  git('src/shop', 'pack-refs', '--all');
  expect(await namesOf()).toEqual(expected);
  const head = git('src/shop', 'rev-parse', 'HEAD');
  const commits = (await (await open()).listVersions('shop')).map((version) => version.commit);
  expect(new Set(commits)).toEqual(new Set([head]));
});

test('a version has its own files, their dates, and leaves the checkout alone', async () => {
  git('src/shop', 'tag', 'v1');
  rmSync(join(root, 'src/shop/docs/gone.md'));
  write({ 'src/shop/docs/index.md': '# Two', 'src/shop/docs/new.md': 'new' });
  commit('second');
  const state = await openAt('v1');
  expect(await state.listFiles('shop')).toEqual(['docs/gone.md', 'docs/index.md']);
  expect(await state.fetchText('shop', 'docs/index.md')).toMatchObject({ text: '# One' });
  expect(await state.fetchText('shop', 'docs/new.md')).toEqual({ fault: 'absent' });
  expect([...(await state.listChanges('shop', ['docs/gone.md']))]).toEqual([['docs/gone.md', '2024-01-02T03:04:05Z']]);
  expect(await (await open()).fetchText('shop', 'docs/index.md')).toMatchObject({ text: '# Two' });
  expect(git('src/shop', 'status', '--porcelain')).toBe('');
});

test('of a clone the branches of its origin are known, once each', async () => {
  git('src/shop', 'branch', 'next');
  git('.', 'clone', '-q', 'src/shop', 'clones/shop');
  git('clones/shop', 'checkout', '-q', '-b', 'mine');
  expect(await namesOf('clones')).toEqual(['branch main', 'branch mine', 'branch next']);
  expect(await (await openAt('next', 'clones')).listFiles('shop')).toEqual(['docs/gone.md', 'docs/index.md']);
});

test('bytes come as they are: empty, with zeros, with new lines at the end; the limits of size hold', async () => {
  const files = { empty: '', zeros: 'a\0b', lines: 'a\n\n', bom: '\uFEFFa', large: 'x'.repeat(5 * 1024 * 1024 + 1) };
  for (const [name, text] of Object.entries(files)) write({ [`src/shop/${name}`]: text });
  write({ 'src/shop/huge': new Uint8Array(20 * 1024 * 1024 + 1) });
  commit('files');
  const state = await openAt('main');
  const bytesOf = async (path: string) => {
    const { fault, bytes } = { bytes: undefined, ...(await state.fetchBytes('shop', path)) };
    return fault ?? new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  };
  const names = ['empty', 'zeros', 'lines', 'bom', 'huge'];
  expect(await Promise.all(names.map(bytesOf))).toEqual(['', 'a\0b', 'a\n\n', '\uFEFFa', 'too-large']);
  const texts = await Promise.all(['empty', 'zeros', 'bom', 'large'].map((path) => state.fetchText('shop', path)));
  expect(texts).toMatchObject([{ text: '' }, { fault: 'unreadable' }, { text: 'a' }, { fault: 'too-large' }]);
});

test('links, modules and paths that lead elsewhere are no files of a version', async () => {
  symlinkSync('/etc/passwd', join(root, 'src/shop/link.md'));
  write({ 'src/shop/node_modules/x/index.md': '' });
  commit('links');
  const blob = git('src/shop', 'rev-parse', 'HEAD:docs/index.md');
  const inner = (name: string, oid = blob) => gitWith(`100644 blob ${oid}\t${name}\n`, 'src/shop', 'mktree');
  const hostile = [
    ...['..', '.', '.git'].map((name) => `040000 tree ${inner('escape.md')}\t${name}`),
    `100644 blob ${blob}\ta\\b.md`,
    `100644 blob ${blob}\tfine.md`,
    `160000 commit ${git('src/shop', 'rev-parse', 'HEAD')}\tmodule`,
    `120000 blob ${blob}\tlink.md`,
    `040000 tree ${git('src/shop', 'rev-parse', 'HEAD:node_modules')}\tnode_modules`,
  ];
  const tree = gitWith(`${hostile.join('\0')}\0`, 'src/shop', 'mktree', '-z', '--missing');
  git('src/shop', 'tag', 'v1', git('src/shop', 'commit-tree', tree, '-m', 'hostile'));
  const state = await openAt('v1');
  expect(await state.listFiles('shop')).toEqual(['fine.md']);
  const paths = ['link.md', '../escape.md', '.git/escape.md', '/etc/passwd', 'module'];
  const faults = await Promise.all(paths.map(async (path) => (await state.fetchText('shop', path)).fault));
  expect(faults).toEqual(['outside', 'absent', 'absent', 'absent', 'absent']);
});

test('names of versions that shells and options would trip over are only names', async () => {
  const names = ['--upload-pack=x', '$(touch pwned)', 'a;touch-pwned', 'ü-ï', 'v1|x', "it's"];
  const fitting = names.filter((name) => !name.includes(' '));
  for (const name of fitting) git('src/shop', 'update-ref', `refs/tags/${name}`, 'HEAD');
  expect(await namesOf()).toEqual(['branch main', ...fitting.map((name) => `tag ${name}`)].toSorted());
  expect((await (await openAt('--upload-pack=x')).listFiles('shop')).length).toBe(2);
});

test('what is no name of a commit that is there opens nothing', async () => {
  const forge = await open();
  const names = ['--help', 'HEAD', 'main', '', 'f'.repeat(40), '0'.repeat(39), `${'a'.repeat(40)}^{tree}`];
  const states = await Promise.all(names.map((name) => forge.findState('shop', name)));
  expect(states.filter((state) => state !== undefined)).toEqual([]);
});

test('a plain folder has no versions, nor has a folder below a checkout or a broken one', async () => {
  write({ 'src/plain/x': '', 'src/broken/.git': 'gitdir: /nowhere' });
  git('.', 'init', '-q');
  const forge = await open();
  expect([await forge.listVersions('plain'), await forge.listVersions('broken')]).toEqual([[], []]);
});

test('what a partial clone does not hold is not fetched: its files are absent', async () => {
  write({ 'src/shop/docs/index.md': '# Other' });
  commit('second');
  git('src/shop', 'tag', 'v1', 'HEAD~1');
  git('src/shop', 'config', 'uploadpack.allowFilter', 'true');
  git('.', 'clone', '-q', '--filter=blob:none', `file://${join(root, 'src/shop')}`, 'clones/shop');
  const state = await openAt('v1', 'clones');
  expect(await state.listFiles('shop')).toEqual(['docs/gone.md', 'docs/index.md']);
  expect(await state.fetchText('shop', 'docs/index.md')).toEqual({ fault: 'absent' });
  expect(await state.fetchText('shop', 'docs/gone.md')).toMatchObject({ text: 'gone' });
});

test('a commit whose folders are missing is not there in whole', async () => {
  git('src/shop', 'tag', 'v1');
  const docs = git('src/shop', 'rev-parse', 'HEAD:docs');
  rmSync(join(root, 'src/shop/.git/objects', docs.slice(0, 2), docs.slice(2)));
  const forge = await open();
  const [version] = (await forge.listVersions('shop')).filter(({ name }) => name === 'v1');
  expect(await forge.findState('shop', version?.commit ?? '')).toBeUndefined();
});

test('a tag whose commit is missing is named, and cannot be opened', async () => {
  write({ 'src/shop/.git/refs/tags/v0': `${'a'.repeat(40)}\n` });
  const forge = await open();
  expect(await forge.listVersions('shop')).toContainEqual({ name: 'v0', type: 'tag', commit: 'a'.repeat(40) });
  expect(await forge.findState('shop', 'a'.repeat(40))).toBeUndefined();
});

test('nothing that a checkout is configured to run is run', async () => {
  write({ 'src/shop/docs/index.md': 'second' });
  commit('second');
  git('src/shop', 'tag', 'v1', 'HEAD~1');
  git('src/shop', 'config', 'uploadpack.allowFilter', 'true');
  git('.', 'clone', '-q', '--filter=blob:none', `file://${join(root, 'src/shop')}`, 'clones/shop');
  const ran = join(root, 'ran');
  const touch = `touch ${ran}`;
  const config: Record<string, string> = {
    'core.fsmonitor': touch,
    'core.sshCommand': touch,
    'core.pager': touch,
    'core.hooksPath': join(root, 'hooks'),
    'gpg.program': touch,
    'log.showSignature': 'true',
    'remote.origin.url': `ext::${touch}`,
    'protocol.ext.allow': 'always',
    'remote.origin.uploadpack': touch,
    'filter.x.smudge': touch,
    'alias.cat-file': `!${touch}`,
  };
  for (const [key, value] of Object.entries(config)) git('clones/shop', 'config', key, value);
  write({ 'clones/shop/.git/info/attributes': '* filter=x diff=x\n' });
  const state = await openAt('v1', 'clones');
  await state.fetchText('shop', 'docs/index.md');
  await state.listChanges('shop', ['docs/index.md']);
  expect(existsSync(ran)).toBe(false);
});

test('an object that stands in for another does not count', async () => {
  git('src/shop', 'tag', 'v1');
  write({ 'src/shop/docs/index.md': '# Replaced' });
  commit('second');
  git('src/shop', 'replace', git('src/shop', 'rev-parse', 'v1'), 'HEAD');
  expect(await (await openAt('v1')).fetchText('shop', 'docs/index.md')).toMatchObject({ text: '# One' });
});

test('a folder beside a repository is a version of it; alone it is a repository', async () => {
  write({ 'plain/shop/x': '', 'plain/shop@v1.2/docs/a.md': 'old', 'plain/other@v1/x': '' });
  const forge = await open('plain');
  expect((await forge.listRepositories()).repositories).toEqual([{ id: 'other@v1' }, { id: 'shop' }]);
  expect((await forge.listVersions('shop')).map(({ name, type }) => [name, type])).toEqual([['v1.2', 'tag']]);
  const state = await openAt('v1.2', 'plain');
  expect(await state.listFiles('shop')).toEqual(['docs/a.md']);
  expect(await state.fetchText('shop', 'docs/a.md')).toMatchObject({ text: 'old' });
  expect(await state.fetchText('shop', '../shop/x')).toEqual({ fault: 'outside' });
  expect(await state.listFiles('other@v1')).toEqual(['x']);
  expect(readdirSync(join(root, 'plain'))).toHaveLength(3);
});
