import { spawn } from 'node:child_process';
import { Readable } from 'node:stream';

/** What every git process of the server sees: nothing of the machine's own configuration. */
export const gitEnvironment = {
  PATH: process.env.PATH,
  LC_ALL: 'C',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
};

/** Runs a program to its end with `input`; answers what it wrote, and throws with its complaint where it fails. */
export function run(
  program: string,
  words: readonly string[],
  input: Iterable<Buffer> = [],
  environment: Record<string, string | undefined> = gitEnvironment,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { env: environment });
    const output: Buffer[] = [];
    const complaint: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => complaint.push(chunk));
    child.stdin.on('error', () => undefined);
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) return resolve(Buffer.concat(output));
      reject(new Error(`${program} ${words.join(' ')} failed: ${Buffer.concat(complaint).toString('utf8')}`));
    });
    // Taken piece by piece as the program reads: what is made on the way need not fit into memory at once.
    Readable.from(input).pipe(child.stdin);
  });
}
