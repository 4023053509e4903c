import type { Problem } from '#model/problems.ts';
import { toProblem } from '#model/problems.ts';
import type { FilePoint, RepositoryIndex } from '#model/targets.ts';
import type { Allows, Discovery } from '../discover.ts';
import type { Forge } from '../ports.ts';
import { type FileReader, faultReasons, type ReadFile, toFileKey } from './files.ts';
import { followTarget, isMap, type Lead, toTargets } from './locations.ts';
import type { Locator } from './locator.ts';
import { createSkeletons } from './skeletons.ts';
import type { Visit as OpenAddress } from './visits.ts';

/** A file that belongs to the catalog, and every way in which it is reached. */
export type ReachedFile = Extract<ReadFile, { text: string }> & {
  /** What each of the ways allows; a way without rules allows everything. */
  allows: (Allows | undefined)[];
  /** Whether its own name is the reason that it is read. */
  isSeed: boolean;
};

type Visit = { point: FilePoint; allows: Allows | undefined; via: 'discovery' | 'location' };

type Tools = { forge: Forge; reader: FileReader; index: RepositoryIndex; visit: OpenAddress; locator: Locator };

/**
 * Reads the files that discovery found and all that Locations lead to from there. A file is read once, however many
 * ways lead to it; Locations that name each other end where they began.
 */
export async function reach(
  discovery: Discovery,
  tools: Tools,
): Promise<{ files: ReachedFile[]; problems: Problem[] }> {
  const { reader } = tools;
  const reached = new Map<string, ReachedFile & { isNamed: boolean }>();
  const visited = new Map<Allows | undefined, Set<string>>();
  const skeletons = createSkeletons();
  const leads = new Map<string, Promise<Lead>>();
  const problems: Problem[] = [];
  const begin = await toVisits(discovery, tools);
  problems.push(...begin.problems);
  for (let wave = begin.visits; wave.length > 0; ) {
    const files = await Promise.all(wave.map(({ point }) => reader.read(point)));
    for (const file of files) if (!file.fault) for (const { value } of file.documents) skeletons.note(file, value);
    const next: Visit[] = [];
    for (const [position, file] of files.entries()) {
      const visit = wave[position];
      if (visit === undefined || (visit.via === 'discovery' && skeletons.has(file))) continue;
      const known = reached.get(toFileKey(file));
      if (known !== undefined && visit.via === 'location') known.isNamed = true;
      if (!isFirst(visited, visit)) continue;
      if (file.fault !== undefined) {
        const reason = faultReasons[file.fault];
        const place = { repository: file.repository.id, path: file.path, line: 1, column: 1 };
        problems.push(toProblem('file-unreadable', { path: file.path, reason }, { place }));
        continue;
      }
      if (known !== undefined) known.allows.push(visit.allows);
      else {
        const entry = {
          ...file,
          allows: [visit.allows],
          isSeed: wave === begin.visits,
          isNamed: visit.via === 'location',
        };
        reached.set(toFileKey(file), entry);
      }
      if (!discovery.isClosed) next.push(...(await follow(file, visit, leads, tools)));
    }
    wave = next;
  }
  for (const lead of leads.values()) problems.push(...(await lead).problems);
  const files = [...reached.values()].filter((file) => file.isNamed || !skeletons.has(file));
  return { files: files.toSorted(compareFiles), problems };
}

async function toVisits(discovery: Discovery, { forge, reader, index, visit }: Tools) {
  const byId = new Map(discovery.repositories.map((repository) => [repository.id, repository]));
  const problems: Problem[] = [];
  const visits: Visit[] = [];
  for (const { repository: id, path, allows, via } of discovery.files) {
    const repository = byId.get(id);
    if (repository !== undefined) visits.push({ point: { repository, path }, allows, via });
  }
  for (const { target, place, allows } of discovery.targets) {
    const around = { forge, reader, index, visit };
    const lead = await followTarget({ target, type: 'url', isOptional: false }, () => place, around);
    problems.push(...lead.problems);
    visits.push(...toLedVisits(lead, allows));
  }
  return { visits, problems };
}

function toLedVisits({ points, isPattern }: Lead, allows: Allows | undefined): Visit[] {
  return points.map((point) => ({ point, allows, via: isPattern ? 'discovery' : 'location' }));
}

function isFirst(visited: Map<Allows | undefined, Set<string>>, { point, allows }: Visit): boolean {
  const known = visited.get(allows) ?? new Set();
  visited.set(allows, known);
  const key = toFileKey(point);
  if (known.has(key)) return false;
  known.add(key);
  return true;
}

/** The visits that the Locations of a file ask for, as far as the way to it allows Locations. */
async function follow(
  file: Extract<ReadFile, { text: string }>,
  { allows }: Visit,
  leads: Map<string, Promise<Lead>>,
  { forge, reader, index, visit, locator }: Tools,
): Promise<Visit[]> {
  const visits: Visit[] = [];
  for (const { docIndex, value } of file.documents) {
    const targets = toTargets(value);
    if (targets.length === 0 || !isAllowed(allows, value)) continue;
    const found = await Promise.all(
      targets.map((target) => {
        const key = `${toFileKey(file)}\0${docIndex}\0${target.path.join('.')}`;
        const { id } = file.repository;
        const toPlace = () => ({ repository: id, path: file.path, ...locator(file, docIndex, target.path) });
        const known = leads.get(key) ?? followTarget(target, toPlace, { from: file, index, visit, forge, reader });
        leads.set(key, known);
        return known;
      }),
    );
    for (const lead of found) visits.push(...toLedVisits(lead, allows));
  }
  return visits;
}

function isAllowed(allows: Allows | undefined, value: unknown): boolean {
  if (allows === undefined) return true;
  const spec = isMap(value) ? value.spec : undefined;
  const type = isMap(spec) && typeof spec.type === 'string' ? { type: spec.type } : {};
  return allows({ kind: 'Location', ...type });
}

/** Files found by their name come first, then those that Locations lead to; each by repository and path. */
function compareFiles(left: ReachedFile, right: ReachedFile): number {
  if (left.isSeed !== right.isSeed) return left.isSeed ? -1 : 1;
  const [a, b] = [toFileKey(left), toFileKey(right)];
  return a < b ? -1 : a > b ? 1 : 0;
}
