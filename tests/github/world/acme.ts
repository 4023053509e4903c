import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import type { Files } from '../git/import.ts';
import type { MemberSeed, OrganisationSeed, TeamSeed } from './seed.ts';

const repositories = fileURLToPath(new URL('../../../examples/acme/repositories', import.meta.url));

const entitySchema = z.object({
  kind: z.string(),
  metadata: z.object({ name: z.string(), title: z.string().optional(), description: z.string().optional() }),
  spec: z.object({
    parent: z.string().optional(),
    memberOf: z.array(z.string()).optional(),
    profile: z.object({ displayName: z.string().optional(), email: z.string().optional() }).optional(),
  }),
});

type Entity = z.infer<typeof entitySchema>;

/** The demo organisation as GitHub would have it: a repository for each folder, teams and people from its `org` folder. */
export function toAcme(): OrganisationSeed {
  // A folder `checkout@v1.8` is no repository but a version of one.
  const names = globSync('*/', { cwd: repositories })
    .filter((name) => !name.includes('@'))
    .toSorted();
  const entities = listPeopleEntities();
  return {
    login: 'acme',
    name: 'Acme',
    members: entities.filter(({ kind }) => kind === 'User').map(toMember),
    teams: entities.filter(({ kind }) => kind === 'Group').map((group) => toTeam(group, entities)),
    repositories: names.map((name) => ({ name, files: readFolder(join(repositories, name)), topics: ['portal'] })),
  };
}

/** All files below a folder of the disk. */
export function readFolder(folder: string): Files {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = found.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1)).toSorted();
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path))]));
}

function listPeopleEntities(): Entity[] {
  const files = globSync('{teams.yaml,people/*.yaml}', { cwd: join(repositories, 'org') }).toSorted();
  return files.flatMap((file) =>
    parseAllDocuments(readFileSync(join(repositories, 'org', file), 'utf8')).map((document) =>
      entitySchema.parse(document.toJS()),
    ),
  );
}

const toLogin = (name: string) => name.replaceAll('.', '-');

function toMember({ metadata, spec: { profile } }: Entity): MemberSeed {
  const { name, description } = metadata;
  return { login: toLogin(name), name: profile?.displayName, email: profile?.email, bio: description };
}

function toTeam({ metadata: { name, title, description }, spec: { parent } }: Entity, entities: Entity[]): TeamSeed {
  const members = entities.filter(({ spec: { memberOf = [] } }) => memberOf.includes(name));
  return { slug: name, name: title, description, parent, members: members.map((user) => toLogin(user.metadata.name)) };
}
