import type { ProxyEntity } from '#model/live/catalog.ts';
import { toTrouble } from '../../answering/troubles.ts';
import type { UpstreamFinding, WidgetContext } from '../define.ts';
import { type Probed, toFindings, toHeading } from '../findings.ts';
import { accept, type Repository } from './questions.ts';
import { findSlug, parseTarget } from './target.ts';
import { type Part, permissions } from './troubles.ts';

const questions: Record<Part, string> = { repository: '', runs: '/actions/runs', pulls: '/pulls' };
const parts: readonly Part[] = ['repository', 'runs', 'pulls'];

/** Refusals that a missing permission is the likely cause of; GitHub hides what it does not show. */
const isRefusal = (fault: string) => fault === 'forbidden' || fault === 'not-found';

async function checkPart({ upstream, path, slug }: Repository, part: Part): Promise<Probed> {
  const { what, permission } = permissions[part];
  const query: [string, string][] = part === 'repository' ? [] : [['per_page', '1']];
  const outcome = await upstream.ask({ path: `${path}${questions[part]}`, query, accept });
  if (outcome.kind !== 'fault') return { isFine: true, what: `reads ${what}, as of ${slug}` };
  const trouble = toTrouble(upstream.name, outcome.fault);
  return {
    fault: outcome.fault,
    isFine: false,
    what: `${trouble.what}: ${what} of ${slug}`,
    mend: isRefusal(outcome.fault) ? `Grant \`${permission}\` for ${slug}, or correct the annotation.` : trouble.mend,
  };
}

/** One entity of each owner: an App has a credential for each. */
function listOwners(entities: readonly ProxyEntity[]): ProxyEntity[] {
  const owners = new Map<string, ProxyEntity>();
  for (const entity of entities) {
    const slug = findSlug(entity.annotations);
    if (slug && !owners.has(slug.owner.toLowerCase())) owners.set(slug.owner.toLowerCase(), entity);
  }
  return [...owners.values()];
}

/** Asks about one repository of each owner, a question a permission. */
export async function checkGithub(
  { settings, upstreams }: WidgetContext,
  entities: readonly ProxyEntity[],
): Promise<UpstreamFinding[]> {
  const found = listOwners(entities).map(async ({ annotations }) => {
    const { value, troubles } = parseTarget(annotations, settings, upstreams);
    if (!value)
      return troubles.map(({ source, what, mend }) => ({
        upstream: toHeading('github', source),
        isFine: false,
        what,
        mend,
      }));
    const probed = await Promise.all(parts.map((part) => checkPart(value.repository, part)));
    return toFindings('github', value.repository.upstream, probed);
  });
  return (await Promise.all(found)).flat();
}
