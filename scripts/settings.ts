import type { z } from 'zod';
import type { LivePlaces } from '#model/live/places.ts';
import { toFolder } from '#model/paths.ts';
import type { Place } from '#model/place.ts';
import { type Problem, toProblem } from '#model/problems.ts';
import { findAudience, mayHoldAudience } from './settings/audience.ts';
import { type DocsSettings, toDocsSettings } from './settings/docs.ts';
import { findHome, type GithubSettings, isDiscoveryType, toGithubSettings } from './settings/github.ts';
import { listGithubDifferences } from './settings/github-differences.ts';
import { toLivePlaces } from './settings/live.ts';
import { type ProxyConfiguration, toProxyConfiguration } from './settings/proxy.ts';
import * as schema from './settings/schema.ts';
import { createSectionReader, type SectionReader } from './settings/sections.ts';
import { isSignInNamed, type SignInConfiguration, toSignIn } from './settings/sign-in.ts';
import type { Environment } from './settings/substitute.ts';
import { mergeTrees, parseTree, type Tree, toPath } from './settings/tree.ts';
import { listUnknownSettings } from './settings/unknown.ts';

export type { Rule } from './settings/schema.ts';

/** A file or address that `catalog.locations` names. */
export type ConfiguredLocation = {
  type: string;
  target: string;
  rules?: schema.Rule[];
  place: Place;
  /** The folder of the file that says it; relative targets begin there. */
  folder: string;
};

/** Everything that a build takes from app-config.yaml, checked. */
export type Settings = {
  title: string;
  organization?: string;
  /** Path below `public/`. */
  logo?: string;
  /** The address the portal will have, where it is known. */
  url?: string;
  /** The path that every address of the portal begins with: `/`, or `/portal` without a slash at its end. */
  base: string;
  /** Who the portal is for; absent where what is written of it cannot be read, and nothing may be shown then. */
  audience?: schema.Audience;
  /** Folders whose sub-directories are repositories, relative to where the configuration's own paths begin. */
  sources: { folder: string; place: Place }[];
  locations: ConfiguredLocation[];
  /** Absent when the configuration has no `catalog.rules`: every kind is taken then. */
  rules?: schema.Rule[];
  github: GithubSettings;
  /** The one organisation that is discovered; repositories in plain folders are taken to be its own. */
  home?: { url: string; branch?: string };
  docs: DocsSettings;
  /** Whether the portal has its own handbook in it. */
  hasHandbook: boolean;
  guard: {
    /** How many per cent of its entities a catalog may lose from one build to the next. */
    maxEntityDrop: number;
  };
  /** Where the site is published to, as far as the configuration says it. */
  publish: z.infer<typeof schema.publishSchema>;
  /** From how many seconds on what is shown counts as old; absent when it never does. */
  staleAfter?: number;
  /** Who signs readers in: the portal itself, or what stands in front of it; absent when nobody does. */
  signIn?: 'portal' | 'proxy';
  /** The systems that the portal's proxy asks; absent when the portal has none. */
  live?: LivePlaces;
};

export type ConfigurationFile = { path: string; text: string };

/** Reads configuration files, each laid over the one before it, then the `APP_CONFIG_…` variables over them all. */
export function parseSettings(
  files: readonly ConfigurationFile[],
  environment: Environment,
  readFile: (path: string) => string | undefined,
): { value: Settings; problems: Problem[] } {
  const { reader, problems, unread } = openReader(files, environment, readFile);
  const { audience, ...settings } = toSettings(reader);
  const isKnown = audience !== undefined && !unread.some(({ text }) => mayHoldAudience(text));
  const value = { ...settings, ...(isKnown && { audience }) };
  const differences = value.github.reading.read ? listGithubDifferences(reader, value.github) : [];
  const unknown = listUnknownSettings(reader, 'portal');
  return { value, problems: [...problems, ...reader.problems, ...unknown, ...differences] };
}

/** What the proxy is told; the problems are those of its own sections. */
export function parseProxyConfiguration(
  files: readonly ConfigurationFile[],
  environment: Environment,
  readFile: (path: string) => string | undefined,
): { value: ProxyConfiguration; problems: Problem[] } {
  const { reader, problems } = openReader(files, environment, readFile);
  const value = toProxyConfiguration(reader, { environment, readFile });
  return { value, problems: [...problems, ...reader.problems] };
}

/** How people sign in to a site at a base; a file that cannot be understood may have said it, so that is wrong too. */
export function parseSignIn(
  files: readonly ConfigurationFile[],
  environment: Environment,
  readFile: (path: string) => string | undefined,
  base: string,
): { value: SignInConfiguration; problems: Problem[] } {
  const { reader, problems } = openReader(files, environment, readFile);
  const value = problems.length > 0 ? ({ kind: 'wrong' } as const) : toSignIn(reader, base);
  return { value, problems: [...problems, ...reader.problems] };
}

/** Lays the files over each other, and what is set in the environment over them. */
function openReader(
  files: readonly ConfigurationFile[],
  environment: Environment,
  readFile: (path: string) => string | undefined,
): { reader: SectionReader; problems: Problem[]; unread: ConfigurationFile[] } {
  const problems: Problem[] = [];
  const unread: ConfigurationFile[] = [];
  let merged: Tree | undefined;
  for (const file of [...files, ...toEnvironmentFiles(environment)]) {
    const parsed = parseTree(file, { environment, readFile });
    problems.push(...parsed.problems);
    if (parsed.value?.type !== 'map') unread.push(file);
    if (parsed.value?.type === 'map') merged = mergeTrees(merged, parsed.value);
    else if (parsed.value !== undefined && !isEmpty(parsed.value)) {
      problems.push(
        toProblem('document-not-a-map', { message: `a ${parsed.value.type}` }, { place: parsed.value.place }),
      );
    }
  }
  const place: Place = { repository: '', path: files[0]?.path ?? '', line: 1, column: 1 };
  return { reader: createSectionReader(merged ?? { type: 'map', place, entries: new Map() }), problems, unread };
}

const isMap = (tree: Tree | undefined) => tree?.type === 'map';
const isEmpty = (tree: Tree) => tree.type === 'scalar' && tree.value === null;

/** `APP_CONFIG_app_title=Portal` stands for `app: {title: Portal}`, as Backstage reads it; the value may be JSON. */
function toEnvironmentFiles(environment: Environment): ConfigurationFile[] {
  const prefix = 'APP_CONFIG_';
  return Object.entries(environment)
    .filter(([name, value]) => name.startsWith(prefix) && value !== undefined)
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value = '']) => {
      const steps = name.slice(prefix.length).split('_');
      const text = steps.reduceRight((inner, step) => `{${JSON.stringify(step)}: ${inner}}`, toJson(value));
      return { path: name, text };
    });
}

function toJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return JSON.stringify(text);
  }
}

/** What a build takes from a configuration that is open already. */
export function toSettings(reader: SectionReader): Settings {
  const organization = reader.find('organization.name', schema.textSchema);
  const title =
    reader.find('portal.title', schema.textSchema) ?? organization ?? reader.find('app.title', schema.textSchema);
  const logo = reader.find('portal.logo', schema.textSchema);
  const url = reader.find('app.baseUrl', schema.urlSchema);
  const base = toBase(
    reader.find('portal.base', schema.textSchema) ?? (url === undefined ? '/' : new URL(url).pathname),
  );
  const rules = toRules(reader);
  const locations = toLocations(reader);
  const github = toGithubSettings(reader, locations);
  const home = findHome(github);
  const live = toLivePlaces(reader);
  const audience = findAudience(reader);
  const staleAfter = reader.find('portal.staleAfter', schema.ageLimitSchema) ?? usualStaleAfter;
  const signIn = findSignIn(reader);
  return {
    title: title ?? 'Portolan',
    ...(organization === undefined ? {} : { organization }),
    ...(logo === undefined ? {} : { logo }),
    ...(url === undefined ? {} : { url }),
    base,
    ...(audience && { audience }),
    sources: toSources(reader),
    locations: locations.filter(({ type }) => !isDiscoveryType(type)),
    ...(rules === undefined ? {} : { rules }),
    github,
    ...(home === undefined ? {} : { home }),
    docs: toDocsSettings(reader),
    hasHandbook: reader.find('portal.handbook', schema.switchSchema) ?? true,
    ...(staleAfter === 'never' ? {} : { staleAfter }),
    ...(signIn === undefined ? {} : { signIn }),
    ...(live === undefined ? {} : { live }),
    guard: { maxEntityDrop: reader.find('portal.guard.maxEntityDrop', schema.dropSchema) ?? usualDrop },
    publish: reader.find('portal.publish', schema.publishSchema) ?? {},
  };
}

const usualDrop = 20;

/** A night that was missed is told of by the next noon. */
const usualStaleAfter = 36 * 3600;

/** Whether pages can ask who reads them, and whether the portal itself is what signed them in. */
function findSignIn(reader: SectionReader): Settings['signIn'] {
  if (isSignInNamed(reader)) return 'portal';
  return isMap(reader.findTree('portal.proxy.identity')) ? 'proxy' : undefined;
}

function toSources(reader: SectionReader): Settings['sources'] {
  return reader.list('portal.sources', schema.sourceSchema).map(({ value, place }) => ({
    folder: toPath(value.folder, place.path),
    place,
  }));
}

function toRules(reader: SectionReader): schema.Rule[] | undefined {
  const tree = reader.findTree('catalog.rules');
  if (tree === undefined || isEmpty(tree)) return undefined;
  return reader.list('catalog.rules', schema.ruleSchema).map(({ value }) => value);
}

function toLocations(reader: SectionReader): ConfiguredLocation[] {
  return reader.list('catalog.locations', schema.locationSchema).map(({ value, place }) => ({
    ...value,
    place,
    folder: toFolder(place.path),
  }));
}

function toBase(path: string): string {
  return `/${path
    .split('/')
    .filter((part) => part !== '')
    .join('/')}`;
}
