import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { PageSlice, PreparedPage, Preparer, TreeFrame } from '../docs/prepare-pages.ts';
import { PortalError } from '../portal-error.ts';
import type { PageWorkers } from '../ports.ts';

/** What a thread is told: of a tree, that it is done with, or to render pages of it. */
export type PageOrder =
  | { frame: TreeFrame; close?: undefined; slice?: undefined }
  | { close: string; frame?: undefined; slice?: undefined }
  | { tree: string; slice: PageSlice; frame?: undefined; close?: undefined };

export type PageWorkersOptions = {
  /** Renders in this thread. */
  preparer: Preparer;
  threads?: number;
  /** As many pages are rendered in this thread before others are started: starting one takes as long as some hundred pages. */
  patience?: number;
};

/** Young objects live shorter than a page takes, and most are garbage then: with room for many it is swept rarely. */
const youngMegabytes = 64;

/** Renders pages here while there are few of them, and in threads from then on. */
export function createPageWorkers({ preparer, threads, patience = 300 }: PageWorkersOptions): PageWorkers {
  const frames = new Map<string, TreeFrame>();
  const size = threads ?? availableParallelism();
  let left = size > 1 ? patience : Number.POSITIVE_INFINITY;
  let pool: ReturnType<typeof createPool> | undefined;
  return {
    open: (frame) => {
      frames.set(frame.id, frame);
      preparer.open(frame);
    },
    prepare: async (tree, slice) => {
      left -= slice.pages.length;
      if (left >= 0) return preparer.prepare(tree, slice);
      pool ??= createPool(size);
      return pool.prepare(frames.get(tree), tree, slice);
    },
    close: (tree) => {
      frames.delete(tree);
      preparer.close(tree);
      pool?.close(tree);
    },
    end: async () => pool?.end(),
  };
}

type PageThread = {
  prepare: (frame: TreeFrame | undefined, tree: string, slice: PageSlice) => Promise<PreparedPage[]>;
  close: (tree: string) => void;
  end: () => Promise<unknown>;
};

function createPool(size: number) {
  const all = Array.from({ length: size }, createThread);
  const idle = [...all];
  const waiting: ((thread: PageThread) => void)[] = [];
  const findThread = () => {
    const thread = idle.pop();
    return thread ? Promise.resolve(thread) : new Promise<PageThread>((done) => waiting.push(done));
  };
  const prepare: PageThread['prepare'] = async (frame, tree, slice) => {
    const thread = await findThread();
    try {
      return await thread.prepare(frame, tree, slice);
    } finally {
      const next = waiting.shift();
      if (next) next(thread);
      else idle.push(thread);
    }
  };
  return {
    prepare,
    close: (tree: string) => {
      for (const thread of all) thread.close(tree);
    },
    end: async () => {
      await Promise.all(all.map((thread) => thread.end()));
    },
  };
}

/** One thread, which renders one slice at a time and is told of a tree with its first slice. */
function createThread(): PageThread {
  const worker = new Worker(toProgram(), { resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes } });
  const known = new Set<string>();
  const tell = (order: PageOrder) => worker.postMessage(order);
  return {
    prepare: (frame, tree, slice) => {
      if (frame && !known.has(tree)) tell({ frame });
      known.add(tree);
      return new Promise((done, fail) => {
        const stop = (error: unknown) => fail(toFailure(error));
        worker.once('message', (pages: PreparedPage[]) => {
          worker.off('error', stop);
          done(pages);
        });
        worker.once('error', stop);
        tell({ tree, slice });
      });
    },
    close: (tree) => {
      if (known.delete(tree)) tell({ close: tree });
    },
    end: () => worker.terminate(),
  };
}

/** The program of a thread: beside this file once it is packed, else above its folder. */
function toProgram(): URL {
  return new URL(import.meta.url.endsWith('.ts') ? '../docs-worker.ts' : './docs-worker.js', import.meta.url);
}

const toFailure = (error: unknown) =>
  new PortalError('The pages of the docs could not be rendered.', {
    hint: error instanceof Error ? error.message : '',
  });
