/** Numbers that say what a stage did: `[350, 'systems']`. The first one also gives the stage's rate. */
export type Tally = [count: number, what: string][];

/** What stages tell of themselves while they work. */
export type Progress = {
  /** Runs a stage, and says its name, what came of it, how long it took and at what rate. */
  stage: <Result>(
    name: string,
    run: () => Result | Promise<Result>,
    tally: (result: Result) => Tally,
  ) => Promise<Result>;
  /** How far the running stage is; on a terminal it is shown in place, elsewhere not at all. */
  tell: (text: string) => void;
};

/** What one stage cost. */
export type StageCost = { name: string; seconds: number; cpuSeconds: number; tally: Tally };

/** Where progress is written and what time it is; both are given. */
type ProgressPorts = {
  write: (text: string) => void;
  /** Whether a line can be written over: a terminal. */
  live: boolean;
  now: () => number;
  cpu: () => number;
  /** Told what each stage cost. */
  keep?: (cost: StageCost) => void;
};

const clear = '\r\u001b[2K';

/** Progress as a person reads it: a line a stage, `read  5,353 files  2.1 s  2,549/s`. */
export function createProgress({ write, live, now, cpu, keep }: ProgressPorts): Progress {
  let running = '';
  const show = (text: string) => {
    if (live) write(`${clear}${text}`);
  };
  return {
    tell: (text) => show(`  ${running.padEnd(10)} ${text}`),
    stage: async (name, run, tally) => {
      running = name;
      show(`  ${name.padEnd(10)} …`);
      const [begun, used] = [now(), cpu()];
      const result = await run();
      const cost = { name, seconds: (now() - begun) / 1000, cpuSeconds: cpu() - used, tally: tally(result) };
      keep?.(cost);
      write(`${live ? clear : ''}${formatStage(cost)}\n`);
      return result;
    },
  };
}

/** One stage on one line. */
export function formatStage({ name, seconds, tally }: StageCost): string {
  const facts = tally.map(([count, what]) => `${formatCount(count)} ${what}`).join(', ');
  const first = tally[0]?.[0] ?? 0;
  const rate = seconds >= 0.05 && first > 0 ? `${formatCount(Math.round(first / seconds))}/s` : '';
  return `  ${name.padEnd(10)} ${facts.padEnd(44)} ${`${seconds.toFixed(1)} s`.padStart(7)} ${rate.padStart(10)}`.trimEnd();
}

/** A number as people read it: `10,000`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}
