import type { Fact } from './model.ts';
import type { Resolver } from './resolver.ts';
import type { Schemas } from './schemas.ts';
import { findText, type Keyed, toEntries, toKeyed, toList } from './value.ts';

/** What reading an operation needs of the definition around it. */
export type OpenapiContext = { resolver: Resolver; schemas: Schemas; top: Keyed; isOld: boolean };

/** Where the API is answered, variables filled in with their defaults. */
export function listServers(value: Keyed): { url: string; note?: string }[] {
  if (findText(value.host)) {
    const schemes = toList(value.schemes).filter((each) => typeof each === 'string');
    const base = findText(value.basePath) ?? '';
    return (schemes.length > 0 ? schemes : ['https']).map((scheme) => ({ url: `${scheme}://${value.host}${base}` }));
  }
  return toList(value.servers).flatMap((server) => {
    const { url, description, variables } = toKeyed(server);
    const filled = findText(url)?.replace(/\{([^{}]*)\}/g, (whole, name: string) =>
      String(toKeyed(toKeyed(variables)[name]).default ?? whole),
    );
    return filled ? [{ url: filled, ...(findText(description) && { note: String(description) }) }] : [];
  });
}

/** The address that a request goes to: the first server of the operation or of all of them. */
export function toBaseUrl(operation: Keyed, { top }: OpenapiContext): string {
  const [own] = listServers({ servers: operation.servers });
  const [first] = listServers(top);
  return (own ?? first)?.url.replace(/\/+$/, '') ?? 'https://example.com';
}

const homeOfSchemes = ({ top, isOld }: OpenapiContext) =>
  toKeyed(isOld ? top.securityDefinitions : toKeyed(top.components).securitySchemes);

const findScheme = (name: string, context: OpenapiContext): Keyed =>
  context.resolver.follow(homeOfSchemes(context)[name], context.resolver.root.file)?.value ?? {};

/** How a caller proves who it is, in words; a row a type of scheme. */
const schemeWords: Readonly<Record<string, (scheme: Keyed) => string>> = {
  apiKey: ({ in: place, name }) => `a key in the ${place} \`${name}\``,
  basic: () => 'user name and password (HTTP Basic)',
  http: ({ scheme, bearerFormat }) =>
    String(scheme).toLowerCase() === 'bearer'
      ? `a bearer token${findText(bearerFormat) ? ` (${bearerFormat})` : ''}`
      : `HTTP ${scheme}`,
  mutualTLS: () => 'a client certificate',
  oauth2: ({ flows, flow }) => `OAuth 2.0${listFlows(flows, flow)}`,
  openIdConnect: () => 'OpenID Connect',
};

function listFlows(flows: unknown, flow: unknown): string {
  const names = findText(flow) ? [String(flow)] : toEntries(flows).map(([name]) => name);
  return names.length > 0 ? ` (${names.join(', ')})` : '';
}

/** The ways of the whole API to know its callers. */
export function listSchemes(context: OpenapiContext): Fact[] {
  return toEntries(homeOfSchemes(context)).map(([name]) => {
    const scheme = findScheme(name, context);
    const words = schemeWords[String(scheme.type)]?.(scheme) ?? String(scheme.type ?? 'unknown');
    return { label: `Security ${name}`, words: [words.replaceAll('`', '')] };
  });
}

/** What an operation demands of its caller: one of several sets of schemes, each with its scopes. */
export function findSecurity(operation: Keyed, context: OpenapiContext): Fact | undefined {
  const demanded = operation.security ?? context.top.security;
  if (!Array.isArray(demanded)) return undefined;
  const sets = demanded.map((set) => {
    const schemes = Object.entries(toKeyed(set)).map(([name, scopes]) => {
      const list = toList(scopes).filter((scope) => typeof scope === 'string');
      return list.length > 0 ? `${name} (${list.join(', ')})` : name;
    });
    return schemes.length > 0 ? schemes.join(' and ') : 'nothing';
  });
  return { label: 'Security', words: [sets.length > 0 ? sets.join(', or ') : 'none'] };
}

/** The header or the part of the address by which a caller of an operation proves who it is, as far as a command can show. */
export function toCredentials(operation: Keyed, context: OpenapiContext) {
  const headers: [string, string][] = [];
  const query: [string, string][] = [];
  const [set] = toList(operation.security ?? context.top.security);
  for (const name of Object.keys(toKeyed(set))) {
    const scheme = findScheme(name, context);
    const type = String(scheme.type);
    if (type === 'apiKey') (scheme.in === 'query' ? query : headers).push([String(scheme.name), 'KEY']);
    else if (type === 'basic' || String(scheme.scheme).toLowerCase() === 'basic')
      headers.push(['Authorization', 'Basic CREDENTIALS']);
    else if (type !== 'undefined' && type !== 'mutualTLS') headers.push(['Authorization', 'Bearer TOKEN']);
  }
  return { headers, query };
}
