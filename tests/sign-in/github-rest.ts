import { toNodeId } from '../github/graphql/node-id.ts';
import { type Answer, notFound, toJsonAnswer, toRefusal } from '../github/http/answer.ts';
import { toActorBody, toOrganisationBody, toPersonBody } from '../github/rest/bodies.ts';
import type { Account } from './github-oauth.ts';

/** Who asks, with which scopes, and who else there is. */
type Asking = { account: Account; accounts: ReadonlyMap<string, Account>; scopes: string; origin: string };
type Route = {
  path: string;
  /** One of these is needed, where there are any. */
  scopes: readonly string[];
  answer: (asking: Asking, words: readonly string[]) => Answer;
};

const acme = { databaseId: 1, login: 'acme', name: 'Acme', description: null };

/** An organisation as lists have it: less than it says of itself. */
function toOrganisation({ origin }: Asking): Record<string, unknown> {
  const kept = ['login', 'id', 'node_id', 'url', 'repos_url', 'events_url', 'hooks_url', 'issues_url', 'members_url'];
  const wanted = new Set([...kept, 'public_members_url', 'avatar_url', 'description']);
  return Object.fromEntries(Object.entries(toOrganisationBody({ origin }, acme)).filter(([key]) => wanted.has(key)));
}

/** What an organisation says in place of an answer about somebody whose membership it does not tell. */
const obstacles: Readonly<Record<string, () => Answer>> = {
  sso: () =>
    toRefusal(
      403,
      'Resource protected by organization SAML enforcement. You must grant your OAuth token access to this organization.',
      { 'x-github-sso': 'required; url=https://github.com/orgs/acme/sso?authorization_request=AZSCKL' },
    ),
  restricted: () =>
    toRefusal(
      403,
      'Although you appear to have the correct authorization credentials, the `acme` organization has enabled OAuth App access restrictions, meaning that data access to third-parties is limited.',
    ),
  gone: notFound,
  fails: () => toRefusal(502, 'Server Error'),
};

const inOrganisation =
  (answer: Route['answer']): Route['answer'] =>
  (asking, words) => {
    const { isMember, obstacle } = asking.account;
    if (words[0]?.toLowerCase() !== acme.login || !isMember) return notFound();
    return obstacles[obstacle ?? '']?.() ?? answer(asking, words);
  };

const toState = ({ obstacle }: Account) => (obstacle === 'pending' ? 'pending' : 'active');

function toTeam(slug: string, asking: Asking): Record<string, unknown> {
  const { origin } = asking;
  const url = `${origin}/api/v3/organizations/1/team/${slug.length}`;
  const created = '2026-01-05T08:00:00Z';
  return {
    ...{ id: slug.length, node_id: toNodeId('T', slug), slug, name: slug, description: null, url },
    ...{
      html_url: `${origin}/orgs/acme/teams/${slug}`,
      privacy: 'closed',
      notification_setting: 'notifications_enabled',
    },
    ...{ permission: 'pull', members_url: `${url}/members{/member}`, repositories_url: `${url}/repos`, parent: null },
    ...{ members_count: 1, repos_count: 0, created_at: created, updated_at: created, type: 'organization' },
    organization: {
      ...toOrganisationBody(asking, acme),
      ...{ organization_id: 1, plan: { name: 'enterprise', space: 1, private_repos: 1, filled_seats: 1, seats: 1 } },
    },
  };
}

const routes: readonly Route[] = [
  {
    path: '/user',
    scopes: [],
    answer: ({ account, origin }) =>
      toJsonAnswer(
        toPersonBody(
          { origin },
          { databaseId: account.id, login: account.login, name: account.title, email: null, bio: null },
        ),
      ),
  },
  {
    path: '/user/emails',
    scopes: ['user', 'user:email'],
    answer: ({ account: { email, isVerified, login } }) =>
      toJsonAnswer([
        { email: `${login}@users.noreply.github.com`, primary: false, verified: true, visibility: null },
        { email, primary: true, verified: isVerified, visibility: 'private' },
      ]),
  },
  {
    path: '/user/orgs',
    scopes: ['user', 'read:org'],
    answer: (asking) => {
      const { isMember, obstacle } = asking.account;
      return toJsonAnswer(isMember && obstacle === undefined ? [toOrganisation(asking)] : []);
    },
  },
  {
    path: '/user/teams',
    scopes: ['user', 'read:org'],
    answer: (asking) => {
      const { isMember, obstacle, groups } = asking.account;
      const isHidden = !isMember || obstacle !== undefined;
      const told: Record<string, string> =
        obstacle === 'sso' ? { 'x-github-sso': 'partial-results; organizations=1' } : {};
      return toJsonAnswer(isHidden ? [] : groups.map((slug) => toTeam(slug, asking)), 200, told);
    },
  },
  {
    path: '/user/memberships/orgs/:org',
    scopes: ['user', 'read:org'],
    answer: inOrganisation((asking) => {
      const { account, origin } = asking;
      return toJsonAnswer({
        ...{ url: `${origin}/api/v3/orgs/acme/memberships/${account.login}`, state: toState(account), role: 'member' },
        ...{ organization_url: `${origin}/api/v3/orgs/acme`, organization: toOrganisation(asking) },
        user: toActorBody({ origin }, account.login, account.id, 'User'),
      });
    }),
  },
  {
    path: '/orgs/:org/teams/:team/memberships/:user',
    scopes: ['read:org'],
    answer: inOrganisation(({ account, accounts, origin }, [, slug = '', login = '']) => {
      const asked = accounts.get(login);
      // A team that is secret, or that somebody is not in, is told apart from one that is not there by nothing.
      if (!asked?.groups.includes(slug) || account.obstacle === 'pending') return notFound();
      const state = account.obstacle === 'pending in teams' ? 'pending' : 'active';
      const url = `${origin}/api/v3/organizations/1/team/${slug.length}/memberships/${login}`;
      return toJsonAnswer({ url, role: 'member', state });
    }),
  },
];

/** What GitHub's descriptions call the parts that a path names. */
const words: Readonly<Record<string, string>> = { ':org': '{org}', ':team': '{team_slug}', ':user': '{username}' };

/** Answers a question about who somebody is, and says which one it was. */
export function answerRest(path: string, asking: Asking): { answer: Answer; operation: string } {
  const asked = path.replace(/^\/api\/v3/, '');
  for (const route of routes) {
    const pattern = new RegExp(`^${route.path.replace(/:\w+/g, '([^/]+)')}$`);
    const found = pattern.exec(asked);
    if (!found) continue;
    const operation = `GET ${route.path.replace(/:\w+/g, (word) => words[word] ?? word)}`;
    const given = asking.scopes.split(/[ ,]+/);
    const isIn = route.scopes.length === 0 || route.scopes.some((scope) => given.includes(scope));
    return { operation, answer: isIn ? route.answer(asking, found.slice(1).map(decodeURIComponent)) : notFound() };
  }
  return { answer: notFound(), operation: '' };
}
