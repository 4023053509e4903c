import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../scripts/portal.ts', import.meta.url));

export type Ended = { status: number | null; signal: string | null; out: string; error: string };

/** Starts the real command; `ended` is what became of it. */
export function startPortal(words: readonly string[], environment: Record<string, string | undefined> = {}) {
  const child = spawn(process.execPath, [program, ...words], { env: { PATH: process.env.PATH, ...environment } });
  const ended = Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]).then(
    ([out, error]): Ended => ({ status: child.exitCode, signal: child.signalCode, out, error }),
  );
  return { child, ended };
}

/** All files below a folder, by path. */
export function readAll(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).toSorted();
  return new Map(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, 'latin1')]));
}
