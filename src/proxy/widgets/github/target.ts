import type { LiveTrouble } from '#model/live/answer.ts';
import { toWrongAnnotation } from '../../answering/unasked.ts';
import type { ProxySettings } from '../../settings.ts';
import type { Upstreams } from '../define.ts';
import type { Repository } from './questions.ts';

type Host = ProxySettings['github'][number];

export type Target = { repository: Repository; host: Host; owner: string };

const annotation = 'github.com/project-slug';

/**
 * The host of all slugs, which do not say it: github.com where it is configured, else the first host that is. An organisation
 * with an Enterprise host of its own has that one alone.
 */
function findHost(github: ProxySettings['github']): Host | undefined {
  return github.find(({ host }) => host === 'github.com') ?? github[0];
}

const isPlain = (name: string) => /^[\w.-]{1,100}$/.test(name) && !/^\.+$/.test(name);

/** Owner and name of the repository that an annotation names. */
export function findSlug(annotations: Readonly<Record<string, string>>): { owner: string; name: string } | undefined {
  const [owner = '', name = '', ...others] = (annotations[annotation] ?? '').split('/');
  return isPlain(owner) && isPlain(name) && others.length === 0 ? { owner, name } : undefined;
}

const toUnknownOwner = (host: string, owner: string): LiveTrouble => ({
  source: host,
  fault: 'not-configured',
  what: `Nothing lets the portal read the repositories of ${owner} at ${host}`,
  mend: 'The platform team adds a token or an App to `integrations.github` in app-config.yaml.',
});

/** Where to ask about the repository of an entity. */
export function parseTarget(
  annotations: Readonly<Record<string, string>>,
  { github }: ProxySettings,
  { findGithub }: Upstreams,
): { value?: Target; troubles: LiveTrouble[] } {
  const slug = findSlug(annotations);
  const host = findHost(github);
  if (!slug || !host) return { troubles: [toWrongAnnotation(annotation, '`owner/repository`')] };
  const { owner, name } = slug;
  const upstream = findGithub(host.host, owner);
  if (!upstream) return { troubles: [toUnknownOwner(host.host, owner)] };
  const path = `/repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}`;
  return { value: { repository: { upstream, slug: `${owner}/${name}`, path }, host, owner }, troubles: [] };
}
