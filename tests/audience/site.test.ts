import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { secrets, writeOrganisation } from './organisation.ts';

const program = fileURLToPath(new URL('../../scripts/portal.ts', import.meta.url));
const root = mkdtempSync(join(tmpdir(), 'portolan-audience-'));
const [site, snapshot] = [join(root, 'site'), join(root, '.portal')];

/** All files below a folder, by their path, with what is compressed in them. */
function readAll(folder: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const file = join(folder, path);
    if (!statSync(file).isFile()) continue;
    const bytes = readFileSync(file);
    const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
    files.set(path, `${path}\n${isPacked ? gunzipSync(bytes) : bytes}`.toLowerCase());
  }
  return files;
}

/** Every file that has one of the words, with the words. */
const findTraces = (files: ReadonlyMap<string, string>) =>
  [...files].flatMap(([path, text]) => {
    const words = secrets.filter((word) => text.includes(word));
    return words.length > 0 ? [`${path}: ${words.join(', ')}`] : [];
  });

function build(audience: string, ...options: string[]): string {
  writeOrganisation(root, audience);
  const words = [program, 'build', '--root', root, '--out', site, '--snapshot', snapshot, ...options];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  return stdout + stderr;
}

let said = '';
let before: Map<string, string>;

beforeAll(() => {
  build('');
  before = readAll(site);
  said = build('  audience: {deny: {repositories: [acme/zanzibar]}}\n', '--accept-drop');
}, 240_000);

test('what this looks for is there when everybody may see everything', () => {
  const text = [...before.values()].join('\n');
  expect(secrets.filter((word) => !text.includes(word))).toEqual([]);
  expect(findTraces(before).some((path) => path.startsWith('pagefind/'))).toBe(true);
});

test('not one byte of the site tells of what an audience may not see, also where the site told of it before', () => {
  expect(findTraces(readAll(site))).toEqual([]);
});

test('neither do the views that pages are made of, nor the bodies and files of docs', () => {
  for (const folder of ['pages', 'docs', 'apis', 'docs-files'])
    expect(findTraces(readAll(join(snapshot, folder)))).toEqual([]);
});

test('references say that something is there', () => {
  const files = readAll(site);
  const shop = files.get('catalog/default/component/shop/index.html') ?? '';
  expect(shop.match(/not visible here/g)?.length).toBeGreaterThan(5);
  const docs = files.get('docs/default/component/shop/index.html') ?? '';
  expect(docs).toContain('the other one <span class="hidden-link">not visible here</span>');
  expect(docs).toContain('href="/catalog/default/component/shop/"');
});

test('the operator is told what was left out, and no names', () => {
  expect(said).toContain('Audience: 1 of 2 repositories are left out (1 denied), with 5 of 16 entities.');
});
