import { isAbsolute, join, resolve } from 'node:path';
import { proxyCatalogPath } from '#model/live/catalog.ts';
import { isLoopbackName } from '#model/loopback.ts';
import { formatPlace } from '#model/place.ts';
import type { Problem } from '#model/problems.ts';
import type { AuditLog } from '../../src/proxy/audit.ts';
import type { CatalogPlace } from '../../src/proxy/io/catalog-source.ts';
import { usualLimits } from '../../src/proxy/io/limits.ts';
import { type OpenProxy, openProxy } from '../../src/proxy/io/open.ts';
import type { FindClaims } from '../../src/proxy/io/serve.ts';
import { openSources } from '../../src/proxy/io/sources.ts';
import type { UpstreamLimits } from '../../src/proxy/io/upstream.ts';
import type { ProxySettings } from '../../src/proxy/settings.ts';
import { widgets } from '../../src/proxy/widgets/index.ts';
import { openLog } from '../../src/proxy/widgets/kubernetes/log.ts';
import { type Demo, demoReader, startDemo } from '../demo/index.ts';
import { toGithubHosts } from '../io/github/credentials.ts';
import { loadProxyConfiguration } from '../io/settings.ts';
import { PortalError } from '../portal-error.ts';
import type { ProxyConfiguration } from '../settings/proxy.ts';
import type { CommandContext } from './define.ts';

/** Where the catalog of the proxy lies: the address of a portal, the folder of a built site, or the file itself. */
export function toCatalogPlace(word: string, workingFolder: string): CatalogPlace {
  if (/^https?:\/\//.test(word)) {
    const url = word.endsWith('.json') ? word : `${word.replace(/\/+$/, '')}${proxyCatalogPath}`;
    if (isCatalogUrl(url)) return { url };
    // The word is not repeated: there may be a password in it.
    throw new PortalError('The address of the catalog cannot be used.', {
      hint: 'Name the portal as `--catalog https://portal.example.org/`: with https or on this machine, without a name and password.',
    });
  }
  const path = isAbsolute(word) ? word : resolve(workingFolder, word);
  return { file: path.endsWith('.json') ? path : join(path, proxyCatalogPath) };
}

function isCatalogUrl(text: string): boolean {
  const { protocol, hostname = '', username, password } = URL.parse(text) ?? {};
  const isSafe = protocol === 'https:' || (protocol === 'http:' && isLoopbackName(hostname));
  return isSafe && !username && !password;
}

/** What the configuration tells the proxy; the digest changes when the configuration does. */
export type LoadedSettings = { settings: ProxySettings; problems: Problem[]; digest: string };

/** Reads what the options and the environment tell the proxy. */
export function loadProxySettings(
  { config }: Record<string, unknown>,
  root: string,
  environment: CommandContext['environment'],
): LoadedSettings {
  const configs = Array.isArray(config) ? config.map(String) : [];
  const { value, problems, digest } = loadProxyConfiguration(root, configs, environment);
  const missing = problems.find(({ code }) => code === 'configuration-missing');
  if (missing)
    throw new PortalError(`${missing.what.slice(0, -1)} in ${root}.`, {
      hint: 'Name the folder of your configuration with --root, or its files with --config.',
    });
  return { settings: toSettings(value), problems, digest };
}

const toSettings = (value: ProxyConfiguration): ProxySettings => ({
  ...value,
  github: toGithubHosts(value.github, { fetch, now: Date.now }),
  isDemo: false,
});

/**
 * The same settings with the systems of the demonstration in the place of the real ones; links still lead to those. Nobody has
 * to sign in to see it: it is shown as somebody of the demo organisation sees it. What is made up never gets into the cache that real replicas share.
 */
export function toDemoSettings(real: ProxySettings, { urls, token, secrets }: Demo): ProxySettings {
  const { identity: _identity, sharedCache: _sharedCache, ...settings } = real;
  const credential = async () => ({ authorization: `Bearer ${token}` });
  const [cluster, argocd, prometheus] = [settings.clusters[0], settings.argocd[0], settings.prometheus[0]];
  return {
    ...settings,
    clusters: [{ name: 'prod-us', ...cluster, url: urls.kubernetes, credential, skipTlsVerify: false }],
    customResources: [{ group: 'argoproj.io', apiVersion: 'v1alpha1', plural: 'rollouts' }],
    argocd: [{ name: 'prod-us', ...argocd, url: urls.argocd, webUrl: argocd?.url ?? urls.argocd, credential }],
    prometheus: [{ name: 'Prometheus', queries: [], ...prometheus, url: urls.prometheus, credential }],
    pagerduty: { name: 'PagerDuty', url: urls.pagerduty, credential },
    github: [{ host: 'github.com', apiUrl: urls.github, webUrl: 'https://github.com', toCredential: () => credential }],
    secrets,
    logReaders: 'everyone',
    demoReader,
    isDemo: true,
  };
}

/** The same settings for a site that this machine alone can see: a page of elsewhere whose name leads here is not answered. */
export function toLocalSettings(settings: ProxySettings): ProxySettings {
  return { ...settings, hosts: ['localhost', '127.0.0.1', '[::1]'], proxiesInFront: 0 };
}

/** The same settings without any system: what is left is who asks. */
export function toSystemless(settings: ProxySettings): ProxySettings {
  const { pagerduty: _pagerduty, sharedCache: _sharedCache, ...rest } = settings;
  return { ...rest, clusters: [], customResources: [], argocd: [], prometheus: [], github: [] };
}

export type LiveOptions = {
  settings: ProxySettings;
  catalog: CatalogPlace;
  /** The site's base: `/` or `/portal`. */
  base: string;
  version: string;
  /** How many questions a minute one reader may ask. */
  perMinute?: number;
  /** Milliseconds since 1970. */
  now?: () => number;
  /** What each system may cost; the usual where it says nothing. */
  upstreamLimits?: Partial<UpstreamLimits>;
  /** Nothing is written of requests; where somebody looks at it on their own machine. */
  isQuiet?: boolean;
  /** Where requests are written down instead. */
  log?: AuditLog;
  /** Who asks, where a gate stands before the proxy. */
  findClaims?: FindClaims | undefined;
};

/** Opens a proxy over everything that its settings name. */
export function openLive(options: LiveOptions): OpenProxy {
  const { settings, catalog, base, version, now, upstreamLimits, perMinute, isQuiet, log, findClaims } = options;
  return openProxy({
    ...{ settings, catalog, base, version, now, widgets, openLog, findClaims },
    toSources: (meter) => openSources(settings, { meter, version, now, limits: upstreamLimits }),
    ...(perMinute !== undefined && { limits: { ...usualLimits, perMinute } }),
    ...(log && { log }),
    ...(isQuiet && { log: { request: () => {}, problem: () => {} } }),
  });
}

/** Opens a proxy over the systems of the demonstration. */
export async function openDemo(options: LiveOptions): Promise<OpenProxy> {
  const demo = await startDemo(Date.now);
  const proxy = openLive({ ...options, settings: toDemoSettings(options.settings, demo) });
  return {
    ...proxy,
    stop: () => {
      proxy.stop();
      void demo.stop();
    },
  };
}

/** What is wrong with the configuration, a line each. */
export function formatSettingsProblems(problems: readonly Problem[]): string {
  return problems
    .map(({ level, what, mend, place }) => `${place ? `${formatPlace(place)}  ` : ''}${level}  ${what}\n  ${mend}\n`)
    .join('');
}
