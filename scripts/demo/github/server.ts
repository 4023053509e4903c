import type { RequestListener } from 'node:http';
import { createDemoListener, type DemoAnswer, type DemoQuestion } from '../respond.ts';
import { toPullBody, toRepositoryBody, toReviewBodies, toRunBody, toWorkflowBody } from './bodies.ts';
import type { DemoRepository, GithubWorld } from './world.ts';

const toRefusal = (status: number, message: string, headers: Record<string, string> = {}): DemoAnswer => ({
  status,
  body: { message, documentation_url: 'https://docs.github.com/rest', status: String(status) },
  headers,
});

const toFound = (body: unknown): DemoAnswer => ({ status: 200, body });
const toHidden = () => toRefusal(404, 'Not Found');

function cutToPage<Row>(rows: readonly Row[], query: URLSearchParams): Row[] {
  const size = Math.min(Math.max(Number(query.get('per_page') ?? 30), 1), 100);
  const page = Math.max(Number(query.get('page') ?? 1), 1);
  return rows.slice((page - 1) * size, page * size);
}

function answerRuns(repository: DemoRepository, query: URLSearchParams): DemoAnswer {
  const branch = query.get('branch');
  const runs = repository.runs
    .filter((run) => branch === null || run.branch === branch)
    .toSorted((a, b) => Date.parse(b.startedAt) - Date.parse(a.startedAt));
  const page = cutToPage(runs, query).map((run) => toRunBody(repository, run));
  return toFound({ total_count: runs.length, workflow_runs: page });
}

function answerWorkflows(repository: DemoRepository, query: URLSearchParams): DemoAnswer {
  const page = cutToPage(repository.workflows, query).map((workflow) => toWorkflowBody(repository, workflow));
  return toFound({ total_count: repository.workflows.length, workflows: page });
}

function answerPulls(repository: DemoRepository, query: URLSearchParams): DemoAnswer {
  const turn = query.get('direction') === 'asc' ? 1 : -1;
  const pulls = repository.pulls.toSorted((a, b) => turn * (Date.parse(a.openedAt) - Date.parse(b.openedAt)));
  return toFound(cutToPage(pulls, query).map((pull) => toPullBody(repository, pull)));
}

function answerReviews(repository: DemoRepository, query: URLSearchParams, number: string): DemoAnswer {
  const pull = repository.pulls.find((one) => String(one.number) === number);
  return pull ? toFound(cutToPage(toReviewBodies(repository, pull), query)) : toHidden();
}

type Route = {
  pattern: RegExp;
  part?: 'actions' | 'pulls';
  answer: (repository: DemoRepository, query: URLSearchParams, word: string) => DemoAnswer;
};

const routes: readonly Route[] = [
  { pattern: /^$/, answer: (repository) => toFound(toRepositoryBody(repository)) },
  { pattern: /^\/actions\/runs$/, part: 'actions', answer: answerRuns },
  { pattern: /^\/actions\/workflows$/, part: 'actions', answer: answerWorkflows },
  { pattern: /^\/pulls$/, part: 'pulls', answer: answerPulls },
  { pattern: /^\/pulls\/(\d+)\/reviews$/, part: 'pulls', answer: answerReviews },
];

function answerRepository(repository: DemoRepository, rest: string, query: URLSearchParams): DemoAnswer {
  if (repository.movedTo !== undefined)
    return toRefusal(301, 'Moved Permanently', { location: `/repositories/${repository.movedTo}${rest}` });
  for (const { pattern, part, answer } of routes) {
    const found = pattern.exec(rest);
    if (!found) continue;
    if (part !== undefined && repository.refuses?.includes(part))
      return toRefusal(403, 'Resource not accessible by integration');
    return answer(repository, query, found[1] ?? '');
  }
  return toHidden();
}

const isLetIn = ({ token }: GithubWorld, authorization: string | undefined) =>
  authorization === `Bearer ${token}` || authorization === `token ${token}`;

function answer(world: GithubWorld, { path, query, header }: DemoQuestion): DemoAnswer {
  if (!isLetIn(world, header('authorization'))) return toRefusal(401, 'Bad credentials');
  const limits = { 'x-ratelimit-limit': '5000', 'x-ratelimit-remaining': String(world.remaining ?? 4999) };
  if (world.remaining === 0) return toRefusal(403, 'API rate limit exceeded', limits);
  const [, slug = '', rest = ''] = /^(?:\/api\/v3)?\/repos\/([^/]+\/[^/]+)(\/.*)?$/.exec(path) ?? [];
  const repository = world.repositories.find((one) => one.slug.toLowerCase() === slug.toLowerCase());
  const found = repository ? answerRepository(repository, rest, query) : toHidden();
  return { ...found, headers: { ...limits, ...found.headers } };
}

/** A made-up GitHub: it answers like the real one’s REST, by what its world is at that moment. */
export function createGithub(toWorld: () => GithubWorld): RequestListener {
  return createDemoListener((question) => answer(toWorld(), question));
}
