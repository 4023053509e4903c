import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { GitObject, ObjectHeader, ObjectType } from './objects.ts';
import { gitEnvironment } from './run.ts';

/** One long-lived `git cat-file` over one object database. */
export type ObjectReader = {
  /** The object of an id or of an expression like `<id>:docs/index.md`. */
  find: (name: string) => Promise<GitObject | undefined>;
  findHeader: (name: string) => Promise<ObjectHeader | undefined>;
  readonly isIdle: boolean;
  close: () => Promise<void>;
};

type Question = { wantsBytes: boolean; answer: (read?: ReadAnswer) => void };

/** Starts `git cat-file --batch-command` in a bare repository; answers come in the order of the questions. */
export function createObjectReader(folder: string): ObjectReader {
  const child = spawn('git', ['--git-dir', folder, 'cat-file', '--batch-command'], {
    env: gitEnvironment,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const questions: Question[] = [];
  const cutter = createAnswerCutter(() => questions[0]?.wantsBytes ?? false);
  child.stdin.on('error', () => undefined);
  child.stdout.on('data', (chunk: Buffer) => {
    for (const read of cutter.cut(chunk)) questions.shift()?.answer(read);
  });
  child.on('close', () => {
    for (const { answer } of questions.splice(0)) answer();
  });
  const ask = (wantsBytes: boolean, name: string) =>
    new Promise<ReadAnswer | undefined>((answer) => {
      if (/[\n\0]/.test(name) || child.exitCode !== null) return answer(undefined);
      questions.push({ wantsBytes, answer });
      child.stdin.write(`${wantsBytes ? 'contents' : 'info'} ${name}\n`);
    });
  return {
    find: async (name) => {
      const { header, bytes } = (await ask(true, name)) ?? {};
      return header && bytes ? { oid: header.oid, type: header.type, bytes } : undefined;
    },
    findHeader: async (name) => (await ask(false, name))?.header,
    get isIdle() {
      return questions.length === 0;
    },
    close: () => stop(child),
  };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'close');
  child.stdin?.end();
  await closed;
}

type ReadAnswer = { header?: ObjectHeader; bytes?: Buffer };

const objectTypes: readonly string[] = ['blob', 'tree', 'commit', 'tag'];
const isObjectType = (word: string): word is ObjectType => objectTypes.includes(word);

/** Cuts what `cat-file` writes into answers: `<oid> <type> <size>`, then the bytes where they were asked for. */
function createAnswerCutter(wantsBytes: () => boolean): { cut: (chunk: Buffer) => Generator<ReadAnswer> } {
  let waiting: Buffer[] = [];
  let length = 0;
  let needed = 1;
  return {
    *cut(chunk) {
      waiting.push(chunk);
      length += chunk.length;
      if (length < needed) return;
      let buffer = Buffer.concat(waiting);
      for (;;) {
        const end = buffer.indexOf(0x0a);
        const header = end < 0 ? undefined : toHeader(buffer.toString('utf8', 0, end));
        const isWhole = wantsBytes() && header !== undefined;
        const total = end < 0 ? buffer.length + 1 : end + 1 + (isWhole && header ? header.size + 1 : 0);
        needed = total;
        if (buffer.length < total) break;
        yield { header, bytes: isWhole ? buffer.subarray(end + 1, total - 1) : undefined };
        buffer = buffer.subarray(total);
      }
      waiting = [buffer];
      length = buffer.length;
    },
  };
}

function toHeader(line: string): ObjectHeader | undefined {
  const [oid = '', type = '', size = ''] = line.split(' ');
  return /^[0-9a-f]{40}$/.test(oid) && isObjectType(type) ? { oid, type, size: Number(size) } : undefined;
}
