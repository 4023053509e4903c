import { z } from 'zod';
import { type App, type InstallationSeed, toTokenBody } from '../../auth/apps.ts';
import type { Context } from '../../context.ts';
import { toNodeId } from '../../graphql/node-id.ts';
import { type Answer, notFound, toJsonAnswer, toRefusal } from '../../http/answer.ts';
import { toActorBody, toRepositoryBody } from '../bodies.ts';
import { toPage } from '../pages.ts';
import type { Asked, Route } from '../route.ts';

const created = '2026-01-05T08:00:00Z';

/** Answers an App that came with its own signature; others are told that they need one. */
function withApp(answer: (app: App, asked: Asked) => Answer): (asked: Asked) => Answer {
  return (asked) => {
    const { apps, identity } = asked.context;
    const app = identity.kind === 'app' ? apps.find(({ id }) => id === identity.appId) : undefined;
    return app ? answer(app, asked) : toRefusal(401, 'A JSON web token could not be decoded');
  };
}

function toAppBody(context: Context, { id, slug, permissions }: App) {
  const html = `${context.origin}/github-apps/${slug}`;
  return {
    id,
    slug,
    node_id: toNodeId('A', id),
    client_id: `Iv1.${id}`,
    name: slug,
    description: null,
    permissions,
    events: [],
    external_url: html,
    html_url: html,
    created_at: created,
    updated_at: created,
    owner: toActorBody(context, slug, id, 'Organization'),
  };
}

function toInstallationBody(
  context: Context,
  app: App,
  { id, account, repositories, permissions, isSuspended }: InstallationSeed,
) {
  const url = `${context.origin}/api/v3/app/installations/${id}`;
  const owner = context.world.findOrganisation(account);
  return {
    id,
    app_id: app.id,
    app_slug: app.slug,
    client_id: `Iv1.${app.id}`,
    target_id: owner?.databaseId ?? 0,
    target_type: 'Organization',
    account: toActorBody(context, account, owner?.databaseId ?? 0, 'Organization'),
    access_tokens_url: `${url}/access_tokens`,
    repositories_url: `${context.origin}/api/v3/installation/repositories`,
    html_url: `${context.origin}/organizations/${account}/settings/installations/${id}`,
    events: [],
    permissions: permissions ?? app.permissions,
    repository_selection: repositories ? 'selected' : 'all',
    created_at: created,
    updated_at: created,
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_at: isSuspended ? created : null,
    suspended_by: null,
  };
}

const narrowingSchema = z.object({
  repositories: z.array(z.string()).optional(),
  permissions: z.record(z.string(), z.enum(['read', 'write'])).optional(),
});

function parseNarrowing(body: Buffer): z.infer<typeof narrowingSchema> | undefined {
  try {
    return narrowingSchema.parse(body.length === 0 ? {} : JSON.parse(body.toString('utf8')));
  } catch {
    return undefined;
  }
}

const findInstallation = ({ installations }: App, id: string | undefined) =>
  installations.find((installation) => String(installation.id) === id);

/** Apps, where they are installed, and the tokens they are given there. */
export const appRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/app',
    answer: withApp((app, { context }) =>
      toJsonAnswer({ ...toAppBody(context, app), installations_count: app.installations.length }),
    ),
  },
  {
    method: 'GET',
    path: '/app/installations',
    answer: withApp((app, asked) => {
      const { rows, headers } = toPage(app.installations, asked);
      return toJsonAnswer(
        rows.map((row) => toInstallationBody(asked.context, app, row)),
        200,
        headers,
      );
    }),
  },
  {
    method: 'GET',
    path: '/app/installations/{installation_id}',
    answer: withApp((app, { context, words }) => {
      const found = findInstallation(app, words.installation_id);
      return found ? toJsonAnswer(toInstallationBody(context, app, found)) : notFound();
    }),
  },
  {
    method: 'GET',
    path: '/orgs/{org}/installation',
    answer: withApp((app, { context, words }) => {
      const found = app.installations.find(({ account }) => account.toLowerCase() === words.org?.toLowerCase());
      return found ? toJsonAnswer(toInstallationBody(context, app, found)) : notFound();
    }),
  },
  {
    method: 'POST',
    path: '/app/installations/{installation_id}/access_tokens',
    answer: withApp((app, { context, words, call }) => {
      const found = findInstallation(app, words.installation_id);
      const only = parseNarrowing(call.body);
      if (!found) return notFound();
      if (!only) return toRefusal(400, 'Problems parsing JSON');
      if (found.isSuspended) return toRefusal(403, 'This installation has been suspended');
      return toJsonAnswer(toTokenBody(context.gatekeeper.issue(app, found, only)), 201);
    }),
  },
  {
    method: 'GET',
    path: '/installation/repositories',
    answer: (asked) => {
      const { world, apps, identity } = asked.context;
      const installation = apps
        .flatMap(({ installations }) => installations)
        .find(({ id }) => id === identity.installationId);
      if (!installation)
        return toRefusal(
          403,
          'You must authenticate with an installation access token in order to list repositories for an installation.',
        );
      const seen = world.listRepositories(installation.account).filter((repository) => identity.isGiven?.(repository));
      const { rows, headers } = toPage(seen, asked);
      const repositories = rows.map((repository) => toRepositoryBody(asked.context, repository));
      return toJsonAnswer(
        {
          total_count: seen.length,
          repository_selection: installation.repositories ? 'selected' : 'all',
          repositories,
        },
        200,
        headers,
      );
    },
  },
];
