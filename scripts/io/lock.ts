import { mkdir, readFile, rm, rmdir, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { PortalError } from '../portal-error.ts';

/** Says in a folder which process works in it; a folder that holds nothing else is as good as empty. */
export const lockName = '.portolan-lock';

const holderSchema = z.object({ pid: z.number(), host: z.string() });
type Holder = z.infer<typeof holderSchema>;

/** How often a holder says that it still works, and after which silence it is taken for dead. */
const beat = 15_000;
const silence = 120_000;

/** Works in a folder while nobody else does; what a process leaves behind that was killed does not count. */
export async function holdFolder<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  const file = join(folder, lockName);
  const made = await mkdir(folder, { recursive: true });
  await takeLock(folder, file);
  const beating = setInterval(() => void utimes(file, new Date(), new Date()).catch(() => {}), beat).unref();
  try {
    return await work();
  } finally {
    clearInterval(beating);
    await rm(file, { force: true });
    if (made !== undefined) await rmdir(folder).catch(() => {}); // only where the work left nothing in it
  }
}

async function takeLock(folder: string, file: string): Promise<void> {
  if (await writeLock(file)) return;
  const holder = await readHolder(file);
  if (!(await isSilent(file)) && isAtWork(holder)) throw toRefusal(folder, holder);
  await rm(file, { force: true });
  if (!(await writeLock(file))) throw toRefusal(folder, await readHolder(file));
}

/** False where there is a lock already: of several that try at once, one succeeds. */
async function writeLock(file: string): Promise<boolean> {
  try {
    await writeFile(file, JSON.stringify({ pid: process.pid, host: hostname() } satisfies Holder), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Undefined also for a lock that is just being written. */
async function readHolder(file: string): Promise<Holder | undefined> {
  try {
    return holderSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}

const isSilent = (file: string) =>
  stat(file).then(
    ({ mtimeMs }) => Date.now() - mtimeMs > silence,
    () => true,
  );

/** Nothing is known of processes of other machines, and our own number in a lock is that of a process before us. */
function isAtWork(holder: Holder | undefined): boolean {
  if (holder === undefined || holder.host !== hostname()) return true;
  if (holder.pid === process.pid) return false;
  try {
    return process.kill(holder.pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

const toRefusal = (folder: string, holder: Holder | undefined) =>
  new PortalError(
    `Another build is running in ${folder}${holder ? ` (process ${holder.pid} on ${holder.host})` : ''}.`,
    {
      hint: 'Wait for its end, or give this one a --snapshot and --out of its own.',
    },
  );
