import { createInterface } from 'node:readline/promises';

/** Somebody at a terminal who can be asked; undefined where nobody is there. Ctrl+C and Ctrl+D answer undefined. */
export function openQuestions():
  | { ask: (question: string) => Promise<string | undefined>; tell: (text: string) => void; close: () => void }
  | undefined {
  const { stdin: input, stdout: output } = process;
  if (!input.isTTY || !output.isTTY) return undefined;
  const terminal = createInterface({ input, output });
  const left = new AbortController();
  terminal.on('SIGINT', () => left.abort());
  terminal.on('close', () => left.abort());
  return {
    ask: (question) => terminal.question(question, { signal: left.signal }).catch(() => undefined),
    tell: (text) => output.write(text),
    close: () => terminal.close(),
  };
}
