import type { Profile } from './ports.ts';

/** The names of the claims that say who somebody is. */
export type ClaimNames = { email: string; login: string; groups: string; person?: string };

type Claims = Readonly<Record<string, unknown>>;

/** Reads a profile from what an issuer proved: the first source that has a claim gives it. */
export function toProfile(subject: string, sources: readonly Claims[], names: ClaimNames): Profile {
  const email = findEmail(sources, names.email);
  const login = findText(sources, names.login);
  const person = names.person === undefined ? undefined : findText(sources, names.person);
  return {
    subject,
    ...(email !== undefined && { email }),
    ...(login !== undefined && { login }),
    ...(person !== undefined && { person }),
    groups: findGroups(sources, names.groups) ?? [],
  };
}

/** Whether a source lacks a claim that is wanted, so that another one has to be asked. */
export function isIncomplete(source: Claims, names: ClaimNames, isGrouped: boolean): boolean {
  const wanted = [
    names.email,
    names.login,
    ...(isGrouped ? [names.groups] : []),
    ...(names.person ? [names.person] : []),
  ];
  return wanted.some((name) => findClaim(source, name) === undefined);
}

/** A claim by its name; where none has it, by the path that its dots make (`realm_access.roles`). */
function findClaim(source: Claims, name: string): unknown {
  if (Object.hasOwn(source, name)) return source[name];
  let found: unknown = source;
  for (const step of name.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, step)) return undefined;
    found = Reflect.get(found, step);
  }
  return found;
}

function findText(sources: readonly Claims[], name: string): string | undefined {
  return sources
    .map((source) => findClaim(source, name))
    .find((value): value is string => typeof value === 'string' && value !== '');
}

/** An address that its issuer calls unverified is none; whether it is, is said where the address is. */
function findEmail(sources: readonly Claims[], name: string): string | undefined {
  const source = sources.find((each) => findText([each], name) !== undefined);
  if (source === undefined) return undefined;
  const isVerified = Object.hasOwn(source, 'email_verified') ? source.email_verified : undefined;
  // Some issuers write it as a word.
  return isVerified === false || isVerified === 'false' ? undefined : findText([source], name);
}

function findGroups(sources: readonly Claims[], name: string): string[] | undefined {
  for (const source of sources) {
    const value = findClaim(source, name);
    if (typeof value === 'string') return [value];
    if (Array.isArray(value)) return value.filter((each): each is string => typeof each === 'string');
  }
  return undefined;
}
