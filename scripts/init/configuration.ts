import { Document, isMap, isSeq, type YAMLMap } from 'yaml';
import { type TakenOver, usualToken } from './take-over.ts';
import type { Wishes } from './wishes.ts';

const usualHost = 'github.com';

/** A setting that is added: its path, its value, and what is said above it. */
type Addition = { path: string[]; value: unknown; about?: string };

/** The text of `app-config.yaml`: what was taken over, if anything, and what is asked for. */
export function formatConfiguration(wishes: Wishes, taken: TakenOver | undefined): string {
  const document = taken?.document ?? new Document({});
  for (const { path, value, about } of listAdditions(wishes, taken)) {
    document.setIn(path, document.createNode(value));
    if (about !== undefined) commentOn(document, path.slice(0, taken ? path.length : 1), about);
  }
  if (!taken) document.commentBefore = ' The configuration of the portal. README.md says what belongs to it.';
  return document.toString({ lineWidth: 0 });
}

/** Says something above a key. */
function commentOn(document: Document, path: readonly string[], about: string): void {
  const map = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1));
  const pair = isMap(map) ? map.items.find(({ key }) => String(key) === path.at(-1)) : undefined;
  if (!isMap(map) || !pair) return;
  const key = document.createNode(String(pair.key));
  key.commentBefore = ` ${about}`;
  key.spaceBefore = path.length === 1 && map.items[0] !== pair;
  pair.key = key;
}

function listAdditions(wishes: Wishes, taken: TakenOver | undefined): Addition[] {
  const { title, url, organization, folder } = wishes;
  return [
    ...(url === undefined
      ? []
      : [
          {
            path: ['app', 'baseUrl'],
            value: url,
            about: 'The address that readers open; its path is what the pages lie below.',
          },
        ]),
    ...(organization !== undefined && !taken?.settings.hasIn(['organization', 'name'])
      ? [{ path: ['organization', 'name'], value: organization }]
      : []),
    ...(title === undefined ? [] : [{ path: ['portal', 'title'], value: title }]),
    ...(folder === undefined
      ? []
      : [
          {
            path: ['portal', 'sources'],
            value: [{ folder }],
            about: 'Settings of Portolan. Each folder below one of `sources` is a repository.',
          },
        ]),
    ...listGithub(wishes, taken),
    ...listPeople(taken),
  ];
}

const toOrigin = (host: string) => `https://${host}`;

/** An organisation that is to be read, unless the configuration that was taken over reads one on that host. */
function listGithub({ organization, host }: Wishes, taken: TakenOver | undefined): Addition[] {
  if (organization === undefined) return [];
  const onHost = host === usualHost ? {} : { host };
  const provider = { ...onHost, organization };
  const people = { id: organization, githubUrl: toOrigin(host), orgs: [organization] };
  const integration = {
    host,
    ...(host !== usualHost && { apiBaseUrl: `${toOrigin(host)}/api/v3` }),
    token: `\${${usualToken}}`,
  };
  const isReading = taken?.settings.hasIn(['catalog', 'providers', 'github']);
  const hasToken = taken?.settings.hasIn(['integrations', 'github']);
  return [
    ...(hasToken
      ? []
      : [
          {
            path: ['integrations', 'github'],
            value: [integration],
            about: 'How the organisation is read: with the token in this variable, which the workflow sets.',
          },
        ]),
    ...(isReading
      ? []
      : [
          {
            path: ['catalog', 'providers', 'github'],
            value: { [organization]: provider },
            about: 'Which repositories are read, and whose people and teams.',
          },
        ]),
    ...(taken?.settings.hasIn(['catalog', 'providers', 'githubOrg']) || isReading
      ? []
      : [{ path: ['catalog', 'providers', 'githubOrg'], value: people }]),
  ];
}

/** Before Backstage 1.18 people were read by code, so an old configuration does not ask for them. */
function listPeople(taken: TakenOver | undefined): Addition[] {
  if (!taken || taken.settings.hasIn(['catalog', 'providers', 'githubOrg']) || hasOldPeople(taken.settings)) return [];
  const providers = taken.settings.getIn(['catalog', 'providers', 'github']);
  if (!isMap(providers)) return [];
  const entries =
    typeof providers.get('organization') === 'string' ? [providers] : providers.items.map(({ value }) => value);
  const found = entries.flatMap((entry) => {
    const organization = isMap(entry) ? entry.get('organization') : undefined;
    const host = isMap(entry) ? (entry.get('host') ?? usualHost) : usualHost;
    return typeof organization === 'string' ? [{ organization, host: String(host) }] : [];
  });
  const hosts = [...new Set(found.map(({ host }) => host))];
  const value = hosts.map((host) => ({
    id: host,
    githubUrl: toOrigin(host),
    orgs: [...new Set(found.filter((each) => each.host === host).map(({ organization }) => organization))],
  }));
  const about = 'Added: people and teams, which Backstage read by code when this configuration was written.';
  return value.length === 0 ? [] : [{ path: ['catalog', 'providers', 'githubOrg'], value, about }];
}

function hasOldPeople(settings: YAMLMap): boolean {
  const locations = settings.getIn(['catalog', 'locations']);
  const types = isSeq(locations) ? locations.items.map((each) => (isMap(each) ? each.get('type') : undefined)) : [];
  return types.some((type) => type === 'github-org' || type === 'github-multi-org');
}
