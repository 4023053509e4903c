import { z } from 'zod';
import { type AllowRules, cutGroups, findDenial } from './allow.ts';
import type { Profile, Sealer } from './ports.ts';

const sessionSchema = z.object({
  subject: z.string(),
  email: z.string().optional(),
  login: z.string().optional(),
  person: z.string().optional(),
  groups: z.array(z.string()),
  /** When it began and when it is over whatever happens, in milliseconds since 1970. */
  began: z.number(),
  until: z.number(),
});

/** Somebody who signed in: who they are and until when. It holds no token of the issuer. */
export type Session = z.infer<typeof sessionSchema>;

const longestSign = 254;
const isShort = (sign: string | undefined): sign is string => sign !== undefined && sign.length <= longestSign;

/** The session of somebody who is let in; signs that are longer than such signs are, are left out. */
export function toSession(
  { subject, email, login, person, groups }: Profile,
  rules: AllowRules,
  now: number,
  hours: number,
): Session {
  return {
    subject: subject.slice(0, longestSign),
    ...(isShort(email) && { email }),
    ...(isShort(login) && { login }),
    ...(isShort(person) && { person }),
    groups: cutGroups(groups, rules),
    began: now,
    until: now + hours * 3_600_000,
  };
}

/** Opens a session; nothing where it is not ours, is over, lasts longer than it may, or would not be let in today. */
export async function openSession(
  sealed: string,
  { sealer, rules, now, hours }: { sealer: Sealer; rules: AllowRules; now: number; hours: number },
): Promise<Session | undefined> {
  const { data: session } = sessionSchema.safeParse(await sealer.open('session', sealed));
  if (!session || now >= session.until || now >= session.began + hours * 3_600_000) return undefined;
  return findDenial(session, rules) === undefined ? session : undefined;
}
