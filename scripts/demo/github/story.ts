import { toChance, toCommit, toIso, toLastTime } from '../chance.ts';
import type { DemoPull, DemoRepository, DemoRun, DemoWorkflow, GithubWorld } from './world.ts';

const repositories = [
  'checkout',
  'data-platform',
  'identity',
  'inventory',
  'mobile-gateway',
  'notifications',
  'payments-gateway',
  'platform-templates',
  'pricing',
  'returns',
  'search',
  'shared-libraries',
  'storefront',
];

/** Which workflow of which repository fails on its default branch. */
const failing = new Map([['notifications', 'ci']]);

const people = ['amara-okafor', 'jonas-lindqvist', 'priya-raman', 'stefan-huber', 'claire-dubois'];

const changes = [
  'Retry a payment that the bank left undecided',
  'Move the cache in front of the price list',
  'Say which address was refused',
  'Read the timeout from the configuration',
  'Bump the base image to trixie',
  'Drop the last use of the old event format',
  'Count what is rejected by reason',
  'Let a cancelled order be returned',
  'Log the request id everywhere',
];

const pick = (from: readonly string[], seed: string) => from[toChance(seed, from.length)] ?? '';

type Kind = { name: string; file: string; hours: number; event: string; minutes: number };

const kinds: readonly Kind[] = [
  { name: 'ci', file: 'ci.yaml', hours: 5, event: 'push', minutes: 6 },
  { name: 'release', file: 'release.yaml', hours: 29, event: 'push', minutes: 11 },
  { name: 'nightly scan', file: 'scan.yaml', hours: 24, event: 'schedule', minutes: 4 },
];

function toWorkflows(name: string): DemoWorkflow[] {
  const rows = kinds.map((kind) => ({
    id: toChance(`${name} ${kind.name}`, 90_000_000),
    name: kind.name,
    path: `.github/workflows/${kind.file}`,
  }));
  const old = {
    id: toChance(`${name} old`, 90_000_000),
    name: 'deploy to staging',
    path: '.github/workflows/old.yaml',
  };
  return [...rows, { ...old, state: 'disabled_manually' }];
}

/** How a run stands: it lasts some minutes, then it has passed. One that fails does so at once. */
function toOutcome(isOver: boolean, isFailing: boolean): Pick<DemoRun, 'status' | 'conclusion'> {
  if (isFailing) return { status: 'completed', conclusion: 'failure' };
  return isOver ? { status: 'completed', conclusion: 'success' } : { status: 'in_progress', conclusion: null };
}

const kept = 3;

function toRuns(name: string, kind: Kind, workflow: number, now: number): DemoRun[] {
  const { at, turn } = toLastTime(`${name} ${kind.name}`, kind.hours, now);
  return Array.from({ length: kept }, (_, back) => {
    const start = at - back * kind.hours * 3_600_000;
    const seed = `${name} ${kind.name} ${turn - back}`;
    const end = start + (kind.minutes * 60 + toChance(seed, 200)) * 1000;
    const isFailing = failing.get(name) === kind.name && back < 2;
    return {
      id: toChance(seed, 2_000_000_000),
      workflow,
      number: turn - back - Math.floor(Date.parse('2025-01-01') / (kind.hours * 3_600_000)),
      event: kind.event,
      branch: 'main',
      title: pick(changes, seed),
      commit: toCommit(seed),
      author: pick(people, seed),
      startedAt: toIso(start),
      updatedAt: toIso(Math.min(end, now)),
      ...toOutcome(end <= now, isFailing),
    };
  });
}

const reviews = ['APPROVED', 'CHANGES_REQUESTED', 'COMMENTED'];
const day = 86_400_000;

function toPull(name: string, index: number, now: number): DemoPull {
  const { at, turn } = toLastTime(`${name} pull ${index}`, 24 * (5 + index * 3), now);
  const seed = `${name} pull ${index} ${turn}`;
  const reviewedAt = at + toChance(`${seed} review`, day);
  const isReviewed = reviewedAt <= now && toChance(`${seed} is reviewed`, 3) > 0;
  const [author, reviewer] = [pick(people, seed), pick(people, `${seed} reviewer`)];
  return {
    number: 100 + index + (turn % 50) * 10,
    title: pick(changes, seed),
    author,
    isDraft: toChance(`${seed} draft`, 6) === 0,
    openedAt: toIso(at),
    updatedAt: toIso(isReviewed ? reviewedAt : at),
    requested: isReviewed || reviewer === author ? [] : [reviewer],
    reviews: isReviewed ? [{ author: reviewer, state: pick(reviews, seed), at: toIso(reviewedAt) }] : [],
  };
}

function toRepository(name: string, now: number): DemoRepository {
  const workflows = toWorkflows(name);
  return {
    slug: `acme/${name}`,
    defaultBranch: 'main',
    workflows,
    runs: kinds.flatMap((kind, index) => toRuns(name, kind, workflows[index]?.id ?? 0, now)),
    pulls: Array.from({ length: toChance(name, 5) }, (_, index) => toPull(name, index, now)),
  };
}

/** What GitHub knows of the demonstration's organisation at a moment. */
export function toGithubStory(now: number, token: string): GithubWorld {
  return { token, repositories: repositories.map((name) => toRepository(name, now)) };
}
