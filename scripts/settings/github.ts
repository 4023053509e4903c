import { toDecoded } from '#model/paths.ts';
import type { Problem } from '#model/problems.ts';
import type { ConfiguredLocation } from '../settings.ts';
import * as schema from './schema.ts';
import type { SectionReader } from './sections.ts';

/** What a configuration says of GitHub, whichever era of Backstage it was written for. */
export type GithubSettings = {
  /** Where repositories are discovered. */
  providers: schema.GithubProvider[];
  /** Where people and teams come from. */
  organizations: schema.GithubOrgProvider[];
  integrations: schema.GithubIntegration[];
  /** Credentials that the configuration takes from variables or files that are not there. */
  lacking: readonly Problem[];
  reading: schema.GithubReading;
};

type DiscoveryRow = (url: URL, location: ConfiguredLocation) => Partial<GithubSettings>;

/** The location types of the time before providers, and what each stands for today. */
const discoveryTypes: Readonly<Record<string, DiscoveryRow>> = {
  'github-discovery': (url, { target }) => ({ providers: toProviders(url, target) }),
  'github-org': (url, { target }) => ({ organizations: [toOrganization(url, target)] }),
  'github-multi-org': () => ({}),
};

/** Whether a location is not a file but a way of discovering files or people. */
export function isDiscoveryType(type: string): boolean {
  return Object.hasOwn(discoveryTypes, type);
}

/** Collects what all eras of the configuration say of GitHub. */
export function toGithubSettings(reader: SectionReader, locations: readonly ConfiguredLocation[]): GithubSettings {
  const old = locations.map((location) => toOldSettings(location));
  const lacking: Problem[] = [];
  const tellLoss = (problem: Problem) => void lacking.push(problem);
  return {
    providers: [...readProviders(reader), ...old.flatMap(({ providers = [] }) => providers)],
    organizations: [
      ...readOrganizations(reader),
      ...old.flatMap(({ organizations = [] }) => organizations),
      ...readMultiOrganizations(reader, locations),
    ],
    integrations: reader.list('integrations.github', schema.integrationSchema, { tellLoss }).map(({ value }) => value),
    lacking,
    reading: reader.find('portal.github', schema.githubReadingSchema) ?? schema.githubReadingSchema.parse({}),
  };
}

function toOldSettings(location: ConfiguredLocation): Partial<GithubSettings> {
  const row = Object.hasOwn(discoveryTypes, location.type) ? discoveryTypes[location.type] : undefined;
  return row === undefined || !URL.canParse(location.target) ? {} : row(new URL(location.target), location);
}

/** A single provider is told from a map of them by its `organization` or `app`, which no id of a provider would be. */
function readProviders(reader: SectionReader): schema.GithubProvider[] {
  const path = 'catalog.providers.github';
  const tree = reader.findTree(path);
  const isSingle =
    tree?.type === 'map' && ['organization', 'app'].some((key) => tree.entries.get(key)?.tree.type === 'scalar');
  if (isSingle) {
    const provider = reader.find(path, schema.githubProviderSchema);
    return provider === undefined ? [] : [{ ...provider, id: 'default' }];
  }
  return reader.entries(path, schema.githubProviderSchema).map(({ key, value }) => ({ ...value, id: key }));
}

function readOrganizations(reader: SectionReader): schema.GithubOrgProvider[] {
  return reader.list('catalog.providers.githubOrg', schema.githubOrgProviderSchema).map(({ value }) => {
    if (value.target === undefined) return value;
    const { githubUrl, orgs } = toOrganization(new URL(value.target), value.target);
    return { ...value, githubUrl, orgs: value.orgs ?? orgs };
  });
}

function readMultiOrganizations(
  reader: SectionReader,
  locations: readonly ConfiguredLocation[],
): schema.GithubOrgProvider[] {
  const target = locations.find(({ type }) => type === 'github-multi-org')?.target;
  if (target === undefined || !URL.canParse(target)) return [];
  const githubUrl = new URL(target).origin;
  return reader.list('catalog.processors.githubMultiOrg.orgs', schema.multiOrgSchema).map(({ value }) => {
    const { name, ...namespaces } = value;
    return { id: name, githubUrl, orgs: [name], excludeSuspendedUsers: false, ...namespaces };
  });
}

function toOrganization(url: URL, id: string): schema.GithubOrgProvider {
  const name = url.pathname.split('/').find((part) => part !== '');
  return { id, githubUrl: url.origin, ...(name === undefined ? {} : { orgs: [name] }), excludeSuspendedUsers: false };
}

/** `https://github.com/<organization>[/<repository pattern>[/blob/<branch or ->/<path>]]`, `*` being any text. */
function toProviders(url: URL, id: string): schema.GithubProvider[] {
  const [organization, repository, , branch, ...path] = url.pathname.split('/').filter((part) => part !== '');
  if (organization === undefined) return [];
  const parsed = schema.githubProviderSchema.safeParse({
    host: url.host,
    organization,
    ...(path.length === 0 ? {} : { catalogPath: `/${toDecoded(path.join('/'))}` }),
    filters: {
      ...(branch === undefined || branch === '-' ? {} : { branch }),
      ...(repository === undefined ? {} : { repository: repository.replaceAll('.', '\\.').replaceAll('*', '.*') }),
    },
  });
  return parsed.success ? [{ ...parsed.data, id }] : [];
}

/** Finds the organisation that all of the configuration is about; undefined when there is none, or more than one. */
export function findHome({ providers, organizations }: GithubSettings): { url: string; branch?: string } | undefined {
  const urls = new Set([
    ...providers.flatMap(({ host, organization }) =>
      organization === undefined ? [] : [`https://${host}/${organization}`],
    ),
    ...organizations.flatMap(({ githubUrl, orgs = [] }) =>
      orgs.map((name) => `${githubUrl.replace(/\/+$/, '')}/${name}`),
    ),
  ]);
  const [url] = urls;
  if (url === undefined || urls.size > 1) return undefined;
  const branch = providers.find(({ filters }) => filters.branch !== undefined)?.filters.branch;
  return branch === undefined ? { url } : { url, branch };
}
