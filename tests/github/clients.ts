import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Octokit } from 'octokit';
import { gitEnvironment } from './git/run.ts';

type Address = { origin: string };

/** Octokit as a program would use it, without waiting and trying again, so that tests see every answer. */
export function toOctokit({ origin }: Address, token: string | undefined = 'test-token'): Octokit {
  return new Octokit({
    auth: token,
    baseUrl: `${origin}/api/v3`,
    retry: { enabled: false },
    throttle: { enabled: false },
    log: { debug: ignore, info: ignore, warn: ignore, error: ignore },
  });
}

const ignore = () => undefined;

/** The settings that let git show a token; `extraHeader` goes with the first request already. */
export function toGitOptions(token: string): string[] {
  const words = Buffer.from(`x-access-token:${token}`).toString('base64');
  return ['-c', `http.extraHeader=Authorization: Basic ${words}`];
}

/** Runs git with nothing of the machine's configuration; answers with what it printed, or throws what it complained. */
export async function runGit(words: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('git', words, { env: gitEnvironment });
  return stdout;
}

/** Runs something with an empty folder, which is removed afterwards. */
export async function inFolder<Result>(act: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'portolan-github-test-'));
  try {
    return await act(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Asks without any client in between. */
export function ask({ origin }: Address, path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${origin}${path}`, { redirect: 'manual', ...init });
}

/** Sends a query without any client in between. */
export async function query(server: Address, text: string, token = 'test-token'): Promise<Response> {
  const headers = { authorization: `Bearer ${token}` };
  return ask(server, '/api/graphql', { method: 'POST', headers, body: JSON.stringify({ query: text }) });
}
