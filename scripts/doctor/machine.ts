import type { Finding } from './finding.ts';

/** What a machine has that reading GitHub needs. */
export type MachineFacts = {
  /** What `git --version` says; undefined where there is no git. */
  git?: string;
  store: string;
  /** Free bytes where the store lies; undefined where nobody can say. */
  free?: number;
};

/** The first git that takes what is asked of it from standard input and its settings from the environment. */
const oldestGit = [2, 31];
const leastFree = 1024 ** 3;
const about = 'This machine';

/** Whether git is there and new enough, and whether there is room for the store. */
export function judgeMachine({ git, store, free }: MachineFacts): Finding[] {
  return [judgeGit(git), ...(free === undefined ? [] : [judgeRoom(store, free)])];
}

function judgeGit(git: string | undefined): Finding {
  const least = oldestGit.join('.');
  const cost = 'Without it no repository can be fetched.';
  if (git === undefined)
    return { about, mark: 'missing', what: 'There is no `git`.', cost, grant: `Install git ${least} or later.` };
  const [, major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(git) ?? []).map(Number);
  const isNew = major > 2 || (major === 2 && minor >= 31);
  if (isNew) return { about, mark: 'fine', what: `${git} is new enough.` };
  return { about, mark: 'missing', what: `${git} is too old.`, cost, grant: `Install git ${least} or later.` };
}

function judgeRoom(store: string, free: number): Finding {
  const what = `${(free / leastFree).toFixed(1)} GB are free for the store in ${store}.`;
  if (free >= leastFree) return { about, mark: 'fine', what };
  return {
    about,
    mark: 'limited',
    what,
    cost: 'A large organisation takes a few GB.',
    grant: 'Make room, or name another place with --store.',
  };
}
