import { run } from './run.ts';

/** What stands at a path: text, bytes, a program, a symbolic link, a submodule, or nothing more. */
export type FileContent =
  | string
  | Uint8Array
  | { program: string }
  | { link: string }
  | { submodule: string }
  | { removed: true };

/** Files by their path. */
export type Files = Readonly<Record<string, FileContent>>;

/** Files, or what makes them when they are written: thousands of repositories never lie in memory together. */
export type FileSource = Files | (() => Files);

export type CommitPlan = {
  /** The branch that the commit is written to, in full (`refs/heads/main`). */
  ref: string;
  files: FileSource;
  message: string;
  author: { name: string; email: string };
  /** Milliseconds since 1970. */
  time: number;
  parent?: string;
};

/** Writes commits into a bare repository with one `git fast-import`; answers with their ids, in order. */
export async function importCommits(folder: string, plans: Iterable<CommitPlan>): Promise<string[]> {
  const words = ['--git-dir', folder, '-c', 'core.compression=1', 'fast-import', '--quiet', '--force'];
  const output = await run('git', words, toStream(plans));
  return output.toString('latin1').trim().split('\n').filter(Boolean);
}

function* toStream(plans: Iterable<CommitPlan>): Generator<Buffer> {
  let mark = 0;
  for (const plan of plans) yield Buffer.concat(toCommit(plan, ++mark));
}

function toCommit({ ref, files, message, author, time, parent }: CommitPlan, mark: number): Buffer[] {
  const head = [
    `commit ${ref}`,
    `mark :${mark}`,
    `committer ${author.name} <${author.email}> ${Math.floor(time / 1000)} +0000`,
    `data ${Buffer.byteLength(message)}`,
    `${message}${parent ? `\nfrom ${parent}` : ''}`,
    '',
  ].join('\n');
  const changes = Object.entries(typeof files === 'function' ? files() : files).flatMap(([path, content]) =>
    toChange(toQuoted(path), content),
  );
  return [Buffer.from(head), ...changes, Buffer.from(`get-mark :${mark}\n`)];
}

function toChange(path: string, content: FileContent): Buffer[] {
  if (typeof content === 'string' || content instanceof Uint8Array) return toInline('100644', path, content);
  if ('program' in content) return toInline('100755', path, content.program);
  if ('link' in content) return toInline('120000', path, content.link);
  if ('submodule' in content) return [Buffer.from(`M 160000 ${content.submodule} ${path}\n`)];
  return [Buffer.from(`D ${path}\n`)];
}

function toInline(mode: string, path: string, content: string | Uint8Array): Buffer[] {
  const bytes = Buffer.from(content);
  return [Buffer.from(`M ${mode} inline ${path}\ndata ${bytes.length}\n`), bytes, Buffer.from('\n')];
}

const toQuoted = (path: string) => `"${path.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`;
