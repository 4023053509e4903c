// Runs on the machine's own Node, 20 or later, before anything is installed: plain JavaScript without dependencies.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { completeLock, listMissing } from './package/complete-lock.mjs';

const top = fileURLToPath(new URL('..', import.meta.url));
const modules = join(top, 'node_modules');
const lockFile = join(top, 'package-lock.json');
const stampFile = join(modules, '.portolan-installed');
const node = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

const demo = ['--root', join(top, 'examples/acme')];
const snapshot = ['--snapshot', join(top, '.portal/demo')];
const site = ['--out', join(top, '.portal/demo-site')];

/** What each npm script runs, in order, on the project's own Node; words given after the command go to the last one. */
const commands = {
  start: [
    ['scripts/portal.ts', 'build', ...demo, ...snapshot, ...site],
    ['scripts/portal.ts', 'serve', '--demo', ...demo, ...site],
  ],
  test: [['tests/run.ts', 'test']],
  'test:real': [['tests/real/run.ts']],
  check: [['tests/run.ts', 'check']],
  dev: [['scripts/portal.ts', 'dev', ...demo, ...snapshot]],
  portal: [['scripts/portal.ts']],
  build: [['scripts/portal.ts', 'build', ...demo, ...snapshot, ...site]],
  bench: [['scripts/bench.ts']],
  fix: [['scripts/handbook.ts'], ['node_modules/@biomejs/biome/bin/biome', 'check', '--write', '.']],
  prepack: [['node_modules/rolldown/bin/cli.mjs', '--config', 'scripts/package/rolldown.config.ts']],
  prepare: [],
};

/** Runs a program to its end with our terminal, hands signals on to it, and answers with its exit code. */
function run(program, words, environment = process.env) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { cwd: top, env: environment, stdio: 'inherit' });
    const hands = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => [signal, () => child.kill(signal)]);
    for (const [signal, hand] of hands) process.on(signal, hand);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      for (const [name, hand] of hands) process.off(name, hand);
      resolve(code ?? (signal === 'SIGINT' ? 130 : 143));
    });
  });
}

/** What an installation depends on: the lock file, and the machine that the packages are built for. */
function toStamp() {
  const lock = readFileSync(lockFile);
  return `${createHash('sha256').update(lock).digest('hex')} ${process.platform} ${process.arch}\n`;
}

/** True where the last installation was from this lock file, and everything it was asked for is there. */
function isInstalled() {
  if (!existsSync(stampFile) || !existsSync(node) || readFileSync(stampFile, 'utf8') !== toStamp()) return false;
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(top, 'package.json'), 'utf8'));
  return Object.keys({ ...dependencies, ...devDependencies }).every((name) => existsSync(join(modules, name)));
}

/** Installs exactly what the lock file says. */
async function install() {
  console.log('Installing what package-lock.json names (npm ci) …');
  const words = ['ci', '--include=dev', '--include=optional', '--loglevel=error'];
  const npm = process.env.npm_execpath;
  const code = await (npm?.endsWith('.js') ? run(process.execPath, [npm, ...words]) : run('npm', words));
  if (code !== 0) return stop('`npm ci` failed: the lines above say why.', code);
  if (existsSync(node)) return writeFileSync(stampFile, toStamp());
  stop('The package `node` has no program: its install script was not allowed to run. Try `npm rebuild node`.', 1);
}

/**
 * What npm calls after each `npm install` and `npm ci`: whoever installs by hand is not made to wait again, and a lock
 * written where a registry lacks builds for other platforms still suits `npm ci` everywhere.
 */
function settle() {
  if (!existsSync(lockFile)) return;
  const lock = JSON.parse(readFileSync(lockFile, 'utf8'));
  if (listMissing(lock).length > 0) writeFileSync(lockFile, `${JSON.stringify(completeLock(lock), null, 2)}\n`);
  if (['install', 'ci'].includes(process.env.npm_command)) writeFileSync(stampFile, toStamp());
}

function stop(sentence, code) {
  console.error(`\n${sentence}`);
  process.exit(code);
}

const [command, ...words] = process.argv.slice(2);
if (!Object.hasOwn(commands, command ?? '')) stop(`Commands: ${Object.keys(commands).join(', ')}.`, 2);
if (command === 'prepare') settle();
else if (!isInstalled()) await install();

const path = [join(modules, '.bin'), process.env.PATH].join(delimiter);
const steps = commands[command].map((step, at, all) => (at === all.length - 1 ? [...step, ...words] : step));
for (const step of steps) {
  const code = await run(node, step, { ...process.env, PATH: path });
  if (code !== 0) process.exit(code);
}
