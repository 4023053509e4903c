import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const project = fileURLToPath(new URL('..', import.meta.url));
const top = mkdtempSync(join(tmpdir(), 'portolan-package-'));
const installed = join(top, 'node_modules/portolan');

const config = {
  'app-config.yaml': `app:
  title: Small
organization:
  name: Small
portal:
  sources:
    - folder: ./repositories
`,
  'repositories/orders/catalog-info.yaml': `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: orders
spec:
  type: service
  lifecycle: production
  owner: group:shop
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata:
  name: shop
spec:
  type: team
  children: []
`,
};

/** Packs the project and lays it out as an installation would: the package, and beside it what it depends on, nothing else. */
function install(): void {
  execFileSync('npm', ['pack', '--silent', '--pack-destination', top], {
    cwd: project,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const tarball = readdirSync(top).find((file) => file.endsWith('.tgz')) ?? '';
  mkdirSync(installed, { recursive: true });
  execFileSync('tar', ['xzf', join(top, tarball), '-C', installed, '--strip-components=1']);
  const { packages } = JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8'));
  for (const [key, { dev }] of Object.entries<{ dev?: boolean }>(packages)) {
    const name = /^node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(key)?.[1];
    if (!name || dev || !existsSync(join(project, key))) continue;
    mkdirSync(join(top, key, '..'), { recursive: true });
    symlinkSync(join(project, key), join(top, key));
  }
}

/** Runs the installed command in the empty folder, on the Node that runs the tests. */
function portolan(...words: string[]) {
  const env = { ...process.env, INIT_CWD: top };
  return spawnSync(process.execPath, [join(installed, 'scripts/bin.mjs'), ...words], {
    cwd: top,
    encoding: 'utf8',
    env,
  });
}

beforeAll(() => {
  install();
  for (const [path, text] of Object.entries(config)) {
    mkdirSync(join(top, path, '..'), { recursive: true });
    writeFileSync(join(top, path), text);
  }
}, 60_000);

afterAll(() => rmSync(top, { recursive: true }));

test('the package carries JavaScript and sources of pages, and no tests, workings or examples', () => {
  const files = readdirSync(installed, { recursive: true, encoding: 'utf8' });
  expect(files).toContain('dist/portal.js');
  expect(files).toContain('src/pages/index.astro');
  expect(files.filter((file) => /\.test\.ts$|(^|\/)fixtures\/|^(examples|tests|\.portal)\//.test(file))).toEqual([]);
});

test('the installed command explains itself', () => {
  const { status, stdout, stderr } = portolan('--help');
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toContain('build');
});

test('the installed command builds a site from a configuration beside it', () => {
  const { status, stderr } = portolan('build', '--root', '.', '--out', 'site');
  expect(status, stderr).toBe(0);
  expect(readFileSync(join(top, 'site/catalog/default/component/orders/index.html'), 'utf8')).toContain('orders');
}, 120_000);
