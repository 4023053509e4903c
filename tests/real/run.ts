import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { parseArgs } from 'node:util';
import { type RealUpstream, realUpstreams } from './upstreams.ts';

function hasProgram(name: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

const isThere = ({ programs, besides }: RealUpstream) => programs.some(hasProgram) && besides.every(hasProgram);

/** What keeps us from installing; nothing where it can be tried. */
function findObstacle(): string | undefined {
  if (!existsSync('/etc/debian_version') || !hasProgram('apt-get')) return 'this is not Debian, nor like it';
  return process.getuid?.() === 0 ? undefined : 'only root may install';
}

/** Installs what Debian has. Its service is not started where a policy or a container keeps it from that. */
function install(packages: readonly string[]): void {
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const run = (words: readonly string[]) =>
    spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=120', ...words], { stdio: 'inherit', env: environment }).status ===
    0;
  const words = ['install', '-y', '--no-install-recommends', ...packages];
  console.log(`Installing from Debian: ${packages.join(', ')}`);
  // A machine that never asked has no list of packages yet.
  if (!run(words)) run(['update']) && run(words);
}

/** Tries to have what is missing; says what to do where that is not ours to do. */
function provide(missing: readonly RealUpstream[]): void {
  if (missing.length === 0) return;
  const packages = missing.flatMap(({ debian }) => debian);
  const obstacle = findObstacle();
  if (obstacle === undefined) install(packages);
  else
    console.log(`Not installing: ${obstacle}. By hand: apt-get install --no-install-recommends ${packages.join(' ')}`);
}

function runTests(upstreams: readonly RealUpstream[]): boolean {
  const words = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'tests/real/vitest.config.ts'];
  const { status } = spawnSync(process.execPath, [...words, ...upstreams.map(({ tests }) => tests)], {
    stdio: 'inherit',
  });
  return status === 0;
}

const { strict } = parseArgs({ options: { strict: { type: 'boolean', default: false } } }).values;
const wanted = realUpstreams.filter(({ tests }) => existsSync(tests));
provide(wanted.filter((upstream) => !isThere(upstream)));
const ready = wanted.filter(isThere);
const missing = wanted.filter((upstream) => !isThere(upstream));

const passed = ready.length > 0 && runTests(ready);
console.log('');
for (const { name } of ready) console.log(`Ran against the real ${name}.`);
for (const { name, programs, besides } of missing)
  console.log(`Did not run against ${name}: there is no ${[programs.join(' or '), ...besides].join(', no ')}.`);
if (missing.length > 0 && !strict && passed) console.log('With `--strict` that would be a failure.');
process.exitCode = passed && !(strict && missing.length > 0) ? 0 : 1;
