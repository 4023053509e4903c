import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandContext } from './define.ts';

/** The version of this program. */
export function findVersion({ packageFolder }: CommandContext): string {
  const manifest = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as { version: string }; // our own file
  return manifest.version;
}
