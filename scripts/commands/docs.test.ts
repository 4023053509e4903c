import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const program = fileURLToPath(new URL('../portal.ts', import.meta.url));

function newTree(): { folder: string; out: string } {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-tree-'));
  mkdirSync(join(folder, 'docs', 'img'), { recursive: true });
  writeFileSync(join(folder, 'mkdocs.yml'), 'site_name: Orders\nplugins: [techdocs-core]\n');
  writeFileSync(join(folder, 'docs', 'index.md'), '# Orders\n\n[gone](missing.md)\n');
  writeFileSync(join(folder, 'docs', 'img', 'a.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  return { folder, out: mkdtempSync(join(tmpdir(), 'portolan-pages-')) };
}

test('one tree is rendered alone, with its files, and what is wrong is said', () => {
  const { folder, out } = newTree();
  const { status, stdout } = spawnSync(process.execPath, [program, 'docs', folder, '--out', out], { encoding: 'utf8' });
  expect(status).toBe(0);
  expect(stdout).toContain('docs-broken-link');
  expect(readFileSync(join(out, 'index.html'), 'utf8')).toMatch(/<article>.*<h1 id="orders">Orders/s);
  expect(readFileSync(join(out, 'img', 'a.svg'), 'utf8')).toContain('<svg');
});

test.each([
  ['a folder that is not there', (tree: ReturnType<typeof newTree>) => [`${tree.folder}-gone`, '--out', tree.out]],
  [
    'a configuration that is not there',
    (tree: ReturnType<typeof newTree>) => [tree.folder, '--config', 'gone.yml', '--out', tree.out],
  ],
  ['a folder without docs', (tree: ReturnType<typeof newTree>) => [tree.out, '--out', tree.folder]],
  [
    'a file where the pages should go',
    (tree: ReturnType<typeof newTree>) => [tree.folder, '--out', join(tree.folder, 'mkdocs.yml', 'x')],
  ],
  ['nowhere to write', (tree: ReturnType<typeof newTree>) => [tree.folder]],
  [
    'pages in the watched folder',
    (tree: ReturnType<typeof newTree>) => [tree.folder, '--serve', '--out', `${tree.folder}/site`],
  ],
])('%s: exit code 2 and a sentence', (_case, toWords) => {
  const { status, stderr } = spawnSync(process.execPath, [program, 'docs', ...toWords(newTree())], {
    encoding: 'utf8',
  });
  expect(status).toBe(2);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(stderr).not.toContain('Something broke');
});

test('a served tree is rendered again when a page changes, and open pages are told', async () => {
  const { folder, out } = newTree();
  const child = spawn(process.execPath, [program, 'docs', folder, '--out', out, '--serve', '--port', '0']);
  try {
    const address = await new Promise<string>((found, fail) => {
      let said = '';
      child.on('exit', () => fail(new Error(said)));
      child.stdout.on('data', (chunk: Buffer) => {
        said += chunk;
        const [url] = /http:\/\/localhost:\d+\//.exec(said) ?? [];
        if (url) found(url);
      });
    });
    expect(await (await fetch(address)).text()).toContain('/_portolan/reload.js');
    const changes = (await fetch(`${address}_portolan/changes`)).body?.getReader();
    await changes?.read();
    writeFileSync(join(folder, 'docs', 'index.md'), '# Later\n');
    const told = await changes?.read();
    expect(Buffer.from(told?.value ?? []).toString()).toContain('data: changed');
    expect(await (await fetch(address)).text()).toContain('Later');
    await changes?.cancel();
  } finally {
    child.removeAllListeners('exit');
    child.kill();
  }
});
