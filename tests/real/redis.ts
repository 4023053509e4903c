import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'iovalkey';
import type { RudeRedis } from '../live/shared-store-contract.ts';

const programs = ['redis-server', 'valkey-server'];

/** Finds a server of this machine that speaks Redis's language. */
function findRedisProgram(): string | undefined {
  return programs.find((program) => spawnSync(program, ['--version']).status === 0);
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

/** Starts the program and waits until it says that it takes connections. */
async function start(program: string, port: number, folder: string): Promise<ChildProcess> {
  const options = ['--port', port, '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no'];
  const child = spawn(program, options.map(String), { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    said += chunk;
    if (/ready to accept connections/i.test(said)) {
      child.stdout.resume();
      return child;
    }
  }
  throw new Error(`${program} ended before it was ready:\n${said}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

/** Starts a real Redis or Valkey on a free port of this machine, in a folder of its own; it is stopped by its process. */
export async function startRealRedis(): Promise<RudeRedis> {
  const program = findRedisProgram();
  if (program === undefined) throw new Error(`There is no ${programs.join(' and no ')} here: install redis-server.`);
  const folder = mkdtempSync(join(tmpdir(), 'portolan-redis-'));
  const port = await findFreePort();
  let child = await start(program, port, folder);
  const ask = async <Value>(question: (client: Redis) => Promise<Value>): Promise<Value> => {
    const client = new Redis({ port, host: '127.0.0.1', lazyConnect: true });
    try {
      return await question(client);
    } finally {
      client.disconnect();
    }
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    listKeys: () => ask((client) => client.keys('*')),
    spoil: (text) =>
      ask(async (client) => {
        for (const key of await client.keys('*')) await client.set(key, text);
      }),
    freeze: () => child.kill('SIGSTOP'),
    thaw: () => child.kill('SIGCONT'),
    stop: async () => {
      await end(child);
      rmSync(folder, { recursive: true, force: true });
    },
    restart: async () => {
      mkdirSync(folder, { recursive: true });
      child = await start(program, port, folder);
    },
  };
}
