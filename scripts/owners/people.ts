import type { Catalog } from '#model/catalog.ts';
import { defaultNamespace, type RefText, toRef } from '#model/ref.ts';

/** Who is meant by the names of a forge, and who stands above whom. */
export type People = {
  /** The group or user that `@organisation/team`, `@login` or an e-mail address leads to. */
  find: (written: string) => RefText | undefined;
  /** Whether one of the two is the other, or stands above it. */
  isWithin: (a: RefText, b: RefText) => boolean;
  /** Whether this audience may not see who somebody is, or who stands above: then nothing can be said of them. */
  isInTheDark: (ref: RefText | undefined) => boolean;
};

/** Reads from a catalog who is called what. */
export function createPeople(catalog: Catalog): People {
  const names = new Map<string, RefText>();
  const add = (key: string, ref: RefText) => {
    if (!names.has(key) || toRef(ref).namespace === defaultNamespace) names.set(key, ref);
  };
  for (const { ref, entity } of catalog.entities.values())
    for (const key of listNames(ref, entity.metadata.annotations ?? {}, entity.spec?.profile)) add(key, ref);
  const above = createAbove(catalog);
  const { hidden } = catalog;
  return {
    find: (written) => listKeys(written.toLowerCase()).flatMap((key) => names.get(key) ?? [])[0],
    isWithin: (a, b) => a === b || above(a).has(b) || above(b).has(a),
    isInTheDark: (ref) =>
      hidden !== undefined && (ref === undefined || [...above(ref)].some((each) => hidden.has(each))),
  };
}

/** What a group or a user is called; one that says its name at the forge has no other there. */
function listNames(ref: RefText, annotations: Readonly<Record<string, string>>, profile: unknown): string[] {
  const { kind, name } = toRef(ref);
  if (kind !== 'group' && kind !== 'user') return [];
  const said = annotations[kind === 'group' ? 'github.com/team-slug' : 'github.com/user-login'];
  const email = profile !== null && typeof profile === 'object' && 'email' in profile ? profile.email : undefined;
  return [
    said === undefined ? `${kind} ${name}` : `${kind} @${said.toLowerCase()}`,
    ...(typeof email === 'string' ? [`email ${email.toLowerCase()}`] : []),
  ];
}

/** What to look for, the surest first. */
function listKeys(written: string): string[] {
  if (!written.startsWith('@')) return [`email ${written}`];
  const name = written.slice(written.lastIndexOf('/') + 1).replace(/^@/, '');
  return written.includes('/')
    ? [`group ${written}`, `group ${name}`]
    : [`user ${written}`, `user ${name}`, `group ${name}`];
}

/** Everything that stands above a group or a user, worked out once for each. */
function createAbove({ entities }: Catalog): (ref: RefText) => ReadonlySet<RefText> {
  const known = new Map<RefText, ReadonlySet<RefText>>();
  return (ref) => {
    const found = known.get(ref);
    if (found) return found;
    const above = new Set<RefText>([ref]);
    for (const each of above)
      for (const { type, target } of entities.get(each)?.relations ?? [])
        if (type === 'childOf' || type === 'memberOf') above.add(target);
    known.set(ref, above);
    return above;
  };
}
