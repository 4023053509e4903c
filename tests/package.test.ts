import { execFile, execFileSync, spawn } from 'node:child_process';
import {
  existsSync,
  lstatSync,
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
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const project = fileURLToPath(new URL('..', import.meta.url));
const top = mkdtempSync(join(tmpdir(), 'portolan-package-'));
const installed = join(top, 'node_modules/portolan');

/** The files of an organisation with one component. */
const toOrganisation = (name: string, component: string) => ({
  'app-config.yaml': `app:
  title: ${name}
organization:
  name: ${name}
portal:
  sources:
    - folder: ./repositories
  proxy: {}
`,
  [`repositories/${component}/catalog-info.yaml`]: `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${component}
  annotations:
    backstage.io/kubernetes-id: checkout
    backstage.io/techdocs-ref: dir:.
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
  [`repositories/${component}/mkdocs.yml`]: `site_name: ${component}\n`,
  [`repositories/${component}/docs/index.md`]: '# Picture\n\n```mermaid\nflowchart LR\n  a --> b\n```\n',
});

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
function portolan(...words: string[]): Promise<{ status: unknown; stdout: string; stderr: string }> {
  const env = { ...process.env, INIT_CWD: top };
  return new Promise((done) => {
    execFile(process.execPath, [join(installed, 'scripts/bin.mjs'), ...words], { cwd: top, env }, (error, ...said) =>
      done({ status: error ? error.code : 0, stdout: said[0], stderr: said[1] }),
    );
  });
}

/** Every file and folder of the installation with the time of its last change: what is made and removed changes its folder. */
function listInstallation(): string[] {
  const paths = readdirSync(join(top, 'node_modules'), { recursive: true, encoding: 'utf8' });
  return ['', ...paths.toSorted()].map((path) => `${path} ${lstatSync(join(top, 'node_modules', path)).ctimeMs}`);
}

function writeFiles(folder: string, files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

beforeAll(() => {
  install();
  writeFiles(top, toOrganisation('Small', 'orders'));
  writeFiles(join(top, 'other'), toOrganisation('Other', 'returns'));
  mkdirSync(join(top, 'disk'));
  symlinkSync(join(top, 'disk'), join(top, 'linked'));
}, 60_000);

afterAll(() => rmSync(top, { recursive: true }));

test('the package carries JavaScript and sources of pages, and no tests, workings or examples', () => {
  const files = readdirSync(installed, { recursive: true, encoding: 'utf8' });
  expect(files).toContain('dist/portal.js');
  expect(files).toContain('src/pages/index.astro');
  expect(
    files.filter((file) => /\.(?:test|sample|fixture)\.ts$|(^|\/)fixtures\/|^(examples|tests|\.portal)\//.test(file)),
  ).toEqual([]);
});

test('each thread that the package starts has its program beside the file that starts it', () => {
  const folder = join(installed, 'dist');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js'));
  const started = files.flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(/\.\/[a-z]+-worker(?=\.js|\$\{)/g)].map(([name]) =>
      join(folder, file, '..', `${name}.js`),
    ),
  );
  expect(started.length).toBeGreaterThanOrEqual(2);
  expect(started.filter((path) => !existsSync(path))).toEqual([]);
});

test.each([
  [['--help'], 'build'],
  [['proxy', '--help'], '--metrics-port'],
])('the installed command explains itself: %j', async (words, expected) => {
  const { status, stdout, stderr } = await portolan(...words);
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toContain(expected);
});

test('one installation builds two sites at once, each from the configuration it is told, and stays as it was', async () => {
  const before = listInstallation();
  const builds = await Promise.all([
    portolan('build', '--root', '.', '--out', 'site'),
    portolan('build', '--root', 'other', '--out', 'linked/site', '--snapshot', 'linked/snapshot'),
  ]);
  for (const { status, stderr } of builds) expect(status, stderr).toBe(0);
  const readPage = (site: string, name: string) =>
    readFileSync(join(top, site, `catalog/default/component/${name}/index.html`), 'utf8');
  expect(readPage('site', 'orders')).toContain('Small');
  expect(readPage('linked/site', 'returns')).toContain('Other');
  expect(existsSync(join(top, 'site/catalog/default/component/returns'))).toBe(false);
  expect(readFileSync(join(top, 'site/docs/default/component/orders/index.html'), 'utf8')).toContain(
    '<figure class="diagram"><div class="diagram-drawing"><svg',
  );
  expect(listInstallation()).toEqual(before);
}, 120_000);

/** Starts the installed command, and does something with the address at which it says that it serves. */
async function withServer(words: readonly string[], use: (address: string) => Promise<void>): Promise<void> {
  const env = { PATH: process.env.PATH, INIT_CWD: top }; // in what Vitest sets, Astro serves nothing
  const program = [join(installed, 'scripts/bin.mjs'), ...words, '--port', '0'];
  const server = spawn(process.execPath, program, { cwd: top, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((done) => server.on('close', done));
  try {
    const address = await new Promise<string>((done, fail) => {
      let said = '';
      const listen = (chunk: Buffer) => {
        said += stripVTControlCharacters(chunk.toString('utf8'));
        const [found] = /http:\/\/localhost:\d+\//.exec(said) ?? [];
        if (found) done(found);
      };
      server.stdout.on('data', listen);
      server.stderr.on('data', listen);
      server.on('close', () => fail(new Error(said)));
    });
    await use(address);
  } finally {
    if (server.pid) process.kill(-server.pid);
    await ended;
  }
}

test('the installed command serves the pages as they are written', async () => {
  await withServer(['dev', '--root', '.'], async (address) => {
    const page = await fetch(`${address}catalog/default/component/orders/`);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('orders')]);
  });
}, 60_000);

test('the installed command serves the built site with a demonstration of what is live', async () => {
  await withServer(['serve', '--root', '.', '--out', 'site', '--demo'], async (address) => {
    expect((await fetch(`${address}catalog/default/component/orders/`)).status).toBe(200);
    const answer = await (await fetch(`${address}api/live/kubernetes/component/default/orders`)).json();
    expect(answer).toMatchObject({ state: 'ok', demo: true, status: { words: '6 of 6 pods ready' } });
  });
}, 60_000);
