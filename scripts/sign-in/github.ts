import { z } from 'zod';
import type { AllowRules } from './allow.ts';
import type { Outage, Profile } from './ports.ts';

/** An answer of GitHub, as far as it is looked at. */
export type GithubAnswer = { status: number; findHeader: (name: string) => string | null; body: unknown };

/** Where GitHub signs people in, and where its API is. */
export type GithubPlaces = { web: string; api: string };

/** The addresses of a host: GitHub itself, GitHub with data residency, or a server of one's own. */
export function toGithubPlaces(host: string, isInsecure: boolean): GithubPlaces {
  const scheme = isInsecure && /^(?:localhost|127(?:\.\d+){3})(?::\d+)?$/.test(host) ? 'http' : 'https';
  const isCloud = host === 'github.com' || host.endsWith('.ghe.com');
  return { web: `${scheme}://${host}`, api: isCloud ? `https://api.${host}` : `${scheme}://${host}/api/v3` };
}

/** What is asked for when somebody signs in: their verified address, and where a rule needs it, whom they belong to. */
export function listScopes({ organizations, teams }: AllowRules): string[] {
  return [...(organizations || teams ? ['read:org'] : []), 'user:email'];
}

/** A question whether somebody belongs to something, and the name that they have of it then. */
export type MembershipQuestion = { name: string; path: string };

/** Everything that has to be asked about somebody, so that the rules can be judged. */
export function listMembershipQuestions(
  login: string,
  { organizations = [], teams = [] }: AllowRules,
): MembershipQuestion[] {
  const part = encodeURIComponent;
  return [
    ...organizations.map((name) => ({ name, path: `/user/memberships/orgs/${part(name)}` })),
    ...teams.map((name) => {
      const [organization = '', team = ''] = name.split('/');
      return { name, path: `/orgs/${part(organization)}/teams/${part(team)}/memberships/${part(login)}` };
    }),
  ];
}

const membershipSchema = z.object({ state: z.string() });

/**
 * Whether somebody is an active member. An invitation is none; a token that the organisation's single sign-on does not accept
 * proves nothing, and neither does an organisation that keeps us out.
 */
export function toMembership(answer: GithubAnswer): 'active' | 'none' | Outage {
  const { status, body } = answer;
  if (status === 200) return membershipSchema.safeParse(body).data?.state === 'active' ? 'active' : 'none';
  const isNone = status === 404 || (status === 403 && !isSpent(answer));
  return isNone ? 'none' : toGithubOutage(answer);
}

/** Whether GitHub answers nothing more for a while. */
const isSpent = ({ findHeader }: GithubAnswer) =>
  findHeader('retry-after') !== null || findHeader('x-ratelimit-remaining') === '0';

/** What an answer means that says nothing about somebody. */
export function toGithubOutage({ status }: GithubAnswer): Outage {
  const isDown = status >= 500 || status === 429 || status === 403;
  return { kind: isDown ? 'unavailable' : 'broken', reason: `GitHub answers ${status}` };
}

const userSchema = z.object({ id: z.number().int(), login: z.string().min(1) });
const emailsSchema = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }));

/** Who somebody is; nothing where the answer does not say it. */
export function findUser({ status, body }: GithubAnswer): { id: number; login: string } | undefined {
  return status === 200 ? userSchema.safeParse(body).data : undefined;
}

/** The address that GitHub verified and that somebody uses; nothing where there is none. */
export function findEmail({ status, body }: GithubAnswer): string | undefined {
  const emails = status === 200 ? (emailsSchema.safeParse(body).data ?? []) : [];
  return emails.find(({ primary, verified }) => primary && verified)?.email;
}

/** The profile of somebody, with the organisations and teams that they are active members of. */
export function toGithubProfile(
  { id, login }: { id: number; login: string },
  email: string | undefined,
  groups: readonly string[],
): Profile {
  return { subject: `github:${id}`, login, ...(email !== undefined && { email }), groups };
}
