import { type Document, isMap, isScalar, isSeq, type YAMLMap } from 'yaml';
import { findKey, isAboveKeys, type Reader } from './backstage-keys.ts';
import { clearSecrets, isTelling, type Replaced } from './clear-secrets.ts';
import { readBackstage, type Written } from './read-backstage.ts';

/** The variable that a token for GitHub is taken from, where the configuration names none. */
export const usualToken = 'GITHUB_READ_TOKEN';

/** A variable that a configuration takes a value from. */
export type Variable = { name: string; reader: Reader; hasDefault: boolean; path: string };

/** A Backstage configuration as it is taken over: what is left of it, and what became of each setting. */
export type TakenOver = Written & {
  used: { path: string; reader: Reader; what: string }[];
  unused: { paths: string[]; what: string }[];
  variables: Variable[];
  replaced: Replaced[];
  /** Files that the configuration names and that do not come along. */
  files: { path: string; file: string }[];
  /** What else was done or has to be done. */
  notes: string[];
};

/** Takes over what Portolan reads of Backstage's configuration files, comments included, and no secret that stands in them. */
export function takeOver(files: readonly { path: string; text: string }[]): TakenOver {
  const written = readBackstage(files);
  const { document, settings } = written;
  const endpoint = settings.getIn(['prometheus', 'proxyPath']);
  const rows = prune(settings, '', typeof endpoint === 'string' ? endpoint : undefined);
  const apps = replaceApps(settings);
  const before = listVariables(settings).map(({ name }) => name);
  const cleared = clearSecrets(settings, before);
  const comments = cleared.comments + clearEnds(document);
  return {
    ...written,
    used: rows.flatMap(({ path, reader, what }) => (reader ? [{ path, reader, what }] : [])),
    unused: join(rows.filter(({ reader }) => reader === undefined)),
    variables: listVariables(settings),
    replaced: cleared.replaced,
    files: listFiles(settings),
    notes: [
      ...(comments > 0 ? [`Comments that hold what may be a secret were left out: ${comments}.`] : []),
      ...apps.map(
        (file) => `The App in \`${file}\` is read by a token in \`\${${usualToken}}\`, which the workflow makes of it.`,
      ),
      ...listMissing(settings),
      ...(isLocal(settings.getIn(['app', 'baseUrl']))
        ? ['`app.baseUrl` is an address of one machine; write the one that readers open.']
        : []),
    ],
  };
}

/** Whether an address leads to whatever machine it is opened on. */
export const isLocal = (url: unknown): boolean =>
  typeof url === 'string' && /^(?:localhost|127\.|\[::1\]|0\.0\.0\.0)/.test(URL.parse(url)?.host ?? '');

/** An App whose credentials lie in a file of its own becomes a token: there is no such file where a workflow runs. */
function replaceApps(settings: YAMLMap): string[] {
  const integrations = settings.getIn(['integrations', 'github']);
  if (!isSeq(integrations)) return [];
  return integrations.items.flatMap((integration) => {
    const apps = isMap(integration) ? integration.get('apps') : undefined;
    const entries = isMap(apps) ? [apps] : isSeq(apps) ? apps.items : [];
    const files = entries.map((entry) => (isMap(entry) ? (entry.get('$include') ?? entry.get('$file')) : undefined));
    if (!isMap(integration) || files.length === 0 || files.some((file) => typeof file !== 'string')) return [];
    integration.delete('apps');
    if (!integration.has('token')) integration.set('token', `\${${usualToken}}`);
    return files.map(String);
  });
}

type Row = { path: string; reader: Reader | undefined; what: string };

const behindProxy = { reader: 'proxy', what: 'where Prometheus is, and what is sent to it' } as const;

/** Takes out what nothing here reads; answers what became of everything. */
function prune(map: YAMLMap, top: string, endpoint: string | undefined): Row[] {
  const rows: Row[] = [];
  map.items = map.items.filter((pair) => {
    const key = String(isScalar(pair.key) ? pair.key.value : pair.key);
    const path = top === '' ? key : `${top}.${key}`;
    const isBehind = endpoint !== undefined && (path === `proxy.endpoints.${endpoint}` || path === `proxy.${endpoint}`);
    if (!isBehind && isMap(pair.value) && isAbove(path, endpoint)) {
      const inner = prune(pair.value, path, endpoint);
      const { reader, what } = findKey(path);
      rows.push(...(reader ? [{ path, reader, what }] : []), ...inner.filter((row) => !(reader && row.reader)));
      return pair.value.items.length > 0;
    }
    const { reader, what } = isBehind ? behindProxy : findKey(path);
    rows.push({ path, reader, what });
    return reader !== undefined;
  });
  return rows;
}

const isAbove = (path: string, endpoint: string | undefined) =>
  isAboveKeys(path) || (endpoint !== undefined && (path === 'proxy' || path === 'proxy.endpoints'));

/** One row for what has one reason. */
function join(rows: readonly Row[]): TakenOver['unused'] {
  const reasons = Map.groupBy(rows, ({ what }) => what);
  return [...reasons].map(([what, same]) => ({ what, paths: same.map(({ path }) => path) }));
}

/** Comments at the beginning and at the end of a file belong to no setting. */
function clearEnds(document: Document): number {
  const telling = (['commentBefore', 'comment'] as const).filter((place) => isTelling(document[place]));
  for (const place of telling) document[place] = null;
  return telling.length;
}

type Leaf = { path: string; key: string; value: unknown };

function listLeaves(node: unknown, path: readonly string[] = []): Leaf[] {
  if (isMap(node))
    return node.items.flatMap(({ key, value }) =>
      listLeaves(value, [...path, String(isScalar(key) ? key.value : key)]),
    );
  if (isSeq(node)) return node.items.flatMap((child, at) => listLeaves(child, [...path, String(at)]));
  return isScalar(node) ? [{ path: path.join('.'), key: path.at(-1) ?? '', value: node.value }] : [];
}

const variable = /(?<!\$)\$\{\s*([^{}:]+?)\s*(:-[^{}]*)?\}/g;
const withoutSign = (path: string) => path.replace(/\.\$\w+$/, '');

/** The variables that a configuration names, each once, those of the build first. */
function listVariables(settings: YAMLMap): Variable[] {
  const found = listLeaves(settings).flatMap(({ path, key, value }): Variable[] => {
    if (typeof value !== 'string') return [];
    const reader = findKey(withoutSign(path)).reader ?? 'proxy';
    if (key === '$env') return [{ name: value, reader, hasDefault: false, path: withoutSign(path) }];
    return [...value.matchAll(variable)].map(([, name = '', otherwise]) => ({
      ...{ name, reader, path },
      hasDefault: otherwise !== undefined,
    }));
  });
  // A name goes into a workflow as it is, where more than a name would be an expression.
  const named = found.filter(({ name }) => /^[A-Za-z_]\w*$/.test(name));
  const sorted = named.toSorted((one, other) => Number(one.reader === 'proxy') - Number(other.reader === 'proxy'));
  return sorted.filter(({ name }, at) => sorted.findIndex((each) => each.name === name) === at);
}

const listFiles = (settings: YAMLMap): TakenOver['files'] =>
  listLeaves(settings).flatMap(({ path, key, value }) =>
    /^\$(?:file|include)$/.test(key) && typeof value === 'string' ? [{ path: withoutSign(path), file: value }] : [],
  );

/** Files of the old repository that the catalog names. */
function listMissing(settings: YAMLMap): string[] {
  const locations = settings.getIn(['catalog', 'locations']);
  const targets = isSeq(locations)
    ? locations.items.flatMap((each) => (isMap(each) && each.get('type') === 'file' ? [each.get('target')] : []))
    : [];
  if (targets.length === 0) return [];
  const names = targets.map((target) => `\`${target}\``).join(', ');
  return [`\`catalog.locations\` names files that do not come along: ${names}. Copy them here, or take them out.`];
}
