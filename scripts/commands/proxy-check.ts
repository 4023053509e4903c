import { readFile } from 'node:fs/promises';
import { type ProxyCatalog, parseProxyCatalog } from '../../src/proxy/catalog.ts';
import type { CatalogPlace } from '../../src/proxy/io/catalog-source.ts';
import { openSources } from '../../src/proxy/io/sources.ts';
import { noMeter } from '../../src/proxy/meter.ts';
import { createSecretFinder } from '../../src/proxy/secrets.ts';
import type { ProxySettings } from '../../src/proxy/settings.ts';
import type { UpstreamFinding } from '../../src/proxy/widgets/define.ts';
import { widgets } from '../../src/proxy/widgets/index.ts';
import type { Finding } from '../doctor/finding.ts';
import type { LoadedSettings } from './live.ts';

/** Asks every system once what it lets us read, and says that and what else is wrong: the settings, the catalog, the secrets. */
export async function checkProxy(loaded: LoadedSettings, place: CatalogPlace, version: string): Promise<Finding[]> {
  const catalog = await fetchCatalog(place);
  const answers = await askSystems(loaded.settings, catalog, version);
  return [
    ...loaded.problems.map(toProblemFinding),
    ...listPlainAddresses(loaded.settings),
    toCatalogFinding(catalog, place),
    ...toSecretFindings(loaded.settings),
    ...answers.map(toUpstreamFinding),
  ];
}

/** Asks every system the smallest question of each kind that the widgets ask. */
async function askSystems(settings: ProxySettings, catalog: ProxyCatalog | undefined, version: string) {
  const sources = openSources(settings, { meter: noMeter, version });
  const asking = { ...sources, settings, now: Date.now, findSecret: createSecretFinder(settings.secrets) };
  const entities = catalog?.list() ?? [];
  const rows = widgets.filter((row) => row.isConfigured(settings));
  try {
    return (await Promise.all(rows.map((row) => row.check(asking, entities)))).flat();
  } finally {
    await sources.close();
  }
}

async function fetchCatalog(place: CatalogPlace): Promise<ProxyCatalog | undefined> {
  const text = await ('file' in place
    ? readFile(place.file, 'utf8')
    : fetch(place.url, { redirect: 'error', signal: AbortSignal.timeout(10_000) }).then((answer) => answer.text())
  ).catch(() => '');
  return parseProxyCatalog(text).value;
}

const toProblemFinding = ({ level, what, mend }: LoadedSettings['problems'][number]): Finding => ({
  about: 'Configuration',
  mark: level === 'error' ? 'missing' : 'note',
  what,
  grant: mend,
});

const toUpstreamFinding = ({ upstream, isFine, what, mend }: UpstreamFinding): Finding => ({
  about: upstream,
  mark: isFine ? 'fine' : 'missing',
  what,
  ...(mend !== undefined && { grant: mend }),
});

const toCatalogFinding = (catalog: ProxyCatalog | undefined, place: CatalogPlace): Finding =>
  catalog
    ? { about: 'Catalog', mark: 'fine', what: `${catalog.size} entities have something live` }
    : {
        about: 'Catalog',
        mark: 'missing',
        what: `There is no catalog of the proxy at ${'file' in place ? place.file : place.url}.`,
        grant: 'Build the portal, or name where it is with --catalog.',
      };

const toSecretFindings = ({ secrets }: ProxySettings): Finding[] =>
  [...secrets].map(([name, value]) =>
    value === undefined
      ? {
          about: 'Secrets',
          mark: 'missing',
          what: `${name} is on \`portal.proxy.secrets\` and is not set.`,
          grant: 'Set the variable, or take it off the list.',
        }
      : { about: 'Secrets', mark: 'fine', what: `${name} is set` },
  );

/** Systems that would be asked in plain http, which is done only where the operator says so. */
export function listPlainAddresses({ clusters, argocd, prometheus, pagerduty, plainHttp }: ProxySettings): Finding[] {
  return [...clusters, ...argocd, ...prometheus, ...(pagerduty ? [pagerduty] : [])].flatMap(({ name, url }) => {
    const { protocol, host } = new URL(url);
    if (protocol === 'https:' || plainHttp.has(host)) return [];
    return {
      about: 'Configuration',
      mark: 'missing',
      what: `${name} is not asked: ${url} is plain http, where a credential can be read on its way.`,
      grant: `Use https, or add \`${host}\` to \`portal.proxy.plainHttp\`.`,
    };
  });
}
