import type { Permission } from '../auth/permissions.ts';
import type { Context } from '../context.ts';
import { faults } from '../faults/faults.ts';
import { type Answer, notFound, toRefusal } from '../http/answer.ts';
import type { Organisation, Repository } from '../world/model.ts';
import type { Asked } from './route.ts';

/** Finds the repository that a path names, checks that it may be read, and answers from it. */
export function withRepository(
  permission: Permission,
  answer: (repository: Repository, asked: Asked) => Answer | Promise<Answer>,
): (asked: Asked) => Answer | Promise<Answer> {
  return (asked) => {
    const { context, words, call } = asked;
    const slug = `${words.owner}/${words.repo}`;
    const { repository, hasMoved } = context.world.findRepository(slug) ?? {};
    if (!repository || !context.identity.sees(repository)) return notFound();
    if (hasMoved) return toRedirect(context, repository, call.path.split('/').slice(4).join('/'), call.url.search);
    return findRefusal(context, repository, permission) ?? answer(repository, asked);
  };
}

/** Like GitHub, sends whoever uses a former name to the repository's number. */
function toRedirect({ origin }: Context, { databaseId }: Repository, rest: string, search: string): Answer {
  const location = `${origin}/api/v3/repositories/${databaseId}${rest ? `/${rest}` : ''}${search}`;
  return { ...toRefusal(301, 'Moved Permanently', { location }) };
}

function findRefusal(context: Context, repository: Repository, permission: Permission): Answer | undefined {
  const { world, identity } = context;
  if (repository.denial === 'blocked') return faults.blocked.answer();
  const organisation = world.findOrganisation(repository.owner);
  if (repository.denial === 'sso' || !identity.hasPassedSso(organisation))
    return toSsoRefusal(context, repository.owner);
  return identity.may(permission, repository) ? undefined : toMissingPermission(context, permission);
}

const toSsoRefusal = ({ origin }: Context, owner: string): Answer => faults.sso.answer({ origin, owner });

/** What GitHub says where a token lacks a permission, and which one would do. */
export function toMissingPermission({ identity }: Context, permission: Permission): Answer {
  const accepted = { 'x-accepted-github-permissions': `${permission}=read` };
  if (identity.kind === 'installation') return toRefusal(403, 'Resource not accessible by integration', accepted);
  if (identity.scopes) return toRefusal(403, 'Must have admin rights to Repository.', accepted);
  return toRefusal(403, 'Resource not accessible by personal access token', accepted);
}

/** Finds the organisation that a path names, and answers from it. */
export function withOrganisation(
  answer: (organisation: Organisation, asked: Asked) => Answer | Promise<Answer>,
): (asked: Asked) => Answer | Promise<Answer> {
  return (asked) => {
    const { context, words } = asked;
    const organisation = context.world.findOrganisation(words.org ?? '');
    if (!organisation) return notFound();
    return context.identity.hasPassedSso(organisation)
      ? answer(organisation, asked)
      : toSsoRefusal(context, organisation.login);
  };
}
