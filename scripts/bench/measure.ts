import { spawn } from 'node:child_process';
import { findEndedSeconds, type Share, sampleTree } from './process-tree.ts';

/** What a run's programs used at a moment, in milliseconds after its start. */
export type Sample = { at: number; programs: ReadonlyMap<string, Share> };

/** A program that ran to its end. Figures that the system does not tell are undefined. */
export type Run = {
  code: number;
  seconds: number;
  cpuSeconds: number | undefined;
  samples: Sample[];
  /** What it said on standard error, with the moment at which each line came. */
  lines: { at: number; text: string }[];
  /** What it said on standard output. */
  said: string;
};

/** Milliseconds between two samples. */
export const pause = 100;

/** Runs a program and watches what it and all that it starts use. */
export async function measure(program: string, words: readonly string[], folder: string): Promise<Run> {
  const [begun, endedBefore] = [performance.now(), findEndedSeconds()];
  const now = () => performance.now() - begun;
  const { INIT_CWD: _, ...environment } = process.env;
  const child = spawn(program, words, {
    cwd: folder,
    env: { ...environment, CI: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const samples: Sample[] = [];
  const lines: Run['lines'] = [];
  const timer = setInterval(() => child.pid && samples.push({ at: now(), programs: sampleTree(child.pid) }), pause);
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    for (const line of text.split('\n')) if (line.trim() !== '') lines.push({ at: now(), text: line });
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const code = await new Promise<number>((done, fail) =>
    child.on('error', fail).on('close', (found) => done(found ?? 1)),
  );
  clearInterval(timer);
  const endedAfter = findEndedSeconds();
  const cpuSeconds = endedBefore === undefined || endedAfter === undefined ? undefined : endedAfter - endedBefore;
  return {
    code,
    seconds: now() / 1000,
    cpuSeconds,
    samples: samples.filter(({ programs }) => programs.size > 0),
    lines,
    said,
  };
}
