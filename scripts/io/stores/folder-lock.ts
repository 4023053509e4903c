import { randomUUID } from 'node:crypto';
import { link, lstat, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { findCode } from './plain-files.ts';

/** How long a lock may be held by a process that cannot be asked for; it is needed for milliseconds. */
const longestHold = 30_000;

/** Runs while no other process of this machine is in here; a lock whose process is gone counts for nothing. */
export async function withLock<Result>(place: string, run: () => Promise<Result>): Promise<Result> {
  const own = `${process.pid} ${randomUUID()}`;
  for (;;) {
    const isHeld = await writeFile(place, own, { flag: 'wx' }).then(
      () => true,
      (error: unknown) => {
        if (findCode(error) === 'EEXIST') return false;
        throw error;
      },
    );
    if (isHeld) break;
    await breakLock(place);
    await pause(5);
  }
  try {
    return await run();
  } finally {
    await rm(place, { force: true });
  }
}

async function breakLock(place: string): Promise<void> {
  const [holder, found] = await Promise.all([
    readFile(place, 'utf8').catch(() => undefined),
    lstat(place).catch(() => undefined),
  ]);
  if (holder === undefined || found === undefined) return;
  const isOld = Date.now() - found.mtimeMs > longestHold;
  if (!isOld && (holder === '' || isRunning(Number.parseInt(holder, 10)))) return;
  const aside = `${place}-${randomUUID()}`;
  await rename(place, aside).catch(() => undefined);
  // Somebody else may have broken it before and taken it: then it is theirs, and is put back.
  if ((await readFile(aside, 'utf8').catch(() => holder)) !== holder) await link(aside, place).catch(() => undefined);
  await rm(aside, { force: true });
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return findCode(error) === 'EPERM';
  }
}
