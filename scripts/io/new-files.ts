import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Writes files below a folder; those that are there are left as they are, unless forced. Answers which was which. */
export function writeNewFiles(
  folder: string,
  files: readonly { path: string; text: string }[],
  isForced: boolean,
): { written: string[]; left: string[] } {
  const written: string[] = [];
  const left: string[] = [];
  for (const { path, text } of files) {
    const place = join(folder, path);
    mkdirSync(dirname(place), { recursive: true });
    (writeOne(place, text, isForced) ? written : left).push(path);
  }
  return { written, left };
}

function writeOne(place: string, text: string, isForced: boolean): boolean {
  try {
    writeFileSync(place, text, { flag: isForced ? 'w' : 'wx' });
    return true;
  } catch (error) {
    if (!isForced && error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}
