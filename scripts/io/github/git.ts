import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type BatchObject, createBatchReader } from '../../github/batch-reader.ts';
import { maxBlobBytes } from '../../github/blob-plan.ts';
import { type Listing, parseTreeListing, toListing } from '../../github/listing.ts';
import { redact } from '../../github/redact.ts';
import { createGate } from '../disk.ts';
import { mark, toChanges } from '../git.ts';
import { toEnvironment, toSafety } from './git-environment.ts';

/** A throw-away repository that stands for one on a host and holds only what was asked for. */
export type RemoteRepository = {
  /** Fetches the folders of a commit and of some before it, without any files, and lists what the newest hold. */
  fetchListing: (commit: string, tree: string) => Promise<{ listing: Listing } | { message: string }>;
  /** When files were last changed, by what the fetched part of the history says. */
  listChanges: (commit: string, paths: readonly string[]) => Promise<Map<string, string>>;
  /** Fetches files by their ids; those that are larger than anything that is read come without bytes. */
  fetchBlobs: (oids: readonly string[], take: (found: BatchObject) => void) => Promise<{ message?: string }>;
};

export type RemoteGit = {
  /** Lends a repository of a host; a few at a time. */
  use: <Value>(
    address: { web: string; owner: string; name: string },
    token: string | undefined,
    run: (repository: RemoteRepository) => Promise<Value>,
  ) => Promise<Value>;
};

type RemoteGitTools = {
  /** Where repositories lie while they are used. */
  work: string;
  environment: Readonly<Record<string, string | undefined>>;
  secrets: Iterable<string>;
  /** How long an answer of a host may take, in milliseconds. */
  patience: number;
  countGit: () => void;
};

const atOnce = 6;
/** How far back is looked for the last change of a file. Folders are small: of this project one commit is 33 kB, thirty are 70 kB. */
const depth = 50;

/** Runs git against hosts, so that nothing of this machine's configuration and nothing of a stranger's repository has a say. */
export function createRemoteGit({ work, environment, secrets, patience, countGit }: RemoteGitTools): RemoteGit {
  const gate = createGate(atOnce);
  return {
    use: (address, token, run) =>
      gate(async () => {
        const folder = await openFolder(work);
        const env = toEnvironment(folder, environment, address.web, token);
        const git: Run = (words, input, take) =>
          runGit([...toSafety(address.web, patience), ...words], { folder, env, input, take, timeout: patience * 10 });
        try {
          await writeRepository(folder, `${address.web}/${address.owner}/${address.name}.git`);
          return await run(toRepository(git, secrets, countGit));
        } finally {
          await rm(folder, { recursive: true, force: true, maxRetries: 3 });
        }
      }),
  };
}

async function openFolder(work: string): Promise<string> {
  await mkdir(work, { recursive: true });
  return mkdtemp(join(resolve(work), 'repository-'));
}

type Run = (words: readonly string[], input?: string, take?: (chunk: Uint8Array) => void) => Promise<Ended>;
type Ended = { isFine: boolean; output: string; message: string };

const fetchWords = [
  'fetch',
  '--quiet',
  '--no-tags',
  '--no-write-fetch-head',
  '--no-recurse-submodules',
  '--filter=blob:none',
];

const logWords = ['log', '-z', '--decorate=short', '--name-only', '--no-renames', `--format=${mark}%cI%x09%D`];

function toRepository(git: Run, secrets: Iterable<string>, countGit: () => void): RemoteRepository {
  const say = ({ message }: Ended) => redact(message, secrets);
  return {
    fetchListing: async (commit, tree) => {
      countGit();
      const fetched = await twice(() => git([...fetchWords, `--depth=${depth}`, 'origin', commit]));
      if (!fetched.isFine) return { message: say(fetched) };
      const listed = await git([...offline, 'ls-tree', '-r', '-z', '--full-tree', tree]);
      return listed.isFine ? { listing: toListing(parseTreeListing(listed.output)) } : { message: say(listed) };
    },
    listChanges: async (commit, paths) => {
      const log = await git([...offline, ...logWords, commit]);
      return log.isFine ? toChanges(log.output, new Set(paths)) : new Map();
    },
    fetchBlobs: async (oids, take) => {
      if (oids.length === 0) return {};
      countGit();
      const input = `${oids.join('\n')}\n`;
      const fetched = await twice(() => git([...fetchWords, '--stdin', 'origin'], input));
      if (!fetched.isFine) return { message: say(fetched) };
      const read = await git(
        [...offline, 'cat-file', '--batch', '--buffer'],
        input,
        createBatchReader(maxBlobBytes, take),
      );
      return read.isFine ? {} : { message: say(read) };
    },
  };
}

/** A host that did not answer may do so when it is asked again. */
async function twice(run: () => Promise<Ended>): Promise<Ended> {
  const first = await run();
  return first.isFine ? first : run();
}

/** What is missing must not be fetched behind our back, one by one. */
const offline = ['-c', 'protocol.allow=never', '-c', 'remote.origin.promisor=false'];

/** The least that git takes for a repository, written by hand: a program less to start for each of thousands. */
async function writeRepository(folder: string, url: string): Promise<void> {
  const config = [
    '[core]\n\trepositoryformatversion = 1\n\tbare = true\n[extensions]\n\tpartialClone = origin\n',
    `[remote "origin"]\n\turl = ${url}\n\tpromisor = true\n\tpartialclonefilter = blob:none\n`,
  ].join('');
  await Promise.all([mkdir(join(folder, 'objects')), mkdir(join(folder, 'refs'))]);
  await Promise.all([
    writeFile(join(folder, 'HEAD'), 'ref: refs/heads/none\n'),
    writeFile(join(folder, 'config'), config),
  ]);
}

type RunOptions = {
  folder: string;
  env: NodeJS.ProcessEnv;
  timeout: number;
  input?: string;
  take?: (chunk: Uint8Array) => void;
};

function runGit(words: readonly string[], { folder, env, timeout, input, take }: RunOptions): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn('git', words, {
      cwd: folder,
      env,
      timeout,
      killSignal: 'SIGKILL',
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const output: Uint8Array[] = [];
    let message = '';
    child.stdout.on('data', take ?? ((chunk: Uint8Array) => output.push(chunk)));
    child.stderr.on('data', (chunk: Uint8Array) => {
      message = `${message}${chunk}`.slice(-2000);
    });
    child.stdin.on('error', () => {});
    child.stdin.end(input ?? '');
    child.on('error', (error) =>
      resolve({ isFine: false, output: '', message: `git cannot be run: ${error.message}` }),
    );
    child.on('close', (code, signal) => {
      const why = signal === null ? message.trim() : `git was ended by ${signal}`;
      resolve({ isFine: code === 0, output: Buffer.concat(output).toString('utf8'), message: why });
    });
  });
}
