import picomatch from 'picomatch';
import type { OnlyRepository } from '../../github/only.ts';
import { listHosts } from '../../github/planning.ts';
import type { Settings } from '../../settings.ts';
import { createAccounts } from './accounts.ts';
import { createRemoteGit } from './git.ts';
import { createLoader } from './loader.ts';
import { createMeter } from './meter.ts';
import { createGithubStore } from './store.ts';

/** What reading GitHub takes from the machine. */
export type GithubTools = {
  /** The folder in which what was read is kept from one build to the next. */
  store: string;
  isOffline: boolean;
  /** The one repository that is asked for; everything else is as the last sweep saw it. */
  only?: OnlyRepository;
  fetch: typeof fetch;
  now: () => number;
  environment: Readonly<Record<string, string | undefined>>;
  /** Told how far it is, for a terminal. */
  tell: (text: string) => void;
  /** How long a second of waiting is, in milliseconds; less in tests. */
  second?: number;
  /** How long an answer may take, in milliseconds; git may take ten times as long. */
  patience?: number;
};

/** What the parts of a forge share. */
export type Parts = ReturnType<typeof createParts>;

/** Makes the parts of a forge for a configuration. */
export function createParts({ github }: Settings, tools: GithubTools) {
  const { reading, integrations, providers } = github;
  const { fetch, now, environment, tell, isOffline, only, second = 1000, patience = 30_000 } = tools;
  const meter = createMeter();
  const secrets = new Set<string>();
  const store = createGithubStore(tools.store);
  const clients = { fetch, now, meter, secrets, stopAt: reading.budget.stopAt, second, patience };
  const git = createRemoteGit({ work: store.work, environment, secrets, patience, countGit: meter.countGit });
  const hosts = listHosts(github);
  return {
    ...{ meter, store, git, clients, isOffline, only, now, tell },
    accounts: createAccounts(integrations, clients),
    loader: createLoader({ store, git }),
    /** The time of this run, ISO 8601 in UTC. */
    time: new Date(now()).toISOString().replace(/\.\d+Z$/, 'Z'),
    emails: reading.people.emails,
    /** Whether the configuration asks for a file by its path. */
    isAsked: picomatch(providers.map(({ catalogPath }) => catalogPath.replace(/^\/+/, ''))),
    /** The id of a repository or an organisation: its name, after that of its host where there are several. */
    toId: (host: string, name: string) => (hosts.length > 1 ? `${host}/${name}` : name),
  };
}
