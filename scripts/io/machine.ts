import { execFile } from 'node:child_process';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { MachineFacts } from '../doctor/machine.ts';

/** Looks at what this machine has. */
export async function examineMachine(store: string, path: string | undefined): Promise<MachineFacts> {
  const [git, free] = await Promise.all([findGit(path), findFree(store)]);
  return { store, ...(git !== undefined && { git }), ...(free !== undefined && { free }) };
}

function findGit(path: string | undefined): Promise<string | undefined> {
  const env = { ...(path !== undefined && { PATH: path }), LC_ALL: 'C' };
  return new Promise((resolve) => {
    execFile('git', ['--version'], { env, timeout: 10_000 }, (error, output) =>
      resolve(error ? undefined : output.trim().replace(/^git version /, 'git ')),
    );
  });
}

/** The free bytes of the nearest folder that is there. */
async function findFree(folder: string): Promise<number | undefined> {
  for (let around = folder; ; around = dirname(around)) {
    const facts = await statfs(around).catch(() => undefined);
    if (facts) return facts.bavail * facts.bsize;
    if (around === dirname(around)) return undefined;
  }
}
