import { parentPort } from 'node:worker_threads';
import { createGraphviz } from './drawing/graphviz.ts';
import { createMermaid } from './drawing/mermaid.ts';

export type DrawingTask = { kind: 'mermaid' | 'graphviz'; source: string; id: string };
export type Drawing = { svg: string } | { message: string };
/** What the thread says: that it is ready, or what became of a task and how much memory it takes by now. */
export type WorkerAnswer = { isReady: true } | { drawing: Drawing; megabytes: number };

const mermaid = await createMermaid();
const graphviz = await createGraphviz(document);

async function draw({ kind, source, id }: DrawingTask): Promise<Drawing> {
  try {
    return { svg: kind === 'mermaid' ? await mermaid(source, id) : graphviz(source, id) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { message: message.slice(0, 600) };
  }
}

parentPort?.on('message', async (task: DrawingTask) => {
  const drawing = await draw(task);
  const { heapUsed, external } = process.memoryUsage();
  const answer: WorkerAnswer = { drawing, megabytes: (heapUsed + external) / 2 ** 20 };
  parentPort?.postMessage(answer);
});
const ready: WorkerAnswer = { isReady: true };
parentPort?.postMessage(ready);
