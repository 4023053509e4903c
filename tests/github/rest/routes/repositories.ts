import type { Context } from '../../context.ts';
import { toJsonAnswer } from '../../http/answer.ts';
import type { Repository } from '../../world/model.ts';
import { toRepositoryBody } from '../bodies.ts';
import { toPage } from '../pages.ts';
import type { Route } from '../route.ts';
import { withOrganisation, withRepository } from '../seen.ts';

const toFullBody = (context: Context, repository: Repository) => ({
  ...toRepositoryBody(context, repository),
  network_count: 0,
  subscribers_count: 0,
  temp_clone_token: null,
});

function listSeen({ world, identity }: Context, login: string, type: string): Repository[] {
  const seen = world.listRepositories(login).filter(identity.sees);
  return seen
    .filter((repository) => (filters[type] ?? (() => true))(repository))
    .toSorted((a, b) => b.createdAt - a.createdAt);
}

const filters: Record<string, (repository: Repository) => boolean> = {
  public: ({ visibility }) => visibility === 'public',
  private: ({ visibility }) => visibility !== 'public',
  forks: ({ isFork }) => isFork,
  sources: ({ isFork }) => !isFork,
};

/** Repositories one by one and by owner. */
export const repositoryRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/orgs/{org}/repos',
    answer: withOrganisation(({ login }, asked) => {
      const { rows, headers } = toPage(listSeen(asked.context, login, asked.query.get('type') ?? 'all'), asked);
      return toJsonAnswer(
        rows.map((repository) => toRepositoryBody(asked.context, repository)),
        200,
        headers,
      );
    }),
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}',
    answer: withRepository('metadata', (repository, { context }) => toJsonAnswer(toFullBody(context, repository))),
  },
];
