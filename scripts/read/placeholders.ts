import type { TextSources } from '#model/catalog.ts';
import { formatPath } from '#model/place.ts';
import type { Problem } from '#model/problems.ts';
import { toProblem } from '#model/problems.ts';
import { type FilePoint, type RepositoryIndex, toDestination } from '#model/targets.ts';
import type { FetchedText, FetchFault, FileAddress } from '../ports.ts';
import type { Path } from './locator.ts';
import { toPlain } from './plain.ts';
import { limits, parseYamlValue } from './yaml.ts';

type Parsed = { value: unknown; message?: undefined } | { message: string };

type Resolver = {
  parse: (text: string) => Parsed;
  /** What stands for the content of an address on the web. */
  standIn: (target: string) => unknown;
};

/** The placeholders that Backstage resolves itself; any other key with a `$` is an ordinary key. */
const resolvers: Readonly<Record<string, Resolver>> = {
  $text: { parse: (value) => ({ value }), standIn: (target) => `See ${target}` },
  $json: { parse: parseJson, standIn: () => ({}) },
  $yaml: { parse: parseYamlValue, standIn: () => ({}) },
};

const reasons: Readonly<Record<FetchFault, string>> = {
  absent: 'there is no such file',
  outside: 'it is a link, or lies outside of the repository',
  'too-large': `it is larger than ${limits.bytes / 1024 / 1024} MiB`,
  unreadable: 'it is not a readable text file',
};

function parseJson(text: string): Parsed {
  try {
    return { value: toPlain(JSON.parse(text)).value };
  } catch (error) {
    return { message: error instanceof Error ? error.message : String(error) };
  }
}

/** A document may name this many files; the rest stays as it is written. */
const maxPlaceholders = 200;

type Found = { parent: object; step: string | number; path: Path; key: string; target: string };

export type PlaceholderContext = {
  file: FilePoint;
  index: RepositoryIndex;
  fetchText: (point: FilePoint) => Promise<FetchedText>;
  locate: (path: Path) => Problem['place'];
};

/**
 * A copy of a document's value with every placeholder replaced, the files that the values came from, and why some could not
 * be had; without any, the value itself.
 */
export async function replacePlaceholders(
  source: unknown,
  context: PlaceholderContext,
): Promise<{ value: unknown; sources: TextSources; problems: Problem[] }> {
  const problems: Problem[] = [];
  const sources = new Map<string, FileAddress>();
  if (findPlaceholders(source).length === 0) return { value: source, sources, problems };
  const value = structuredClone(source);
  for (const found of findPlaceholders(value).slice(0, maxPlaceholders)) {
    const resolution = await resolve(found, context);
    if (resolution.problem) problems.push(resolution.problem);
    if (resolution.source) sources.set(formatPath(found.path), resolution.source);
    if (resolution.value !== undefined) Reflect.set(found.parent, found.step, resolution.value);
  }
  return { value, sources, problems };
}

/** All objects with a single key that is a placeholder of a text; what is inside of one is not looked at. */
function findPlaceholders(value: unknown): Found[] {
  const found: Found[] = [];
  const visit = (child: unknown, parent: object, step: string | number, path: Path): void => {
    if (typeof child !== 'object' || child === null) return;
    const entries = Object.entries(child);
    const [key = '', target] = entries.length === 1 ? (entries[0] ?? []) : [];
    if (Object.hasOwn(resolvers, key) && typeof target === 'string') {
      found.push({ parent, step, path, key, target });
      return;
    }
    visitEntries(child, path);
  };
  const visitEntries = (parent: object, path: Path): void => {
    if (Array.isArray(parent))
      for (const [step, child] of parent.entries()) visit(child, parent, step, [...path, step]);
    else for (const [step, child] of Object.entries(parent)) visit(child, parent, step, [...path, step]);
  };
  if (typeof value === 'object' && value !== null) visitEntries(value, []);
  return found;
}

type Resolution = { value?: unknown; source?: FileAddress; problem?: Problem };

async function resolve({ key, target, path }: Found, context: PlaceholderContext): Promise<Resolution> {
  const resolver = resolvers[key];
  const place = context.locate([...path, key]);
  const unreadable = (reason: string): Resolution => ({
    problem: toProblem('placeholder-unreadable', { key, target: shorten(target), reason }, { place }),
  });
  if (resolver === undefined) return {};
  if (target.includes('\n')) return unreadable('it is a text of several lines, not an address');
  const destination = toDestination(target, context.file, context.index);
  if (destination.fault === 'leaves') return unreadable('it leads out of the repository');
  if (destination.fault === 'invalid') return unreadable('it is no address of a file');
  if (isElsewhere(destination, context)) {
    return { problem: toProblem('placeholder-other-repository', { key, target }, { place }) };
  }
  if (destination.fault !== undefined) {
    const problem = toProblem('placeholder-remote', { key, target }, { place });
    return { value: resolver.standIn(target), problem };
  }
  const fetched = await context.fetchText(destination);
  if (fetched.fault !== undefined) return unreadable(reasons[fetched.fault]);
  const parsed = resolver.parse(fetched.text);
  if (parsed.message !== undefined) return unreadable(parsed.message);
  return { value: parsed.value, source: { repository: destination.repository.id, path: destination.path } };
}

function isElsewhere(destination: ReturnType<typeof toDestination>, { file }: PlaceholderContext): boolean {
  if (destination.fault === 'outside') return file.repository.url !== undefined;
  return destination.fault === undefined && destination.repository.id !== file.repository.id;
}

const shorten = (text: string) => (text.length > 120 ? `${text.slice(0, 119).replaceAll(/\s+/g, ' ')}…` : text);
