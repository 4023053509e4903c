import { spawn } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { PortalError } from '../portal-error.ts';
import { copyPageSources } from './page-sources.ts';

/** What Astro is told: which snapshot, where the pages go, and which of them are due (all, when nothing is said). */
type AstroRun = { packageFolder: string; snapshot: string; pages: string; due?: readonly string[] };

/** Where Astro's own program lies, found from the package that depends on it. */
function findAstroProgram(packageFolder: string): string {
  const manifest = createRequire(join(packageFolder, 'package.json')).resolve('astro/package.json');
  return join(dirname(manifest), 'bin', 'astro.mjs');
}

/** What Astro calls its own; a variable of the environment of the same name would stand in the pages in its place. */
const astroNames = ['ASSETS_PREFIX', 'BASE_URL', 'DEV', 'MODE', 'PROD', 'SITE', 'SSR'];

async function toEnvironment(run: AstroRun): Promise<NodeJS.ProcessEnv> {
  const dueFile = join(run.snapshot, 'due.txt');
  if (run.due) await writeFile(dueFile, run.due.join('\n'));
  const around = Object.entries(process.env).filter(([name]) => !astroNames.includes(name));
  return {
    ...Object.fromEntries(around),
    PORTOLAN_SNAPSHOT: resolve(run.snapshot),
    PORTOLAN_PAGES: resolve(run.pages),
    PORTOLAN_DUE: run.due && resolve(dueFile),
    ASTRO_TELEMETRY_DISABLED: '1',
  };
}

const pageLine = /(?:├─|└─|▶).*\.html/;

/** Renders the due pages of a snapshot in a process of its own; tells how many are done as they come. */
export async function renderPages(run: AstroRun, tell: (pages: number) => void): Promise<void> {
  const env = await toEnvironment(run);
  const root = await copyPageSources(run.packageFolder, run.snapshot);
  const child = spawn(process.execPath, [findAstroProgram(run.packageFolder), 'build', '--root', root], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let pages = 0;
  const listen = (chunk: Buffer) => {
    const before = pages;
    for (const line of chunk.toString('utf8').split('\n'))
      if (pageLine.test(line)) pages += 1;
      else output = `${output}${line}\n`.slice(-20_000);
    if (pages > before) tell(pages);
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  const code = await new Promise((done, fail) => child.on('error', fail).on('close', done));
  await rm(root, { recursive: true, force: true });
  if (code !== 0)
    throw new PortalError('The pages could not be rendered.', {
      hint: output.trim().split('\n').slice(-12).join('\n'),
    });
}

/** Serves the pages of a snapshot as they are being written, and files beside them, until it is stopped; answers with its exit code. */
export async function servePagesLive(run: AstroRun & { files: string; port: number }): Promise<number> {
  const env = { ...(await toEnvironment(run)), PORTOLAN_PUBLIC: resolve(run.files) };
  const words = ['dev', '--root', run.packageFolder, '--port', String(run.port)];
  const child = spawn(process.execPath, [findAstroProgram(run.packageFolder), ...words], {
    cwd: run.packageFolder,
    env,
    stdio: 'inherit',
  });
  return new Promise((done, fail) => child.on('error', fail).on('close', (code) => done(code ?? 0)));
}
