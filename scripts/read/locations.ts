import picomatch from 'picomatch';
import { isForeignPath } from '#model/catalog-files.ts';
import type { Place } from '#model/place.ts';
import { type Problem, toProblem } from '#model/problems.ts';
import { type FilePoint, type RepositoryIndex, toDestination } from '#model/targets.ts';
import type { Forge } from '../ports.ts';
import { type FileReader, faultReasons } from './files.ts';
import type { Path } from './locator.ts';
import type { Visit } from './visits.ts';

/** One target of a Location, where it is written, and whether it may be absent. */
export type Target = { target: string; type: string; isOptional: boolean; path: Path };

/** The location types that name a file; the others are ways of discovering that no file can ask for. */
const followedTypes: ReadonlySet<string> = new Set(['url', 'file']);

/** The targets of a document, when it is a Location; empty otherwise. */
export function toTargets(value: unknown): Target[] {
  if (!isMap(value) || value.kind !== 'Location' || !isMap(value.spec)) return [];
  const { type, target, targets, presence } = value.spec;
  const shared = { type: typeof type === 'string' ? type : 'url', isOptional: presence === 'optional' };
  const single = typeof target === 'string' ? [{ target, path: ['spec', 'target'], ...shared }] : [];
  const listed = (Array.isArray(targets) ? targets : []).flatMap((entry: unknown, position) =>
    typeof entry === 'string' ? [{ target: entry, path: ['spec', 'targets', position], ...shared }] : [],
  );
  return [...single, ...listed];
}

/** Whether a value is a map of keys. */
export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export type Lead = {
  points: FilePoint[];
  problems: Problem[];
  /** Whether the files were not named one by one: then they are found, not asked for. */
  isPattern?: boolean;
};

type Surroundings = { from?: FilePoint; index: RepositoryIndex; visit: Visit; forge: Forge; reader: FileReader };

/** Finds the files that a target leads to, and says why it leads to none. */
export async function followTarget(
  { target, type, isOptional }: Omit<Target, 'path'>,
  toPlace: () => Place,
  { from, index, visit, forge, reader }: Surroundings,
): Promise<Lead> {
  const toLead = (...problems: Problem[]): Lead => ({ points: [], problems });
  const missing = () =>
    isOptional ? toLead() : toLead(toProblem('location-target-missing', { target }, { place: toPlace() }));
  if (!followedTypes.has(type)) return toLead(toProblem('location-type-unknown', { type }, { place: toPlace() }));
  const found = toDestination(target, from, index);
  const isVisited = found.fault === 'outside' && (await visit(target));
  const destination = isVisited ? toDestination(target, from, index) : found;
  if (destination.fault === 'leaves')
    return toLead(toProblem('location-target-leaves', { target }, { place: toPlace() }));
  if (destination.fault === 'outside' || destination.fault === 'remote') {
    return toLead(toProblem('location-target-outside', { target }, { place: toPlace() }));
  }
  if (destination.fault !== undefined) return missing();
  const { repository, path, otherBranch: reference } = destination;
  const read = repository.branch ?? repository.commit;
  const problems =
    reference !== undefined && read !== undefined
      ? [toProblem('location-other-branch', { target, reference, read }, { place: toPlace() })]
      : [];
  if (isGlob(path)) {
    const paths = findMatches(await forge.listFiles(repository.id), path);
    return paths.length === 0
      ? missing()
      : { points: paths.map((found) => ({ repository, path: found })), problems, isPattern: true };
  }
  const { fault } = await reader.read({ repository, path });
  if (fault === 'absent') return missing();
  if (fault !== undefined)
    return toLead(toProblem('file-unreadable', { path, reason: faultReasons[fault] }, { place: toPlace() }));
  return { points: [{ repository, path }], problems };
}

const isGlob = (path: string) => /[*?{[]/.test(path);

/** A pattern with more wildcards than this could take a matcher forever; real ones have three at most. */
const maxWildcards = 12;

function findMatches(paths: readonly string[], pattern: string): string[] {
  if (pattern.length > 300 || (pattern.match(/[*?{[]/g) ?? []).length > maxWildcards) return [];
  const matches = picomatch(pattern, { noextglob: true, strictBrackets: false });
  const literal = pattern.slice(0, pattern.search(/[*?{[]/));
  return paths.filter((path) => matches(path) && (isForeignPath(literal) || !isForeignPath(path)));
}
