import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Catalog } from '#model/catalog.ts';
import type { Site } from '#model/pages/site.ts';
import type { Problem } from '#model/problems.ts';
import { withoutExamples } from '../apis/render.ts';
import type { Origin } from '../compose/about.ts';
import type { ComposedApis, ComposedDocs, Content } from '../compose/compose.ts';
import { toSearchText } from '../docs/page-sections.ts';
import { createPreparer } from '../docs/prepare-pages.ts';
import { findOnly, type OnlyRepository } from '../github/only.ts';
import { createApiStore } from '../io/docs-store.ts';
import { createDocsTools } from '../io/docs-tools.ts';
import { createHighlighter } from '../io/highlighter.ts';
import { holdFolder } from '../io/lock.ts';
import { createHandbookForge } from '../io/own-docs.ts';
import { loadSettings } from '../io/settings.ts';
import { createTextCache } from '../io/text-cache.ts';
import { collect } from '../pipeline.ts';
import { PortalError } from '../portal-error.ts';
import { createProgress, type Progress, type StageCost } from '../progress.ts';
import type { Settings } from '../settings.ts';
import { toStyle, wrap } from '../terminal.ts';
import { type CommandContext, configOption, rootOption, snapshotOption, storeOption } from './define.ts';
import { openForge } from './open-forge.ts';
import { findVersion } from './version.ts';

/** How many characters of one definition are searched; of what follows, the names alone. */
const apiTextLimit = 20_000;

/** Options of every command that collects. */
export const collectOptions = {
  root: rootOption,
  config: configOption,
  snapshot: snapshotOption,
  store: storeOption,
  offline: { type: 'boolean', about: 'Use no network: what was read of GitHub before is read again' },
  repository: {
    type: 'string',
    value: 'OWNER/NAME',
    about: 'Ask GitHub for this repository alone: all others are as they were when they were last listed',
  },
} as const;

export type Collected = {
  catalog: Catalog;
  /** The same with problems that only the operator is told of. */
  reported: Catalog;
  /** The rendered docs, and the text of their pages for search. */
  docs: ComposedDocs;
  /** The rendered definitions of APIs, and what search is told of them. */
  apis: ComposedApis;
  settings: Settings;
  /** Where what is shown was read, and when. */
  origin: Origin;
  progress: Progress;
  root: string;
  snapshot: string;
  /** What each stage has cost so far, and what reading GitHub came to. */
  costs: readonly StageCost[];
  reading: string;
  /** Writes what each stage cost to a file, when one is named. */
  writeCosts: (file: unknown) => void;
};

export type Folders = Record<'workingFolder' | 'root' | 'snapshot', string>;

/** Where a command works, by its options. */
export function toFolders({ root, snapshot }: Record<string, unknown>, { workingFolder }: CommandContext): Folders {
  const top = resolve(workingFolder, String(root ?? '.'));
  return {
    workingFolder,
    root: top,
    snapshot: snapshot === undefined ? join(top, '.portal') : resolve(workingFolder, String(snapshot)),
  };
}

/** Reads the configuration that the options name. */
export function loadConfiguration(
  { config }: Record<string, unknown>,
  root: string,
  environment: CommandContext['environment'],
): { settings: Settings; problems: Problem[] } {
  const { value, problems } = loadSettings(root, Array.isArray(config) ? config.map(String) : [], environment);
  const missing = problems.find(({ code }) => code === 'configuration-missing');
  if (!missing) return { settings: value, problems };
  throw new PortalError(`${missing.what.slice(0, -1)} in ${root}.`, {
    hint: 'Name the folder of your configuration with --root, or its files with --config.',
  });
}

/** `--store`, else `portal.github.store` beside the configuration, else a folder of the snapshot. */
export function toStore(option: unknown, settings: Settings, folders: Folders): string {
  if (typeof option === 'string') return resolve(folders.workingFolder, option);
  const { store } = settings.github.reading;
  return store === undefined ? join(folders.snapshot, 'store') : resolve(folders.root, store);
}

/** The one repository that is asked for, if any is. */
function toOnly(option: unknown): OnlyRepository | undefined {
  if (option === undefined) return undefined;
  const only = findOnly(String(option));
  if (only) return only;
  throw new PortalError(`\`${option}\` is no repository.`, { hint: 'Name one as `--repository acme/checkout`.' });
}

/** Works in the snapshot that the options name while no other command does; without a configuration nothing is written. */
export async function holdSnapshot<Result>(
  options: Record<string, unknown>,
  context: CommandContext,
  work: () => Promise<Result>,
): Promise<Result> {
  const { root, snapshot } = toFolders(options, context);
  loadConfiguration(options, root, context.environment);
  return holdFolder(snapshot, work);
}

/** Reads the configuration and collects the catalog that it describes. */
export async function collectFrom(options: Record<string, unknown>, context: CommandContext): Promise<Collected> {
  const { packageFolder, environment, error, now = Date.now } = context;
  const began = new Date(now()).toISOString().replace(/\.\d+Z$/, 'Z');
  const folders = toFolders(options, context);
  const { workingFolder, root, snapshot } = folders;
  const costs: StageCost[] = [];
  const progress = createProgress({
    write: (text) => error.write(text),
    live: Boolean(error.isTTY) && environment.CI === undefined,
    now: () => performance.now(),
    cpu: () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1e6;
    },
    keep: (cost) => costs.push(cost),
  });
  const { settings, problems } = loadConfiguration(options, root, environment);
  const cache = createTextCache(join(snapshot, 'cache', 'parsed.jsonl'));
  const only = toOnly(options.repository);
  const opened = openForge(settings, root, {
    store: toStore(options.store, settings, folders),
    isOffline: options.offline === true,
    ...(only && { only }),
    fetch,
    now,
    environment,
    tell: progress.tell,
  });
  const hosts = settings.github.integrations.map(({ host }) => host);
  const tools = await createDocsTools(
    { package: packageFolder, snapshot },
    { base: settings.base, address: settings.url, hosts, ...settings.docs },
    createPreparer,
  );
  const said = [...problems, ...opened.problems];
  const apiStore = createApiStore(snapshot);
  const apiTools = { store: apiStore, highlight: createHighlighter(import.meta.url), program: tools.program };
  const searchedStore = { ...apiStore, readBody: (key: string) => withoutExamples(apiStore.readBody(key)) };
  const around = {
    ...{ cache, docs: tools, apis: apiTools },
    ...(settings.hasHandbook && { handbook: createHandbookForge(packageFolder) }),
  };
  const { catalog, docs, apis, leftOut, ofOperator } = await collect(
    opened.forge,
    settings,
    said,
    around,
    progress,
  ).finally(() => Promise.all([tools.diagrams.close(), tools.pages.end()]));
  const { sources = [] } = await opened.forge.listRepositories();
  cache.save();
  const reading = [opened.close(), ...leftOut.map((line) => `${line}\n`)].join('');
  error.write(wrap(reading, toStyle(error).width));
  return {
    catalog,
    reported: { ...catalog, problems: [...ofOperator, ...catalog.problems] },
    docs: { docs, findText: (key) => toSearchText(key, tools.store), staleAfter: settings.docs.staleAfter },
    apis: { definitions: apis, findText: (key) => toSearchText(key, searchedStore, apiTextLimit) },
    settings,
    origin: { version: findVersion(context), began, sources, staleAfter: settings.staleAfter },
    progress,
    root,
    snapshot,
    costs,
    reading,
    writeCosts: (file) => {
      if (typeof file !== 'string') return;
      const { maxRSS } = process.resourceUsage();
      writeFileSync(resolve(workingFolder, file), JSON.stringify({ stages: costs, peakKilobytes: maxRSS }));
    },
  };
}

/** What is told to whoever composes pages, beside the catalog. */
export function toContent({ settings: { base, live, signIn }, origin }: Collected, home: string): Content {
  return { home, base, live, hasSignIn: signIn !== undefined, origin };
}

/** What every page of the site knows of it. */
export function toSite({ title, base, logo, url, live, signIn, hasHandbook, docs: { frameHosts } }: Settings): Site {
  const known = {
    ...(logo && { logo }),
    ...(url && { url }),
    ...(live && { isLive: true }),
    ...(signIn && { signIn }),
    ...(hasHandbook && { hasHandbook }),
  };
  return { title, base, ...known, ...(frameHosts.length > 0 && { frameHosts }) };
}
