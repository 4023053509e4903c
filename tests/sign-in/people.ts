import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';

const folder = fileURLToPath(new URL('../../examples/acme/repositories/org/people', import.meta.url));

const userSchema = z.object({
  metadata: z.object({ name: z.string(), annotations: z.record(z.string(), z.string()) }),
  spec: z.object({
    profile: z.object({ displayName: z.string(), email: z.string() }),
    memberOf: z.array(z.string()),
  }),
});

/** Somebody who may sign in. */
export type Person = { name: string; title: string; email: string; login: string; groups: readonly string[] };

/** The people of the demo organisation, as their own files have them. */
export const people: readonly Person[] = globSync('*.yaml', { cwd: folder })
  .toSorted()
  .flatMap((file) => parseAllDocuments(readFileSync(join(folder, file), 'utf8')))
  .map((document) => userSchema.parse(document.toJS()))
  .map(({ metadata: { name, annotations }, spec: { profile, memberOf } }) => ({
    ...{ name, title: profile.displayName, email: profile.email, groups: memberOf },
    login: annotations['github.com/user-login'] ?? name,
  }));

/** Somebody of the demo organisation by their name. */
export function toPerson(name: string): Person {
  const person = people.find((one) => one.name === name);
  if (!person) throw new Error(`The demo organisation has no ${name}.`);
  return person;
}
