import { notFound, toJsonAnswer, toRefusal } from '../../http/answer.ts';
import { enterpriseVersion } from '../../http/call.ts';
import type { Budget } from '../../limits/budgets.ts';
import { toActorBody, toOrganisationBody, toPersonBody } from '../bodies.ts';
import { toPage } from '../pages.ts';
import type { Route } from '../route.ts';
import { toMissingPermission, withOrganisation } from '../seen.ts';

const toBudgetBody = ({ limit, remaining, used, resetAt }: Budget) => ({
  limit,
  remaining,
  used,
  reset: Math.ceil(resetAt / 1000),
});

/** Who asks, what is left to them, and who is in an organisation. */
export const accountRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/rate_limit',
    isFree: true,
    answer: ({ context: { budgets, identity } }) => {
      const [coreBudget, graphqlBudget] = [budgets.find(identity, 'core'), budgets.find(identity, 'graphql')];
      if (!coreBudget || !graphqlBudget) return toRefusal(404, 'Rate limiting is not enabled.');
      const [core, graphql] = [toBudgetBody(coreBudget), toBudgetBody(graphqlBudget)];
      const search = { ...core, limit: 30, remaining: 30, used: 0 };
      return toJsonAnswer({ resources: { core, graphql, search }, rate: core });
    },
  },
  {
    method: 'GET',
    path: '/meta',
    answer: () => toJsonAnswer({ verifiable_password_authentication: true, installed_version: enterpriseVersion }),
  },
  {
    method: 'GET',
    path: '/user',
    answer: ({ context }) => {
      const person = context.world.people.get(context.identity.login.toLowerCase());
      if (person) return toJsonAnswer(toPersonBody(context, person));
      return context.identity.kind === 'installation' ? toMissingPermission(context, 'metadata') : notFound();
    },
  },
  {
    method: 'GET',
    path: '/orgs/{org}',
    answer: withOrganisation((organisation, { context }) => toJsonAnswer(toOrganisationBody(context, organisation))),
  },
  {
    method: 'GET',
    path: '/orgs/{org}/members',
    answer: withOrganisation((organisation, asked) => {
      const { context } = asked;
      if (!context.identity.may('members', organisation)) return toMissingPermission(context, 'members');
      const people = [...organisation.members.keys()].flatMap(
        (login) => context.world.people.get(login.toLowerCase()) ?? [],
      );
      const { rows, headers } = toPage(people, asked);
      return toJsonAnswer(
        rows.map(({ login, databaseId }) => toActorBody(context, login, databaseId, 'User')),
        200,
        headers,
      );
    }),
  },
];
