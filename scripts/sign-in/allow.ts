import type { Profile } from './ports.ts';

/** Who is let in. Lists that are absent ask for nothing. */
export type AllowRules = {
  groups?: readonly string[];
  emailDomains?: readonly string[];
  /** Organisations of GitHub, and teams as `organisation/team`. */
  organizations?: readonly string[];
  teams?: readonly string[];
  /** People who are let in whatever the other lists say: an e-mail address, a login, or the issuer's own name of them. */
  users?: readonly string[];
};

type Signs = Pick<Profile, 'subject' | 'email' | 'login' | 'groups'>;

const lower = (texts: readonly string[]) => texts.map((text) => text.toLowerCase());

/** Why somebody is not let in; nothing where they are. Each list that is given must hold by one of its entries. */
export function findDenial(signs: Signs, rules: AllowRules): string | undefined {
  if (isNamed(signs, rules.users ?? [])) return undefined;
  const { groups, emailDomains, organizations, teams } = rules;
  if (!groups && !emailDomains && !organizations && !teams && rules.users) return 'is not among the users';
  if (groups && !groups.some((name) => signs.groups.includes(name))) return 'is in none of the groups';
  if (emailDomains && !isOfDomain(signs.email, emailDomains)) return 'has no e-mail address of the domains';
  if (organizations && !hasOne(signs, organizations)) return 'is an active member of none of the organizations';
  if (teams && !hasOne(signs, teams)) return 'is an active member of none of the teams';
  return undefined;
}

const hasOne = ({ groups }: Signs, names: readonly string[]) =>
  lower(names).some((name) => lower(groups).includes(name));

function isOfDomain(email: string | undefined, domains: readonly string[]): boolean {
  const at = email?.lastIndexOf('@') ?? -1;
  if (email === undefined || at < 1) return false;
  const domain = email.slice(at + 1).toLowerCase();
  return domain !== '' && domains.some((allowed) => allowed.replace(/^@/, '').toLowerCase() === domain);
}

/** An entry with an `@` is an e-mail address and no login, because people may choose a login that looks like an address. */
function isNamed({ subject, email, login }: Signs, users: readonly string[]): boolean {
  return users.some((user) => {
    if (user === subject) return true;
    return user.toLowerCase() === (user.includes('@') ? email : login)?.toLowerCase();
  });
}

const mostGroups = 20;
const mostLetters = 1_500;

/** The groups that the rules name, and no others: a cookie holds 4 KB. */
export function cutGroups(groups: readonly string[], rules: AllowRules): string[] {
  const exact = new Set(rules.groups ?? []);
  const loose = new Set(lower([...(rules.organizations ?? []), ...(rules.teams ?? [])]));
  const named = [...new Set(groups)].filter((name) => exact.has(name) || loose.has(name.toLowerCase()));
  let letters = 0;
  return named.slice(0, mostGroups).filter((name) => {
    letters += new TextEncoder().encode(name).length;
    return letters <= mostLetters;
  });
}
