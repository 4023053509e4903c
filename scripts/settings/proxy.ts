import type { z } from 'zod';
import { isLoopbackName } from '#model/loopback.ts';
import type { IdentitySettings, ProxySettings } from '../../src/proxy/settings.ts';
import { toClusters } from './proxy-clusters.ts';
import { tellWrong } from './proxy-parts.ts';
import * as schema from './proxy-schema.ts';
import { toArgocd, toPagerduty, toPrometheus } from './proxy-systems.ts';
import { type GithubIntegration, integrationSchema } from './schema.ts';
import type { SectionReader } from './sections.ts';
import type { Environment } from './substitute.ts';
import { listUnknownSettings } from './unknown.ts';

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

/** How people are known. A mistake in it must not let strangers in, so it lets in nobody. */
function toIdentity(reader: SectionReader, plainHttp: ReadonlySet<string>): IdentitySettings | undefined {
  const path = 'portal.proxy.identity';
  const tree = reader.findTree(path);
  if (tree === undefined || (tree.type === 'scalar' && tree.value === null)) return undefined;
  const found = reader.find(path, schema.identitySchema);
  const keys = found?.pemUrl === undefined ? 'jwksUrl' : 'pemUrl';
  const { protocol, hostname, host } = new URL(found?.[keys] ?? 'https://nobody.invalid/');
  const isSafe = protocol === 'https:' || isLoopbackName(hostname) || plainHttp.has(host);
  if (!isSafe)
    tellWrong(reader, `${path}.${keys}`, 'must be https: whoever can change these keys can be anybody', tree.place);
  if (found && isSafe) return found;
  tellWrong(reader, path, 'is not understood, so nobody is let in until it is corrected', tree.place);
  return nobody;
}

function toSecrets(reader: SectionReader, environment: Environment): ProxyConfiguration['secrets'] {
  const rows = reader.list('portal.proxy.secrets', schema.proxySecretSchema).map(({ value }) => value);
  return new Map(rows.map(({ name, value }) => [name, value ?? (environment[name]?.trim() || undefined)]));
}
