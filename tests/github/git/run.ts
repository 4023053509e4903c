import { spawn } from 'node:child_process';

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
  input: Buffer | readonly Buffer[] = [],
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
    for (const chunk of Buffer.isBuffer(input) ? [input] : input) child.stdin.write(chunk);
    child.stdin.end();
  });
}
