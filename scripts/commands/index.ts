import { build } from './build.ts';
import { check } from './check.ts';
import { collect } from './collect.ts';
import type { Command } from './define.ts';
import { dev } from './dev.ts';
import { docs } from './docs.ts';
import { doctor } from './doctor.ts';
import { proxy } from './proxy.ts';
import { serve } from './serve.ts';

/** The table of commands, in the order of the help. */
export const commands: readonly Command[] = [build, collect, check, doctor, docs, serve, proxy, dev];
