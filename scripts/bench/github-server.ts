import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';

const addressSchema = z.object({ origin: z.string(), host: z.string(), login: z.string() });

const countersSchema = z.object({
  rest: z.number(),
  graphqlRequests: z.number(),
  points: z.number(),
  gitRequests: z.number(),
  bytes: z.number(),
});

/** What was asked of the server, and how many bytes its answers had. */
export type Counters = z.infer<typeof countersSchema>;

/** A GitHub in a process of its own, so that what it costs is not mistaken for what reading it costs. */
export type BenchServer = z.infer<typeof addressSchema> & {
  clear: () => Promise<void>;
  count: () => Promise<Counters>;
  /** Commits something to so many repositories. */
  change: (repositories: number) => Promise<void>;
  close: () => Promise<void>;
};

/** Starts the test server over a synthetic organisation; it is not part of the published package. */
export async function startServer(top: string, repositories: number, withDocs: number): Promise<BenchServer> {
  const program = join(top, 'tests/github/serve-synthetic.ts');
  const child = spawn(process.execPath, [program, `${repositories}`, `${withDocs}`], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const hear = async (): Promise<unknown> => {
    const { value, done } = await lines.next();
    if (done) throw new Error('The test server ended too early.');
    return JSON.parse(value);
  };
  const order = async (words: string) => {
    child.stdin.write(`${words}\n`);
    return hear();
  };
  return {
    ...addressSchema.parse(await hear()),
    clear: async () => void (await order('clear')),
    count: async () => countersSchema.parse(await order('count')),
    change: async (count) => void (await order(`change ${count}`)),
    close: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
