import { spawn } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';

/** A port of this machine that nothing listens on. */
export async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

/** A program that runs: its process, and how to end it. */
export type StartedProgram = { pid: number; stop: () => Promise<void> };

/** Starts a program of this machine and waits until it is ready, for so many seconds; it ends with us, at the latest. */
export async function startProgram(
  program: string,
  words: readonly string[],
  isReady: () => Promise<boolean>,
  patience = 15,
): Promise<StartedProgram> {
  const child = spawn(program, words, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = `${said}${chunk}`.slice(-4000);
  });
  const ended = new Promise<void>((done) => child.once('close', () => done()));
  const failed = new Promise<never>((_, fail) => child.once('error', fail));
  const end = () => child.kill('SIGTERM');
  process.once('exit', end);
  const stop = async () => {
    end();
    await Promise.race([ended, setTimeout(5000)]);
    child.kill('SIGKILL');
    process.off('exit', end);
  };
  for (let attempt = 0; attempt < patience * 20; attempt += 1) {
    if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}: ${said}`);
    if (await Promise.race([isReady().catch(() => false), failed])) return { pid: child.pid ?? 0, stop };
    await setTimeout(50);
  }
  await stop();
  throw new Error(`${program} was not ready in time: ${said}`);
}
