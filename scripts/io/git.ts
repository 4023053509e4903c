import { execFile, spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { findBrowserUrl } from '#model/git-url.ts';
import { createGate, isPresent } from './disk.ts';

/** What git knows of a checkout; every part may be unknown. */
export type GitFacts = { url?: string; branch?: string; commit?: string; changedAt?: string };

export type Git = {
  /** The facts of the checkout whose top is this folder; undefined for any other folder, also below a checkout. */
  findFacts: (folder: string) => Promise<GitFacts | undefined>;
  /** When each of these files was last changed, from one look at the history up to a commit. */
  listChanges: (folder: string, paths: readonly string[], commit?: string) => Promise<Map<string, string>>;
};

/** Asks the `git` command, a few at a time. Without the command, or of a broken checkout, nothing is known. */
export function createGit(): Git {
  const gate = createGate(4);
  const ask = async (folder: string, ...args: string[]) => (await gate(() => runGit(folder, args)))?.toString('utf8');
  return {
    findFacts: async (folder) => {
      if (!(await isPresent(join(folder, '.git')))) return undefined;
      const [remotes, head] = await Promise.all([
        ask(folder, 'config', '--get-regexp', '^remote\\..*\\.url$'),
        ask(folder, 'log', '-1', '--no-show-signature', '--decorate=short', '--format=%H%x09%cI%x09%D'),
      ]);
      return { ...toHead(head ?? ''), ...toRemote(remotes ?? '') };
    },
    listChanges: async (folder, paths, commit = 'HEAD') => {
      if (paths.length === 0 || !(await isPresent(join(folder, '.git')))) return new Map();
      const format = [
        'log',
        '-z',
        '--no-show-signature',
        '--decorate=short',
        '--name-only',
        `--format=${mark}%cI%x09%D`,
      ];
      const log = await ask(folder, ...format, commit, '--', ...toPathspecs(paths));
      return toChanges(log ?? '', new Set(paths));
    },
  };
}

export const mark = '\u0001';

/**
 * A checkout is a stranger's folder: of its settings those that would run programs are switched off, nothing is fetched
 * for it, and no object stands in for another. Settings of this machine are not read, so whose folder it is does not matter.
 */
const safety = [
  '--no-pager',
  '--no-replace-objects',
  '-c',
  'safe.directory=*',
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'log.showSignature=false',
];

const environment = {
  LC_ALL: 'C',
  GIT_ALLOW_PROTOCOL: 'none',
  GIT_ATTR_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_NO_LAZY_FETCH: '1',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
};

const maxOutput = 256 * 1024 * 1024;

const toEnvironment = (folder: string) => ({
  ...environment,
  PATH: process.env.PATH,
  GIT_CEILING_DIRECTORIES: dirname(folder),
});

/** Starts a git in a checkout that is asked and answers through its pipes. */
export function startGit(folder: string, args: readonly string[]) {
  const words = ['-C', folder, ...safety, ...args];
  return spawn('git', words, { env: toEnvironment(folder), stdio: ['pipe', 'pipe', 'ignore'] });
}

/** Runs git in a checkout; undefined when it fails. What it is told beside its words goes to its standard input. */
export function runGit(folder: string, args: readonly string[], input?: string): Promise<Buffer | undefined> {
  const options = { env: toEnvironment(folder), timeout: 30_000, maxBuffer: maxOutput, encoding: 'buffer' } as const;
  return new Promise((resolve) => {
    const child = execFile('git', ['-C', folder, ...safety, ...args], options, (error, output) =>
      resolve(error ? undefined : output),
    );
    // A git that ends early closes its input; its exit code says enough.
    child.stdin?.on('error', () => undefined).end(input ?? '');
  });
}

/** `<commit> <date> HEAD -> main, origin/main`; a detached head takes the branch from the remote's, as in CI. */
function toHead(output: string): GitFacts {
  const [commit, date, decoration = ''] = output.trim().split('\t');
  if (commit === undefined || date === undefined) return {};
  const names = decoration.split(', ');
  const local = names.find((name) => name.startsWith('HEAD -> '))?.slice('HEAD -> '.length);
  const remote = names.find((name) => /^origin\/(?!HEAD$)/.test(name))?.slice('origin/'.length);
  const branch = local ?? remote;
  return { commit, changedAt: toUtc(date), ...(branch === undefined ? {} : { branch }) };
}

function toRemote(output: string): GitFacts {
  const remotes = output.split('\n').flatMap((line) => {
    const [, name, remote] = /^remote\.(.*)\.url (.*)$/.exec(line) ?? [];
    const url = remote === undefined ? undefined : findBrowserUrl(remote);
    return url === undefined ? [] : [{ name, url }];
  });
  const url = (remotes.find(({ name }) => name === 'origin') ?? remotes[0])?.url;
  return url === undefined ? {} : { url };
}

/** More paths than a command line takes are asked for by their endings. */
function toPathspecs(paths: readonly string[]): string[] {
  if (paths.length <= 300) return paths.map((path) => `:(top,literal)${path}`);
  return [...new Set(paths.map((path) => `:(top)*${path.slice(path.lastIndexOf('.'))}`))];
}

/** The first commit that names a file is its last change. The edge of a shallow clone names every file, so it is not read. */
export function toChanges(log: string, paths: ReadonlySet<string>): Map<string, string> {
  const changes = new Map<string, string>();
  let date: string | undefined;
  for (const part of log.split('\0')) {
    const text = part.replace(/^\n/, '');
    if (text.startsWith(mark)) {
      const [written = '', decoration = ''] = text.slice(1).trim().split('\t');
      date = decoration.split(', ').includes('grafted') ? undefined : toUtc(written);
    } else if (date !== undefined && paths.has(text) && !changes.has(text)) changes.set(text, date);
  }
  return changes;
}

const toUtc = (date: string) => new Date(date).toISOString().replace('.000Z', 'Z');
