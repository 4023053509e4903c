import type { FetchedBytes } from '../ports.ts';
import { startGit } from './git.ts';

type Wish = { limit: number; answer: (fetched: FetchedBytes) => void };

/** How long a git that nobody asks waits for the next question, in milliseconds. */
const patience = 200;

/** Reads blobs of a checkout by their ids: one git answers all that is asked, and goes when nothing is asked any more. */
export function createBlobReader(folder: string): (oid: string, limit: number) => Promise<FetchedBytes> {
  let open: ReturnType<typeof openBatch> | undefined;
  return (oid, limit) => {
    if (!open?.isOpen()) open = openBatch(folder);
    return open.ask(oid, limit);
  };
}

function openBatch(folder: string) {
  const git = startGit(folder, ['cat-file', '--batch']);
  const wishes: Wish[] = [];
  let isOpen = true;
  let timer: NodeJS.Timeout | undefined;
  const close = () => {
    isOpen = false;
    git.stdin.end();
  };
  // A git that lacks a blob which its clone left out gives up instead of saying so.
  const giveUp = () => {
    isOpen = false;
    for (const { answer } of wishes.splice(0)) answer({ fault: 'absent' });
  };
  const read = createBatchParser(
    () => wishes[0]?.limit ?? 0,
    (fetched) => wishes.shift()?.answer(fetched),
  );
  git.on('error', giveUp).on('close', giveUp);
  git.stdin.on('error', giveUp);
  git.stdout.on('data', (chunk: Buffer) => {
    read(chunk);
    clearTimeout(timer);
    if (wishes.length === 0) timer = setTimeout(close, patience);
  });
  const ask = (oid: string, limit: number) =>
    new Promise<FetchedBytes>((answer) => {
      clearTimeout(timer);
      wishes.push({ limit, answer });
      git.stdin.write(`${oid}\n`);
    });
  return { isOpen: () => isOpen, ask };
}

/**
 * Reads `<oid> blob <size>`, a new line, the content and another new line, or `<oid> missing`, in pieces of any length.
 * What is larger than its limit is passed over and not kept.
 */
export function createBatchParser(findLimit: () => number, answer: (fetched: FetchedBytes) => void) {
  let head = '';
  let body: { oid: string; isBlob: boolean; size: number; left: number; pieces: Buffer[] } | undefined;
  const begin = (line: string) => {
    const [oid = '', type, size] = line.split(' ');
    if (size === undefined) return answer({ fault: 'absent' });
    const length = Number(size);
    body = { oid, isBlob: type === 'blob', size: length, left: length + 1, pieces: [] };
  };
  const finish = ({ oid, isBlob, size, pieces }: NonNullable<typeof body>) => {
    body = undefined;
    if (!isBlob) answer({ fault: 'unreadable' });
    else if (size > findLimit()) answer({ fault: 'too-large' });
    else answer({ bytes: Buffer.concat(pieces).subarray(0, size), hash: oid });
  };
  return (chunk: Buffer): void => {
    for (let at = 0; at < chunk.length; ) {
      if (body) {
        const piece = chunk.subarray(at, at + body.left);
        if (body.size <= findLimit()) body.pieces.push(piece);
        body.left -= piece.length;
        at += piece.length;
        if (body.left === 0) finish(body);
      } else {
        const end = chunk.indexOf('\n', at);
        head += chunk.toString('latin1', at, end < 0 ? chunk.length : end);
        at = end < 0 ? chunk.length : end + 1;
        if (end >= 0) {
          const line = head;
          head = '';
          begin(line);
        }
      }
    }
  };
}
