import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Diagrams, Drawing, DrawingKind } from '../ports.ts';
import type { DrawingTask, WorkerAnswer } from './mermaid-worker.ts';

/** Part of every key: raised when the same source is to give another drawing. */
const format = 'portolan-1';
/** A thread is replaced after so many drawings, or when it takes more memory than this: what it draws with never gives all back. */
const drawingsPerThread = 250;
const megabytesPerThread = 450;
const longestSource = 100_000;

export type DiagramsOptions = {
  /** Where drawings are kept between runs, by their content. */
  cacheFolder: string;
  /** The package's own folder, whose `package.json` says which engines draw. */
  packageFolder: string;
  /** How many threads draw at once. */
  threads?: number;
  /** How long one drawing may take. */
  secondsPerDrawing?: number;
};

/** Makes the one who draws diagrams: in threads that start when they are needed, and never the same diagram twice. */
export function createDiagrams(options: DiagramsOptions): Diagrams {
  const { cacheFolder, packageFolder, threads = 2, secondsPerDrawing = 20 } = options;
  const engines = readEngines(packageFolder);
  const known = new Map<string, Promise<Drawing>>();
  const pool = createPool(threads, secondsPerDrawing * 1000);
  const drawOnce = async (kind: DrawingKind, source: string, key: string): Promise<Drawing> => {
    const file = join(cacheFolder, key.slice(0, 2), `${key}.json`);
    const kept = await findKept(file);
    if (kept) return kept;
    const { drawing, isFinal } = await pool.draw({ kind, source, id: `d${key.slice(0, 10)}` });
    if (isFinal) await keep(file, drawing);
    return drawing;
  };
  return {
    draw: (kind, source) => {
      if (source.length > longestSource)
        return Promise.resolve({ message: `The source has more than ${longestSource} characters.` });
      const key = createHash('sha256').update([format, engines, kind, source].join('\0')).digest('hex');
      const drawing = known.get(key) ?? drawOnce(kind, source, key);
      known.set(key, drawing);
      return drawing;
    },
    close: pool.close,
  };
}

function readEngines(folder: string): string {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    // our own file
    dependencies: Record<string, string>;
  };
  return ['mermaid', 'jsdom', '@viz-js/viz'].map((name) => `${name}@${manifest.dependencies[name]}`).join(' ');
}

async function findKept(file: string): Promise<Drawing | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Drawing; // our own file; a broken one is no cache
  } catch {
    return undefined;
  }
}

async function keep(file: string, drawing: Drawing): Promise<void> {
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(`${file}.new`, JSON.stringify(drawing));
  await rename(`${file}.new`, file);
}

type Outcome = { drawing: Drawing /** Whether it would come out the same another time. */; isFinal: boolean };
type Pool = { draw(task: DrawingTask): Promise<Outcome>; close(): Promise<void> };

/** Hands tasks to a few threads, in the order in which they came. */
function createPool(threads: number, limit: number): Pool {
  const idle: DrawingThread[] = Array.from({ length: threads }, () => createThread(limit));
  const all = [...idle];
  const waiting: { task: DrawingTask; done: (outcome: Outcome) => void }[] = [];
  const next = (): void => {
    const thread = waiting.length > 0 ? idle.pop() : undefined;
    const first = thread && waiting.shift();
    if (!thread || !first) return;
    void thread.draw(first.task).then((outcome) => {
      idle.push(thread);
      first.done(outcome);
      next();
    });
  };
  return {
    draw: (task) =>
      new Promise((done) => {
        waiting.push({ task, done });
        next();
      }),
    close: async () => {
      await Promise.all(all.map((thread) => thread.close()));
    },
  };
}

type DrawingThread = Pool;

/** One place at which a thread draws: it starts with the first task, and anew whenever the thread before it ended. */
function createThread(limit: number): DrawingThread {
  let worker: Promise<Worker> | undefined;
  let drawings = 0;
  const close = async (): Promise<void> => {
    const before = worker;
    worker = undefined;
    await (await before?.catch(() => undefined))?.terminate();
  };
  const draw = async (task: DrawingTask): Promise<Outcome> => {
    worker ??= startWorker();
    try {
      const { drawing, megabytes } = await ask(await worker, task, limit);
      drawings += 1;
      if (drawings >= drawingsPerThread || megabytes > megabytesPerThread) {
        drawings = 0;
        await close();
      }
      return { drawing, isFinal: true };
    } catch (error) {
      await close();
      return { drawing: { message: error instanceof Error ? error.message : String(error) }, isFinal: false };
    }
  };
  return { draw, close };
}

/** Starts a thread, and waits until it can draw. */
function startWorker(): Promise<Worker> {
  const file = `./mermaid-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`;
  const worker = new Worker(new URL(file, import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: 1024 } });
  return new Promise((done, fail) => {
    worker.once('message', () => done(worker));
    worker.on('error', fail);
  });
}

type DrawnAnswer = Extract<WorkerAnswer, { drawing: Drawing }>;

/** Gives a thread one task; rejects when the thread breaks or takes too long. */
function ask(worker: Worker, task: DrawingTask, limit: number): Promise<DrawnAnswer> {
  return new Promise((done, fail) => {
    const finish = (end: () => void) => {
      clearTimeout(timer);
      worker.off('message', answer).off('error', breakOff).off('exit', breakOff);
      end();
    };
    const breakOff = (error: unknown) => finish(() => fail(new Error(`Drawing broke off: ${String(error)}`)));
    const answer = (value: DrawnAnswer) => finish(() => done(value));
    const tooLong = new Error(`Drawing took longer than ${limit / 1000} seconds.`);
    const timer = setTimeout(() => finish(() => fail(tooLong)), limit);
    worker.on('message', answer).on('error', breakOff).on('exit', breakOff);
    worker.postMessage(task);
  });
}
