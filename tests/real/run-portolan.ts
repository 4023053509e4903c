import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const portal = fileURLToPath(new URL('../../scripts/portal.ts', import.meta.url));

/** What came of a command: its exit code (none where it was killed), and all that it said. */
export type Ran = { code: number | null; said: string };

/** Runs a command of Portolan as a process of its own; `meet` is told of it, to end it. */
export function runPortolan(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  meet: (child: ChildProcess) => void = () => undefined,
): Promise<Ran> {
  const child = spawn(process.execPath, [portal, ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk;
    });
  meet(child);
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (code) => done({ code, said }));
  });
}
