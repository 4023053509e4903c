import { createRedactor } from '../../texts/redact.ts';
import { toVisible } from '../../texts/text.ts';

/** The most bytes that are read of a log, that are kept of a line while it comes, and that are shown of it. */
const mostBytes = 262_144;
const mostKept = 16_384;
const mostShown = 2048;

/** Cuts bytes into lines. Of a line that is too long only its beginning is kept. */
async function* toLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let [rest, total] = ['', 0];
  for await (const chunk of chunks) {
    const read = chunk.subarray(0, mostBytes - total);
    total += read.length;
    const parts = (rest + decoder.decode(read, { stream: true })).split('\n');
    rest = (parts.pop() ?? '').slice(0, mostKept);
    yield* parts.map((part) => part.slice(0, mostKept));
    if (total >= mostBytes) break;
  }
  if (rest !== '') yield rest;
}

const stamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d) /;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Cuts a line to so many bytes; what is left out is told by an ellipsis. */
function toShort(line: string): string {
  const bytes = encoder.encode(line);
  if (bytes.length <= mostShown) return line;
  const kept = decoder.decode(bytes.subarray(0, mostShown - 3), { stream: false });
  return `${kept.replace(/\ufffd$/, '')}…`;
}

/** The lines of a log as people may see them, each with the time at which it was written. */
export async function* toShownLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const redact = createRedactor();
  for await (const line of toLines(chunks)) {
    const at = stamp.exec(line)?.[0] ?? '';
    yield toShort(at + redact(toVisible(line.slice(at.length))));
  }
}
