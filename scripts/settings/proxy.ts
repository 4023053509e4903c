import type { z } from 'zod';
import type { Place } from '#model/place.ts';
import { type Problem, toProblem } from '#model/problems.ts';
import type { IdentitySettings, ProxySettings } from '../../src/proxy/settings.ts';
import * as schema from './proxy-schema.ts';
import { type GithubIntegration, integrationSchema } from './schema.ts';
import type { Section, SectionReader } from './sections.ts';
import type { Environment } from './substitute.ts';
import { toPath } from './tree.ts';
import { listUnknownSettings } from './unknown.ts';

type Headers = Record<string, string>;

/**
 * What the operator says of the proxy, checked: everything of `ProxySettings` but how GitHub is signed in to, which takes a
 * network. A part that is wrong is left out and told of; nothing else is touched by it.
 */
export type ProxyConfiguration = Omit<ProxySettings, 'github' | 'isDemo'> & { github: readonly GithubIntegration[] };

type Outside = { environment: Environment; readFile: (path: string) => string | undefined };

/** Reads the sections of Backstage that name systems, and `portal.proxy`. */
export function toProxyConfiguration(reader: SectionReader, outside: Outside): ProxyConfiguration {
  tellUnknown(reader);
  const { hosts, plainHttp, ...single } = schema.proxySettings;
  const cache = reader.find('portal.proxy.cache', single.cache);
  const plain = new Set(listWords(reader, 'portal.proxy.plainHttp', plainHttp));
  const identity = toIdentity(reader, plain);
  const pagerduty = toPagerduty(reader);
  return {
    clusters: toClusters(reader, outside),
    customResources: reader.list('kubernetes.customResources', schema.customResourceSchema).map(({ value }) => value),
    argocd: toArgocd(reader),
    ...(pagerduty && { pagerduty }),
    prometheus: toPrometheus(reader),
    github: reader.list('integrations.github', integrationSchema, { tellLoss: () => {} }).map(({ value }) => value),
    secrets: toSecrets(reader, outside.environment),
    plainHttp: plain,
    hosts: listHosts(reader, hosts),
    proxiesInFront: reader.find('portal.proxy.proxiesInFront', single.proxiesInFront) ?? 0,
    ...(identity && { identity }),
    logReaders: reader.find('portal.proxy.logs', single.logs) ?? 'owners',
    ...(cache !== undefined && { sharedCache: cache }),
  };
}

/** A setting that is misspelt would be missed in silence, and with it what it protects. */
function tellUnknown(reader: SectionReader): void {
  const tree = reader.findTree('portal.proxy');
  if (tree?.type === 'list' || (tree?.type === 'scalar' && tree.value !== null && typeof tree.value !== 'boolean'))
    tellWrong(reader, 'portal.proxy', 'must be a map, `true` or `false`', tree.place);
  reader.problems.push(...listUnknownSettings(reader, 'portal.proxy'));
}

/** The words of a list in lower case; one word by itself is a list of one. */
function listWords(reader: SectionReader, path: string, word: z.ZodType<string>): string[] {
  const isOne = reader.findTree(path)?.type === 'scalar';
  const one = isOne ? reader.find(path, word) : undefined;
  const words = isOne ? [] : reader.list(path, word).map(({ value }) => value);
  return [...words, ...(one === undefined ? [] : [one])].map((each) => each.toLowerCase());
}

/** The hosts that are answered for: any where none is given, and none where none of those that are given is one. */
function listHosts(reader: SectionReader, host: z.ZodType<string>): string[] {
  const tree = reader.findTree('portal.proxy.hosts');
  const words = listWords(reader, 'portal.proxy.hosts', host);
  const isGiven = tree?.type === 'list' ? tree.trees.length > 0 : tree !== undefined;
  const isNothing = tree?.type === 'scalar' && tree.value === null;
  return isGiven && !isNothing && words.length === 0 ? ['none.invalid'] : words;
}

/** What lets nobody in: no algorithm is accepted, so nothing is asked at its address. */
const nobody: IdentitySettings = {
  ...{ header: 'x-nobody', issuer: 'nobody', audience: 'nobody', jwksUrl: 'https://nobody.invalid/', algorithms: [] },
  ...{ emailClaim: 'email', loginClaim: 'login' },
};

const loopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

/** How people are known. A mistake in it must not let strangers in, so it lets in nobody. */
function toIdentity(reader: SectionReader, plainHttp: ReadonlySet<string>): IdentitySettings | undefined {
  const path = 'portal.proxy.identity';
  const tree = reader.findTree(path);
  if (tree === undefined || (tree.type === 'scalar' && tree.value === null)) return undefined;
  const found = reader.find(path, schema.identitySchema);
  const { protocol, hostname, host } = new URL(found?.jwksUrl ?? nobody.jwksUrl);
  const isSafe = protocol === 'https:' || loopback.test(hostname) || plainHttp.has(host);
  if (!isSafe)
    tellWrong(reader, `${path}.jwksUrl`, 'must be https: whoever can change these keys can be anybody', tree.place);
  if (found && isSafe) return found;
  tellWrong(reader, path, 'is not understood, so nobody is let in until it is corrected', tree.place);
  return nobody;
}

/** The entries of a list inside each entry of a list of `…LocatorMethods`; methods of another type than `config` are told of. */
function listMethodPaths(reader: SectionReader, path: string, list: string): string[] {
  const methods = reader.findTree(path);
  if (methods === undefined) return [];
  if (methods.type !== 'list') {
    tellWrong(reader, path, 'must be a list', methods.place);
    return [];
  }
  return methods.trees.flatMap((tree, at) => {
    if (tree.type !== 'map') tellWrong(reader, `${path}[${at}]`, 'must be a map', tree.place);
    const type = reader.findTree(`${path}.${at}.type`);
    const name = type?.type === 'scalar' ? String(type.value) : 'config';
    if (name === 'config') return [`${path}.${at}.${list}`];
    tell(
      reader,
      `${path}[${at}].type`,
      `the proxy asks only what stands in this file, and knows no \`${name}\``,
      tree.place,
    );
    return [];
  });
}

function tell(reader: SectionReader, key: string, reason: string, place: Place): void {
  const problem: Problem = toProblem('setting-not-honoured', { key, reason }, { place });
  reader.problems.push(problem);
}

function tellWrong(reader: SectionReader, key: string, message: string, place: Place): void {
  reader.problems.push(toProblem('setting-wrong-type', { key, message }, { place }));
}

/** The first of each name: what is kept of a system, and who is let in there, goes by its name. */
function listDistinct<Value extends { name: string }>(
  reader: SectionReader,
  path: string,
  sections: readonly Section<Value>[],
): Section<Value>[] {
  const names = new Set<string>();
  return sections.filter(({ value: { name }, place }) => {
    const isNew = !names.has(name);
    if (!isNew) tellWrong(reader, `${path}: ${name}`, 'is a name that another one has; this one is not asked', place);
    names.add(name);
    return isNew;
  });
}

/** How a cluster may be signed in to: with a token that stands in the configuration, or with the pod's own. */
const providers = new Set(['serviceAccount', 'localKubectlProxy']);

function toClusters(reader: SectionReader, { readFile }: Outside): ProxyConfiguration['clusters'] {
  const path = 'kubernetes.clusterLocatorMethods';
  const sections = listMethodPaths(reader, path, 'clusters').flatMap((list) => reader.list(list, schema.clusterSchema));
  return listDistinct(reader, path, sections).map(({ value, place }) => {
    const {
      name,
      url,
      authProvider = 'serviceAccount',
      serviceAccountToken: token,
      dashboardUrl,
      dashboardApp,
    } = value;
    if (!providers.has(authProvider))
      tell(reader, `${path}: ${name}`, `the proxy signs in with a token, not with \`${authProvider}\``, place);
    const ca = value.caData === undefined ? readCa(value.caFile, place, readFile) : toPem(value.caData);
    if ((value.caData ?? value.caFile) !== undefined && !ca?.includes('-----BEGIN CERTIFICATE-----'))
      tellWrong(reader, `${path}: ${name}`, 'has no certificate in PEM in its `caData` or `caFile`', place);
    return {
      name,
      url: withoutSlash(url),
      ...(token !== undefined && { credential: toBearer(token) }),
      ...(ca?.includes('-----BEGIN CERTIFICATE-----') && { ca }),
      skipTlsVerify: value.skipTLSVerify,
      ...(dashboardUrl !== undefined && {
        dashboard: { url: withoutSlash(dashboardUrl), ...(dashboardApp !== undefined && { app: dashboardApp }) },
      }),
    };
  });
}

/** Backstage writes certificates as base64 of PEM; PEM as it is, is taken too. */
function toPem(text: string): string | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  if (trimmed.startsWith('-----BEGIN')) return trimmed;
  try {
    return atob(trimmed.replaceAll(/\s/g, ''));
  } catch {
    return trimmed;
  }
}

const readCa = (file: string | undefined, place: Place, readFile: Outside['readFile']) =>
  file === undefined ? undefined : readFile(toPath(file, place.path));

function toArgocd(reader: SectionReader): ProxyConfiguration['argocd'] {
  const path = 'argocd.appLocatorMethods';
  for (const key of ['argocd.username', 'argocd.password']) {
    const tree = reader.findTree(key);
    if (tree) tell(reader, key, 'Argo CD is read with the token of an account that can only read', tree.place);
  }
  const sections = listMethodPaths(reader, path, 'instances').flatMap((list) =>
    reader.list(list, schema.argocdInstanceSchema),
  );
  return listDistinct(reader, path, sections).map(({ value: { name, url, token } }) => ({
    name,
    url: withoutSlash(url),
    ...(token !== undefined && { credential: toBearer(token) }),
  }));
}

/** Where there are several accounts, the default one, else the first; OAuth would need a write to be signed in. */
function toPagerduty(reader: SectionReader): ProxyConfiguration['pagerduty'] {
  if (reader.findTree('pagerDuty') === undefined) return undefined;
  const section = reader.find('pagerDuty', schema.pagerdutySchema) ?? {};
  const account = section.accounts?.find(({ isDefault }) => isDefault) ?? section.accounts?.[0];
  const token = section.apiToken ?? account?.apiToken;
  const oauth = reader.findTree('pagerDuty.oauth');
  if (oauth && token === undefined)
    tell(reader, 'pagerDuty.oauth', 'PagerDuty is read with a read-only key, `pagerDuty.apiToken`', oauth.place);
  return {
    name: account?.id ?? 'PagerDuty',
    url: withoutSlash(section.apiBaseUrl ?? account?.apiBaseUrl ?? 'https://api.pagerduty.com'),
    ...(token !== undefined && { credential: async () => ({ authorization: `Token token=${token}` }) }),
  };
}

/** Prometheus by its own address, or behind the endpoint of Backstage's proxy that `prometheus.proxyPath` names. */
function toPrometheus(reader: SectionReader): ProxyConfiguration['prometheus'] {
  const section = reader.find('prometheus', schema.prometheusSchema);
  if (section === undefined) return [];
  const behind = section.proxyPath === undefined ? undefined : findEndpoint(reader, section.proxyPath);
  const url = section.url ?? section.baseUrl ?? behind?.target ?? section.uiUrl;
  if (url === undefined) return [];
  const headers: Headers = {
    ...behind?.headers,
    ...(section.token !== undefined && { authorization: `Bearer ${section.token}` }),
  };
  const uiUrl = section.uiUrl === undefined ? undefined : withoutSlash(section.uiUrl);
  return [
    {
      name: 'Prometheus',
      // Questions begin with `/api/v1` themselves.
      url: withoutSlash(url).replace(/\/api\/v1$/, ''),
      ...(Object.keys(headers).length > 0 && { credential: async () => headers }),
      ...(uiUrl !== undefined && { uiUrl }),
      queries: toQueries(reader),
    },
  ];
}

function findEndpoint(reader: SectionReader, path: string): { target: string; headers: Headers } | undefined {
  // Before 2023 the endpoints stood in `proxy` itself.
  for (const section of ['proxy.endpoints', 'proxy']) {
    const tree = reader.findTree(section);
    if (tree?.type !== 'map' || !tree.entries.has(path)) continue;
    return reader.entries(section, schema.endpointSchema).find(({ key }) => key === path)?.value;
  }
  const tree = reader.findTree('prometheus.proxyPath');
  if (tree) tellWrong(reader, 'prometheus.proxyPath', 'names no entry of `proxy.endpoints`', tree.place);
  return undefined;
}

function toQueries(reader: SectionReader): ProxyConfiguration['prometheus'][number]['queries'] {
  return reader
    .entries('portal.proxy.prometheus.queries', schema.namedQuerySchema)
    .map(({ key: name, value: { title = name, objective, days, ...query } }) => ({
      name,
      title,
      ...query,
      ...(objective !== undefined && { objective }),
      ...(days !== undefined && { days }),
    }));
}

function toSecrets(reader: SectionReader, environment: Environment): ProxyConfiguration['secrets'] {
  const rows = reader.list('portal.proxy.secrets', schema.proxySecretSchema).map(({ value }) => value);
  return new Map(rows.map(({ name, value }) => [name, value ?? (environment[name]?.trim() || undefined)]));
}

const toBearer = (token: string) => async () => ({ authorization: `Bearer ${token}` });

const withoutSlash = (url: string) => url.replace(/\/+$/, '');
