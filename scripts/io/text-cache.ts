import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Cache } from '../ports.ts';

/** A cache in one file: read whole, written whole by `save` with only what this run asked for, so that it never grows old. */
export function createTextCache(file: string): Cache & { save: () => void } {
  const before = readEntries(file);
  const used = new Map<string, string>();
  let isChanged = false;
  return {
    find: (key) => {
      const value = used.get(key) ?? before.get(key);
      if (value !== undefined) used.set(key, value);
      return value;
    },
    keep: (key, value) => {
      isChanged = true;
      used.set(key, value);
    },
    save: () => {
      if (!isChanged && used.size === before.size) return;
      mkdirSync(dirname(file), { recursive: true });
      const lines = [...used].map(([key, value]) => `${JSON.stringify([key, value])}\n`);
      writeFileSync(`${file}.new`, lines.join(''));
      renameSync(`${file}.new`, file);
    },
  };
}

function readEntries(file: string): Map<string, string> {
  try {
    const lines = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
    return new Map(lines.map((line) => JSON.parse(line) as [string, string])); // our own file; a broken one is no cache
  } catch {
    return new Map();
  }
}
