import type { Files } from '../git/import.ts';
import type { OrganisationSeed, RepositorySeed, TeamSeed } from './seed.ts';

export type SyntheticOptions = {
  login?: string;
  repositories: number;
  /** How many of them have a catalog file; the first ones do. */
  withCatalog?: number;
  /** How many of them have docs; the first ones do. */
  withDocs: number;
  /** How many files a docs tree has. */
  docsFiles?: number;
  /** About how long a page is. */
  pageBytes?: number;
  teams?: number;
};

/** An organisation of any size, the same for the same numbers; no two pages in it are alike. */
export function toSynthetic(options: SyntheticOptions): OrganisationSeed {
  const { login = 'synthetic', repositories, teams = 40 } = options;
  const list = <Row>(length: number, toRow: (at: number) => Row) => Array.from({ length }, (_, at) => toRow(at));
  return {
    login,
    name: 'Synthetic',
    sharesObjects: true,
    repositories: list(repositories, (at) => toRepository(options, at)),
    members: list(teams * 3, (at) => ({ login: `person-${at}`, name: `Person ${at}` })),
    teams: list(teams, toTeam),
  };
}

const toTeam = (at: number): TeamSeed => ({
  slug: `team-${at}`,
  name: `Team ${at}`,
  parent: at < 8 ? undefined : `team-${at % 8}`,
  members: [0, 1, 2].map((person) => `person-${at * 3 + person}`),
});

function toRepository(options: SyntheticOptions, at: number): RepositorySeed {
  const { withDocs, repositories, withCatalog = repositories, docsFiles = 30, pageBytes = 2000, teams = 40 } = options;
  const name = `service-${String(at).padStart(5, '0')}`;
  const files = (): Files => ({
    'README.md': `# ${name}\n`,
    ...(at < withCatalog ? { 'catalog-info.yaml': toCatalog(name, at % teams, at < withDocs) } : {}),
    ...(at < withDocs ? toDocs(name, docsFiles, pageBytes) : {}),
  });
  return { name, files, topics: at % 3 === 0 ? ['service'] : [] };
}

const toCatalog = (name: string, team: number, hasDocs: boolean) => `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${name}
  description: Does what ${name} is there for
${hasDocs ? '  annotations:\n    backstage.io/techdocs-ref: dir:.\n' : ''}spec:
  type: service
  lifecycle: production
  owner: team-${team}
`;

function toDocs(name: string, count: number, bytes: number): Files {
  const paths = Array.from({ length: count }, (_, at) => (at === 0 ? 'index.md' : `topic-${at % 5}/page-${at}.md`));
  const pages = paths.map((path): [string, string] => [`docs/${path}`, toPage(`${name}, ${path}`, bytes)]);
  return { 'mkdocs.yml': `site_name: ${name}\nplugins: [techdocs-core]\n`, ...Object.fromEntries(pages) };
}

/** Prose of about this length that is like no other page's. */
function toPage(title: string, bytes: number): string {
  const sentence = `What holds for ${title} is written here, once. `;
  const paragraph = `${sentence.repeat(5).trimEnd()}\n\n`;
  return `# ${title}\n\n${paragraph.repeat(Math.max(1, Math.round(bytes / paragraph.length)))}`;
}
