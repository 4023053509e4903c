import type { ProxyEntity, ProxyPerson } from '#model/live/catalog.ts';
import type { ProxyCatalog } from './catalog.ts';

/** What a proof of signing in says of someone. */
export type Claims = {
  subject: string;
  email?: string;
  login?: string;
  /** Who of the catalog it is: a reference of a User, or the name of one. */
  person?: string;
};

/** What became of the proof: none is asked for, it holds, it does not, or it cannot be checked now. */
export type Identification =
  | { kind: 'anonymous' }
  | { kind: 'signed-in'; claims: Claims }
  | { kind: 'refused' }
  | { kind: 'unknown' };

/** Finds out who asks: by the headers of a request, or by what a gate in the same process found out. Never throws. */
export type Identify = (
  findHeader: (name: string) => string | undefined,
  claims?: Claims | undefined,
) => Promise<Identification>;

/** Believes a gate that stands before us in the same process, and nothing that a request says of itself. */
export const identifyByGate: Identify = async (_, claims) =>
  claims ? { kind: 'signed-in', claims } : { kind: 'refused' };

/** Who asks: nobody in particular, a person of the catalog, or someone signed in whom the catalog does not have. */
export type Viewer =
  | { kind: 'anonymous' }
  | { kind: 'person'; person: ProxyPerson }
  | { kind: 'stranger'; subject: string };

/** Finds someone who signed in among the people of the catalog: by e-mail address, then by login, then by name. */
export function toViewer(claims: Claims, catalog: ProxyCatalog | undefined): Viewer {
  const person = catalog?.findPerson(claims);
  return person ? { kind: 'person', person } : { kind: 'stranger', subject: claims.subject };
}

/** What someone is counted under: who they are, else where they ask from. */
export function toViewerKey(viewer: Viewer, address: string): string {
  if (viewer.kind === 'person') return viewer.person.ref;
  return viewer.kind === 'stranger' ? `stranger ${viewer.subject}` : `address ${address}`;
}

/** Whether someone owns an entity, themselves or by a group. */
export function isOwner(viewer: Viewer, entity: ProxyEntity): boolean {
  if (viewer.kind !== 'person') return false;
  const { ref, groups } = viewer.person;
  return entity.owners.some((owner) => owner === ref || groups.includes(owner));
}

/** What someone may see of an entity, as a part of the key of what is kept for them. */
export function toAuthorisationClass(viewer: Viewer, entity: ProxyEntity): 'owner' | 'reader' {
  return isOwner(viewer, entity) ? 'owner' : 'reader';
}
