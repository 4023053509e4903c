import { findAnnotation, isSecretName } from '#model/annotations/index.ts';
import type { Entity } from '#model/entity.ts';
import type { Place } from '#model/place.ts';
import { type Problem, toProblem } from '#model/problems.ts';
import { findSafeUrl } from '#model/urls.ts';

type Locate = (path: readonly (string | number)[]) => Place;

/** The entity as it may be shown: without credentials in clear text and without addresses that could run code. */
export function withhold(entity: Entity, locate: Locate): { entity: Entity; problems: Problem[] } {
  const problems: Problem[] = [];
  const { metadata } = entity;
  const annotations = withholdSecrets(metadata.annotations);
  const links = withholdLinks(metadata.links, locate, problems);
  const spec = withholdPicture(entity.spec, locate, problems);
  if (problems.length === 0 && annotations === metadata.annotations) return { entity, problems };
  return { entity: { ...entity, metadata: { ...metadata, annotations, links }, spec }, problems };
}

function withholdSecrets(annotations: Entity['metadata']['annotations']) {
  const isSecret = ([key, value]: [string, string]) => findAnnotation(key)?.withheld && !isSecretName(value);
  const entries = Object.entries(annotations ?? {});
  return entries.some(isSecret) ? Object.fromEntries(entries.filter((entry) => !isSecret(entry))) : annotations;
}

function withholdLinks(links: Entity['metadata']['links'], locate: Locate, problems: Problem[]) {
  return links?.filter((link, index) => {
    if (findSafeUrl(link.url) !== undefined) return true;
    const place = locate(['metadata', 'links', index, 'url']);
    problems.push(toProblem('unsafe-link', { field: `metadata.links[${index}].url` }, { place }));
    return false;
  });
}

function withholdPicture(spec: Entity['spec'], locate: Locate, problems: Problem[]): Entity['spec'] {
  const profile = spec?.profile;
  if (profile === null || typeof profile !== 'object' || !('picture' in profile)) return spec;
  const { picture, ...others } = profile;
  if (typeof picture === 'string' && findSafeUrl(picture) !== undefined) return spec;
  problems.push(
    toProblem('unsafe-link', { field: 'spec.profile.picture' }, { place: locate(['spec', 'profile', 'picture']) }),
  );
  return { ...spec, profile: others };
}
