import { resolve } from 'node:path';
import { createPublishTools } from '../io/publish-tools.ts';
import { loadSettings } from '../io/settings.ts';
import { openStore } from '../io/stores/open.ts';
import { PortalError, toExplained } from '../portal-error.ts';
import type { Store } from '../ports.ts';
import { createProgress, type Progress } from '../progress.ts';
import type { PublishOptions } from '../publish/publish.ts';
import { PublishRefusal } from '../publish/refusal.ts';
import type { PublishTools } from '../publish/tools.ts';
import { findMinutes } from '../settings/schedule.ts';
import type { Settings } from '../settings.ts';
import { toStyle, wrap } from '../terminal.ts';
import { type Command, type CommandContext, configOption, rootOption } from './define.ts';
import { findVersion } from './version.ts';

const usualGrace = '24h';
const usualKeep = 10;
const usualParallel = 32;

/** Options of every command that works at the place where a site is published. */
export const placeOptions = {
  root: rootOption,
  config: configOption,
  endpoint: { type: 'string', value: 'URL', about: 'Where the bucket answers, if it is not at Amazon' },
  region: { type: 'string', value: 'NAME', about: 'The region of the bucket' },
  grace: {
    type: 'string',
    value: 'TIME',
    about: `How long files stay that are gone from the site: 30m, 24h, 7d (default: ${usualGrace})`,
  },
  keep: { type: 'string', value: 'N', about: `How many releases can be put back (default: ${usualKeep})` },
  'dry-run': { type: 'boolean', about: 'Say what would be done, and change nothing' },
  json: { type: 'boolean', about: 'Say it as JSON' },
} as const;

/** Options of commands that write many files. */
export const writingOptions = {
  ...placeOptions,
  parallel: { type: 'string', value: 'N', about: `How many files are written at a time (default: ${usualParallel})` },
} as const;

export type Options = Parameters<Command['run']>[0];

/** A place that is open, and everything to work at it. */
export type Publishing = {
  store: Store;
  options: PublishOptions;
  tools: PublishTools;
  settings: Settings;
  progress: Progress;
  root: string;
};

/** Opens the place that was named, works at it, and answers the exit code: 1 where a rule or somebody else stands against it. */
export async function workAtPlace(
  given: Options,
  words: readonly string[],
  context: CommandContext,
  work: (publishing: Publishing) => Promise<void>,
): Promise<number> {
  const { workingFolder, environment, error } = context;
  const root = resolve(workingFolder, String(given.root ?? '.'));
  const settings = readSettings(given, root, environment);
  const options = toPublishOptions(given, settings);
  const [target = settings.publish.target, ...more] = words;
  if (target === undefined || more.length > 0) throw toNoPlace(more);
  const endpoint = given.endpoint ?? settings.publish.endpoint;
  const region = given.region ?? settings.publish.region;
  const store = await openStore(target, {
    // A place that the configuration names lies where the configuration does.
    workingFolder: words[0] === undefined ? root : workingFolder,
    environment,
    parallel: options.parallel,
    ...(typeof endpoint === 'string' && { endpoint }),
    ...(typeof region === 'string' && { region }),
  });
  const ending = listenForEnd();
  const progress = openProgress(context);
  const tools = createPublishTools({ version: findVersion(context), tell: progress.tell, signal: ending.signal });
  try {
    await work({ store, options, tools, settings, progress, root });
    return 0;
  } catch (fault) {
    if (!(fault instanceof PublishRefusal)) throw fault;
    error.write(wrap(toExplained(fault), toStyle(error).width));
    return 1;
  } finally {
    ending.stop();
    store.close();
  }
}

const toNoPlace = (more: readonly string[]) =>
  new PortalError(
    more.length > 0 ? 'One place at a time can be published to.' : 'It is not said where the site is published.',
    {
      hint: 'Name a bucket as `s3://bucket/prefix`, or a folder; or set `portal.publish.target` in app-config.yaml.',
    },
  );

/** The configuration where there is one; without it everything is as usual. */
function readSettings({ config }: Options, root: string, environment: CommandContext['environment']): Settings {
  const named = Array.isArray(config) ? config.map(String) : [];
  const { value, problems } = loadSettings(root, named, environment);
  const missing = named.length > 0 && problems.find(({ code }) => code === 'configuration-missing');
  const fault = missing || problems.find(({ what }) => /`portal\.(publish|guard)/.test(what));
  if (fault) throw new PortalError(fault.what, { hint: fault.mend });
  return value;
}

function toPublishOptions(given: Options, { publish }: Settings): PublishOptions {
  const expires = given.expires === undefined ? undefined : Date.now() + toMilliseconds('expires', given.expires);
  return {
    grace: toMilliseconds('grace', given.grace ?? publish.grace ?? usualGrace),
    keep: toCount('keep', given.keep ?? publish.keep ?? usualKeep),
    parallel: toCount('parallel', given.parallel ?? usualParallel),
    adopts: given.adopt === true,
    verifies: given.verify === true,
    forgets: given.forget === true,
    ...(expires !== undefined && { expires }),
  };
}

function toMilliseconds(option: string, value: Options[string]): number {
  const minutes = value === '0' ? 0 : findMinutes(value);
  if (minutes !== undefined) return minutes * 60_000;
  throw new PortalError(`--${option} takes a length of time; \`${value}\` is none.`, { hint: 'Write 30m, 24h or 7d.' });
}

/** A whole number from `least` on. */
export function toCount(option: string, value: Options[string] | number, least = 1): number {
  const count = Number(value);
  if (Number.isInteger(count) && count >= least && value !== '') return count;
  throw new PortalError(`--${option} takes a whole number from ${least} on; \`${value}\` is none.`, {
    hint: `Write --${option} ${Math.max(least, 10)}, for example.`,
  });
}

/** How often a line on a terminal is written over, in milliseconds. */
const blink = 100;

function openProgress({ environment, error }: CommandContext): Progress {
  const progress = createProgress({
    write: (text) => error.write(text),
    live: Boolean(error.isTTY) && environment.CI === undefined,
    now: () => performance.now(),
    cpu: () => process.cpuUsage().user / 1e6,
  });
  let told = 0;
  const tell = (text: string) => {
    if (performance.now() - told < blink) return;
    told = performance.now();
    progress.tell(text);
  };
  return { ...progress, tell };
}

/** Aborts when somebody wants the end; whoever asks twice gets it at once. */
function listenForEnd(): { signal: AbortSignal; stop: () => void } {
  const ending = new AbortController();
  const end = () => ending.abort();
  const names = ['SIGINT', 'SIGTERM'] as const;
  for (const name of names) process.once(name, end);
  return {
    signal: ending.signal,
    stop: () => {
      for (const name of names) process.off(name, end);
    },
  };
}
