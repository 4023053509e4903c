import type { ProxyConfiguration } from './proxy.ts';
import { listDistinct, listMethodPaths, tell, tellWrong, toBearer, withoutSlash } from './proxy-parts.ts';
import * as schema from './proxy-schema.ts';
import type { SectionReader } from './sections.ts';

type Headers = Record<string, string>;

/** The instances of Argo CD that the configuration names. */
export function toArgocd(reader: SectionReader): ProxyConfiguration['argocd'] {
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
export function toPagerduty(reader: SectionReader): ProxyConfiguration['pagerduty'] {
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
export function toPrometheus(reader: SectionReader): ProxyConfiguration['prometheus'] {
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
