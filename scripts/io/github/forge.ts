import picomatch from 'picomatch';
import type { Repository } from '#model/catalog.ts';
import { catalogFileName } from '#model/catalog-files.ts';
import { findGitAddress, toRepositoryKey } from '#model/git-url.ts';
import { findPath } from '#model/paths.ts';
import { type Problem, toProblem } from '#model/problems.ts';
import { toFullName } from '../../github/facts.ts';
import { chooseBranch } from '../../github/filters.ts';
import { listHosts, planOwners } from '../../github/planning.ts';
import { formatReading, formatSummary, type RunFacts } from '../../github/summary.ts';
import type { FetchedBytes, Forge, ListedRepositories } from '../../ports.ts';
import type { Settings } from '../../settings.ts';
import { type Accounts, createAccounts } from './accounts.ts';
import { createRemoteGit } from './git.ts';
import { createLoader } from './loader.ts';
import { createMeter } from './meter.ts';
import { type OwnerReading, readOwner } from './owner.ts';
import { type PeopleRepository, readPeople } from './people.ts';
import { createGithubStore, type GithubStore } from './store.ts';
import { type OpenRepository, openRepository, type Wanted } from './trees.ts';
import { createVisitor } from './visitor.ts';

/** What reading GitHub takes from the machine. */
export type GithubTools = {
  /** The folder in which what was read is kept from one build to the next. */
  store: string;
  isOffline: boolean;
  fetch: typeof fetch;
  now: () => number;
  environment: Readonly<Record<string, string | undefined>>;
  /** Told how far it is, for a terminal. */
  tell: (text: string) => void;
  /** How long a second of waiting is, in milliseconds; less in tests. */
  second?: number;
  /** How long an answer may take, in milliseconds. */
  patience?: number;
};

export type GithubForge = Forge & {
  /** What was read and what that cost, in a few lines. */
  formatSummary: () => string;
  /** Removes from the store what nothing refers to any more. */
  sweepStore: () => void;
};

const maxTextBytes = 5 * 1024 * 1024;
const mostListings = 100;

/** A forge that reads organisations on GitHub: one question lists fifty repositories, git fetches what changed. */
export function createGithubForge(settings: Settings, tools: GithubTools): GithubForge {
  const { github } = settings;
  const parts = createParts(settings, tools);
  const { store, loader, meter } = parts;
  const hosts = listHosts(github);
  const toId = (host: string, name: string) => (hosts.length > 1 ? `${host}/${name}` : name);
  const facts: RunFacts = { listed: 0, read: 0, fetched: 0, skipped: 0, notes: [] };
  const opened = new Map<string, OpenRepository>();
  const people = new Map<string, PeopleRepository>();
  const listings = createListingCache(store);
  let readings: OwnerReading[] = [];

  const list = async (): Promise<ListedRepositories> => {
    readings = await readOwners(settings, tools, parts);
    const wanted = readings.map((reading) => choose(reading, (host, name) => toId(host, name)));
    facts.listed = readings.reduce((sum, { repositories }) => sum + repositories.length, 0);
    facts.notes = readings.flatMap(({ notes }) => notes);
    const due = wanted.flatMap((each) => each.wanted);
    facts.skipped = facts.listed - due.length;
    const problems = [...readings.flatMap((reading) => reading.problems), ...wanted.flatMap((each) => each.problems)];
    const begun = tools.now();
    await Promise.all(
      due.map(async (each) => {
        const opening = await openRepository(each, parts.trees);
        problems.push(...opening.problems);
        facts.read += 1;
        if (opening.isFetched) facts.fetched += 1;
        if (opening.open) opened.set(each.id, opening.open);
        tools.tell(formatReading(facts.read, due.length, tools.now() - begun, meter.read()));
      }),
    );
    const crowd = await readPeople(github.organizations, { ...parts.people, toId });
    for (const each of crowd.people) people.set(each.repository.id, each);
    return {
      repositories: [...opened.values()].map(({ repository }) => repository).toSorted(byId),
      people: crowd.people.map(({ repository, texts }) => ({ repository, paths: [...texts.keys()] })),
      problems: [...problems, ...crowd.problems],
    };
  };
  let listed: Promise<ListedRepositories> | undefined;
  const listRepositories = () => {
    listed ??= list();
    return listed;
  };
  const visitor = createVisitor(settings, parts, {
    toId,
    find: (key) => [...opened.values()].find(({ repository }) => toRepositoryKey(repository.url ?? '') === key),
    findFacts: (key) =>
      readings.flatMap(({ repositories, client }) =>
        repositories.filter(({ url }) => toRepositoryKey(url) === key).map((found) => ({ facts: found, client })),
      )[0],
  });

  const fetchBytes = async (id: string, path: string): Promise<FetchedBytes> => {
    const generated = people.get(id)?.texts.get(path);
    if (generated) return { bytes: new TextEncoder().encode(generated.text), hash: generated.hash };
    const open = opened.get(id);
    if (open === undefined) return { fault: 'absent' };
    if (path === '' || findPath('', path) !== path) return { fault: 'outside' };
    const { files, links } = listings(open.tree);
    const oid = files.get(path);
    if (oid === undefined)
      return { fault: links.some((link) => path === link || path.startsWith(`${link}/`)) ? 'outside' : 'absent' };
    const kept = store.findBlob(oid);
    if (kept === undefined) await loader.load(open.source, [oid]);
    const bytes = kept ?? store.findBlob(oid);
    if (bytes === undefined) return { fault: store.isLarge(oid) ? 'too-large' : 'unreadable' };
    return { bytes, hash: oid };
  };
  return {
    listRepositories,
    findRepository: async (address) => {
      await listRepositories();
      const repository = findGitAddress(address)?.repository;
      const open = repository === undefined ? undefined : await visitor(toRepositoryKey(repository));
      if (open) opened.set(open.repository.id, open);
      return open?.repository;
    },
    listFiles: async (id) => {
      const own = people.get(id);
      if (own) return [...own.texts.keys()];
      const open = opened.get(id);
      return open === undefined ? [] : [...listings(open.tree).files.keys()];
    },
    fetchBytes,
    fetchText: async (id, path) => {
      const fetched = await fetchBytes(id, path);
      if (fetched.fault !== undefined) return fetched;
      if (fetched.bytes.length > maxTextBytes) return { fault: 'too-large' };
      if (fetched.bytes.includes(0)) return { fault: 'unreadable' };
      return { text: new TextDecoder().decode(fetched.bytes), hash: fetched.hash };
    },
    listChanges: async (id, paths) => {
      const open = opened.get(id);
      const known = open === undefined ? new Map<string, string>() : listings(open.tree).changes;
      return new Map([...known].filter(([path]) => paths.includes(path)));
    },
    listLocalFiles: async () => [],
    formatSummary: () => formatSummary(facts, meter.read()),
    sweepStore: () => store.sweep(tools.now()),
  };
}

const byId = (left: Repository, right: Repository) => (left.id < right.id ? -1 : 1);

/** What the parts of a forge share. */
export type Parts = ReturnType<typeof createParts>;

function createParts({ github }: Settings, { isOffline, environment, now, ...tools }: GithubTools) {
  const { reading, integrations, providers } = github;
  const meter = createMeter();
  const secrets = new Set<string>();
  const store = createGithubStore(tools.store);
  const time = new Date(now()).toISOString().replace(/\.\d+Z$/, 'Z');
  const clientTools = {
    fetch: tools.fetch,
    now,
    meter,
    secrets,
    stopAt: reading.budget.stopAt,
    second: tools.second ?? 1000,
    patience: tools.patience ?? 30_000,
  };
  const accounts = createAccounts(integrations, clientTools);
  const git = createRemoteGit({ environment, secrets, countGit: meter.countGit });
  const isAsked = picomatch(providers.map(({ catalogPath }) => catalogPath.replace(/^\/+/, '')));
  return {
    ...{ meter, store, accounts, time, isOffline },
    loader: createLoader({ store, git }),
    trees: { store, git, isOffline, isAsked },
    people: { accounts, store, isOffline, emails: reading.people.emails, time },
  };
}

async function readOwners({ github }: Settings, { tell }: GithubTools, parts: Parts): Promise<OwnerReading[]> {
  const { accounts, store, time, isOffline } = parts;
  const progress = new Map<string, [number, number]>();
  const providers = await Promise.all(github.providers.map((provider) => expand(provider, accounts, store, isOffline)));
  return Promise.all(
    planOwners(providers.flat()).map((plan) => {
      const tellOwn = (listed: number, total: number) => {
        progress.set(`${plan.host}/${plan.owner}`, [listed, total]);
        const [sum, all] = [...progress.values()].reduce(([a, b], [c, d]) => [a + c, b + d], [0, 0]);
        tell(`${sum} of ${all} repositories listed`);
      };
      return readOwner(plan, { accounts, store, time, isOffline, tell: tellOwn });
    }),
  );
}

/** A provider that names an App instead of an organisation stands for all organisations that the App is installed with. */
async function expand(
  provider: Settings['github']['providers'][number],
  accounts: Accounts,
  store: GithubStore,
  isOffline: boolean,
) {
  const { host, app, organization } = provider;
  if (organization !== undefined || app === undefined) return [provider];
  const organizations = isOffline
    ? store.listOwners(host)
    : (await accounts.listOrganizations(host, String(app))).organizations;
  return organizations.map((name) => ({ ...provider, organization: name }));
}

function choose({ plan, repositories, client }: OwnerReading, toId: (host: string, name: string) => string) {
  const problems: Problem[] = [];
  const wanted: Wanted[] = [];
  for (const facts of repositories) {
    const id = toId(plan.host, toFullName(facts));
    const choice = chooseBranch(facts, plan.providers);
    const place = { repository: id, path: catalogFileName, line: 1, column: 1 };
    if (choice.fault === undefined) wanted.push({ id, facts, branch: choice.branch, client });
    else if (choice.fault === 'empty') problems.push(toProblem('repository-empty', { repository: id }, { place }));
    else if (choice.fault === 'branch')
      problems.push(toProblem('github-branch-missing', { repository: id, branch: choice.branch }, { place }));
  }
  return { wanted, problems };
}

/** The listings that were asked for last, so that a tree whose files are read one by one is looked up once. */
function createListingCache(store: GithubStore) {
  const known = new Map<string, ReturnType<typeof toIndexed>>();
  return (tree: string) => {
    const found = known.get(tree);
    known.delete(tree);
    const listing = found ?? toIndexed(store, tree);
    known.set(tree, listing);
    const [oldest] = known.keys();
    if (known.size > mostListings && oldest !== undefined) known.delete(oldest);
    return listing;
  };
}

function toIndexed(store: GithubStore, tree: string) {
  const { files, links, changes = {} } = store.findListing(tree) ?? { files: [], links: [] };
  return { files: new Map(files), links, changes: new Map(Object.entries(changes)) };
}
