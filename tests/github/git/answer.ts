import type { Context } from '../context.ts';
import { type Answer, toRefusal } from '../http/answer.ts';
import type { Call } from '../http/call.ts';
import { toSlug } from '../world/registry.ts';
import { askHttpBackend } from './http-backend.ts';

const address = /^\/([^/]+\/[^/]+?)(?:\.git)?(\/(?:info\/refs|git-upload-pack|git-receive-pack))$/;

/** The repository and the rest of a path that git asks for. */
export function findGitAddress(path: string): { slug: string; rest: string } | undefined {
  const [, slug, rest] = address.exec(path) ?? [];
  return slug !== undefined && rest !== undefined ? { slug, rest } : undefined;
}

const toText = (status: number, text: string, headers: Record<string, string> = {}): Answer => ({
  status,
  body: Buffer.from(text),
  headers: { 'content-type': 'text/plain; charset=utf-8', ...headers },
});

/** Answers git: reading is checked like everything else, writing is refused. */
export async function answerGit(call: Call, context: Context): Promise<Answer> {
  const { slug, rest } = findGitAddress(call.path) ?? {};
  if (slug === undefined || rest === undefined) return toRefusal(404, 'Not Found');
  const { world, identity, origin } = context;
  const { repository, hasMoved } = world.findRepository(slug) ?? {};
  if (!repository || !identity.sees(repository)) return toUnseen(identity.kind);
  if (hasMoved) return toText(301, '', { location: `${origin}/${toSlug(repository)}.git${rest}${call.url.search}` });
  const refusal = findGitRefusal(context, repository);
  if (refusal) return refusal;
  if (rest === '/git-receive-pack' || call.url.searchParams.get('service') === 'git-receive-pack')
    return toText(403, 'Write access to repository not granted.\n');
  return askHttpBackend(call, repository.folder, rest);
}

// Whoever shows no token is asked for one, so that names of private repositories do not leak.
function toUnseen(kind: Context['identity']['kind']): Answer {
  if (kind === 'anonymous')
    return toText(401, 'Repository not found.\n', { 'www-authenticate': 'Basic realm="GitHub"' });
  return toText(404, 'Repository not found.\n');
}

type SeenRepository = NonNullable<ReturnType<Context['world']['findRepository']>>['repository'];

function findGitRefusal({ world, identity }: Context, repository: SeenRepository): Answer | undefined {
  if (repository.denial === 'blocked') return toText(451, 'Repository unavailable due to DMCA takedown.\n');
  if (repository.denial === 'sso' || !identity.hasPassedSso(world.findOrganisation(repository.owner)))
    return toText(403, 'remote: The organization has enabled or enforced SAML SSO.\n');
  if (repository.isDisabled) return toText(403, 'Repository is disabled.\n');
  if (!identity.may('contents', repository)) return toText(403, 'Write access to repository not granted.\n');
  return undefined;
}
