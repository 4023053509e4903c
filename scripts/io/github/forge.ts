import type { Repository } from '#model/catalog.ts';
import { findGitAddress, toRepositoryKey } from '#model/git-url.ts';
import type { Problem } from '#model/problems.ts';
import { toSourceReadings } from '../../github/sources.ts';
import { formatReading, formatSummary, type RunFacts } from '../../github/summary.ts';
import { PortalError } from '../../portal-error.ts';
import type { Forge, ListedRepositories } from '../../ports.ts';
import type { Settings } from '../../settings.ts';
import { toState } from '../states.ts';
import { createFileAccess, createFilesOf } from './files.ts';
import { chooseRepositories, type Readings, readOwners } from './organisations.ts';
import type { OwnerReading } from './owner.ts';
import { createParts, type GithubTools, type Parts } from './parts.ts';
import { type PeopleRepository, readPeople } from './people.ts';
import { type OpenRepository, openRepository, type Wanted } from './trees.ts';
import { createVersions } from './versions.ts';
import { createVisitor } from './visitor.ts';

export type GithubForge = Forge & {
  /** What was read and what that cost, in a few lines. */
  formatSummary: () => string;
  /** Removes from the store what nothing refers to any more. */
  sweepStore: () => void;
};

/** A forge that reads organisations on GitHub: one question lists fifty repositories, git fetches what changed. */
export function createGithubForge(settings: Settings, tools: GithubTools): GithubForge {
  const parts = createParts(settings, tools);
  const { store, loader, meter } = parts;
  const run: RunFacts = { listed: 0, read: 0, fetched: 0, skipped: 0, notes: [], unlisted: [] };
  const opened = new Map<string, OpenRepository>();
  const people = new Map<string, PeopleRepository>();
  let readings: OwnerReading[] = [];
  const list = async (): Promise<ListedRepositories> => {
    const owners = await readOwners(settings, parts);
    readings = owners.readings;
    refuseNothing(owners, settings);
    const chosen = readings.map((reading) => chooseRepositories(reading, parts));
    const wanted = chosen.flatMap((each) => each.wanted);
    countListed(run, readings, wanted);
    const problems = await openAll(wanted, opened, run, parts);
    const sources = toSourceReadings(readings.map((reading, at) => toSeen(reading, chosen[at]?.wanted ?? [])));
    const crowd = await readPeople(settings.github.organizations, {
      ...parts,
      isOffline: parts.isOffline || parts.only !== undefined,
    });
    for (const each of crowd.people) people.set(each.repository.id, each);
    return {
      repositories: [...opened.values()].map(({ repository }) => repository).toSorted(byId),
      people: crowd.people.map(({ repository, texts }) => ({ repository, paths: [...texts.keys()] })),
      sources,
      problems: [...owners.problems, ...chosen.flatMap((each) => each.problems), ...problems, ...crowd.problems],
    };
  };
  let listed: Promise<ListedRepositories> | undefined;
  const listRepositories = () => {
    listed ??= list();
    return listed;
  };
  const visit = createVisitor(settings, parts, {
    listOpened: () => [...opened.values()],
    listReadings: () => readings,
  });
  const versions = createVersions(parts, (id) => void run.unlisted.push(id));
  const forge: GithubForge = {
    ...createFileAccess({ opened, people, store, loader }),
    listRepositories,
    findRepository: async (address) => {
      await listRepositories();
      const repository = findGitAddress(address)?.repository;
      const open = repository === undefined ? undefined : await visit(toRepositoryKey(repository));
      if (open) opened.set(open.repository.id, open);
      return open?.repository;
    },
    listVersions: async (id) => {
      const open = opened.get(id);
      return open ? versions.list(open) : [];
    },
    findState: async (id, commit) => {
      const open = opened.get(id);
      const tree = open && (await versions.findTree(open, commit));
      return !open || tree === undefined
        ? undefined
        : toState(forge, id, createFilesOf({ ...open, tree }, { store, loader }));
    },
    listLocalFiles: async () => [],
    formatSummary: () => formatSummary(run, meter.read()),
    sweepStore: () => store.sweep(tools.now()),
  };
  return forge;
}

/** What of a reading is a source of the portal: when each repository was seen, and which of them are shown. */
const toSeen = ({ plan: { host, owner }, repositories }: OwnerReading, wanted: readonly Wanted[]) => ({
  name: `${host}/${owner}`,
  times: repositories.map(({ seenAt }) => seenAt),
  ids: wanted.map(({ id }) => id),
});

const byId = (left: Repository, right: Repository) => (left.id < right.id ? -1 : 1);

/** A portal without anything in it is worse than the one of yesterday: where nothing can be read there is nothing to build. */
function refuseNothing({ readings, problems }: Readings, { sources }: Settings): void {
  const [first] = problems;
  if (first === undefined || sources.length > 0 || readings.some(({ repositories }) => repositories.length > 0)) return;
  throw new PortalError(first.what, { hint: first.mend });
}

function countListed(run: RunFacts, readings: readonly OwnerReading[], wanted: readonly Wanted[]): void {
  run.listed = readings.reduce((sum, { repositories }) => sum + repositories.length, 0);
  run.skipped = run.listed - wanted.length;
  run.notes = readings.flatMap(({ notes }) => notes);
}

/** Opens all repositories, as many at a time as git is run, and tells how far that is. */
async function openAll(
  wanted: readonly Wanted[],
  opened: Map<string, OpenRepository>,
  run: RunFacts,
  parts: Parts,
): Promise<Problem[]> {
  const begun = parts.now();
  const openings = wanted.map(async (each) => {
    const opening = await openRepository(each, parts);
    run.read += 1;
    if (opening.isFetched) run.fetched += 1;
    if (opening.open) opened.set(each.id, opening.open);
    parts.tell(formatReading(run.read, wanted.length, parts.now() - begun, parts.meter.read()));
    return opening.problems;
  });
  return (await Promise.all(openings)).flat();
}
