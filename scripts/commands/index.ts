import { build } from './build.ts';
import { check } from './check.ts';
import type { Command } from './define.ts';
import { dev } from './dev.ts';
import { docs } from './docs.ts';
import { serve } from './serve.ts';

/** The table of commands, in the order of the help. */
export const commands: readonly Command[] = [build, check, docs, serve, dev];
