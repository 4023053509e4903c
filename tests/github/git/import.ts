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

export type CommitPlan = {
  /** The branch that the commit is written to, in full (`refs/heads/main`). */
  ref: string;
  files: Files;
  message: string;
  author: { name: string; email: string };
  /** Milliseconds since 1970. */
  time: number;
  parent?: string;
};

/** Writes commits into a bare repository with one `git fast-import`; answers with their ids, in order. */
export async function importCommits(folder: string, plans: Iterable<CommitPlan>): Promise<string[]> {
  const stream = [...plans].flatMap((plan, at) => toStream(plan, at + 1));
  const output = await run('git', ['--git-dir', folder, 'fast-import', '--quiet', '--force'], stream);
  return output.toString('latin1').trim().split('\n').filter(Boolean);
}

function toStream({ ref, files, message, author, time, parent }: CommitPlan, mark: number): Buffer[] {
  const head = [
    `commit ${ref}`,
    `mark :${mark}`,
    `committer ${author.name} <${author.email}> ${Math.floor(time / 1000)} +0000`,
    `data ${Buffer.byteLength(message)}`,
    `${message}${parent ? `\nfrom ${parent}` : ''}`,
    '',
  ].join('\n');
  const changes = Object.entries(files).flatMap(([path, content]) => toChange(toQuoted(path), content));
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
