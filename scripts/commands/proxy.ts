import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { RequestListener, Server } from 'node:http';
import { join, resolve } from 'node:path';
import { type ProxyCatalog, parseProxyCatalog } from '../../src/proxy/catalog.ts';
import type { OpenProxy } from '../../src/proxy/io/open.ts';
import { createProxyServer, stopServer } from '../../src/proxy/io/serve.ts';
import { openSources } from '../../src/proxy/io/sources.ts';
import { noMeter } from '../../src/proxy/meter.ts';
import { createSecretFinder } from '../../src/proxy/secrets.ts';
import type { ProxySettings } from '../../src/proxy/settings.ts';
import { widgets } from '../../src/proxy/widgets/index.ts';
import { type Finding, formatFindings, isFailing } from '../doctor/finding.ts';
import { listen } from '../io/listen.ts';
import { PortalError } from '../portal-error.ts';
import { toStyle, wrap } from '../terminal.ts';
import { type Command, type CommandContext, configOption, defineCommand, rootOption } from './define.ts';
import { formatSettingsProblems, type LoadedSettings, loadProxySettings, openLive, toCatalogPlace } from './live.ts';

const usualPort = 7007;
const usualRate = 600;
/** How often the configuration is looked at for changes, in milliseconds. */
const lookInterval = 30_000;

export const proxy = defineCommand({
  options: {
    root: rootOption,
    config: configOption,
    catalog: {
      type: 'string',
      value: 'WHERE',
      about: 'Address of the portal, or folder of a built site (default: dist below the root)',
    },
    host: { type: 'string', value: 'HOST', about: 'Address to listen on (default: 127.0.0.1)' },
    port: { type: 'string', value: 'N', about: `Port (default: ${usualPort})` },
    'metrics-port': { type: 'string', value: 'N', about: 'Port for /metrics (default: none)' },
    rate: { type: 'string', value: 'N', about: `Questions a minute that one reader may ask (default: ${usualRate})` },
    check: { type: 'boolean', about: 'Ask every system once, say what it lets us read, and end' },
    json: { type: 'boolean', about: 'With --check: print the findings as JSON' },
  },
  run: async (options, _words, context) => {
    const root = resolve(context.workingFolder, String(options.root ?? '.'));
    const load = () => loadProxySettings(options, root, context.environment);
    const loaded = load();
    const catalog = toCatalogPlace(String(options.catalog ?? join(root, 'dist')), context.workingFolder);
    if (options.check) return checkSystems(loaded, catalog, options, context);
    return runProxy({ load, loaded, catalog, options, context });
  },
});

type Options = Parameters<Command['run']>[0];
type Place = ReturnType<typeof toCatalogPlace>;

/** Asks every system the smallest question of each kind that the widgets ask. */
async function checkSystems(
  { settings, problems }: LoadedSettings,
  place: Place,
  options: Options,
  context: CommandContext,
) {
  const { out, error, environment } = context;
  if (error.isTTY) error.write('Asking every system …');
  const catalog = await findCatalog(place);
  const sources = openSources(settings, noMeter, findVersion(context));
  const findSecret = createSecretFinder(settings.secrets);
  const asking = { ...sources, settings, now: Date.now, findSecret };
  const entities = catalog?.list() ?? [];
  const answers = await Promise.all(
    widgets.filter((row) => row.isConfigured(settings)).map((row) => row.check(asking, entities)),
  );
  await sources.close();
  if (error.isTTY) error.write('\r\u001b[2K');
  const findings: Finding[] = [
    ...problems.map(
      ({ level, what, mend }): Finding => ({
        about: 'Configuration',
        mark: level === 'error' ? 'missing' : 'note',
        what,
        grant: mend,
      }),
    ),
    ...listPlainAddresses(settings),
    toCatalogFinding(catalog, place),
    ...toSecretFindings(settings),
    ...answers.flat().map(
      ({ upstream, isFine, what, mend }): Finding => ({
        about: upstream,
        mark: isFine ? 'fine' : 'missing',
        what,
        ...(mend !== undefined && { grant: mend }),
      }),
    ),
  ];
  const colour = Boolean(out.isTTY) && !environment.NO_COLOR;
  out.write(
    options.json
      ? `${JSON.stringify(findings, undefined, 1)}\n`
      : `\n${formatFindings(findings, { colour, user: 'the proxy' })}`,
  );
  return isFailing(findings) ? 1 : 0;
}

async function findCatalog(place: Place): Promise<ProxyCatalog | undefined> {
  const text = await ('file' in place
    ? readFile(place.file, 'utf8')
    : fetch(place.url, { redirect: 'error', signal: AbortSignal.timeout(10_000) }).then((answer) => answer.text())
  ).catch(() => '');
  return parseProxyCatalog(text).value;
}

const toCatalogFinding = (catalog: ProxyCatalog | undefined, place: Place): Finding =>
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
function listPlainAddresses({ clusters, argocd, prometheus, pagerduty, plainHttp }: ProxySettings): Finding[] {
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

type Running = {
  load: () => LoadedSettings;
  loaded: LoadedSettings;
  catalog: Place;
  options: Options;
  context: CommandContext;
};

async function runProxy({ load, loaded, catalog, options, context }: Running): Promise<number> {
  const { error } = context;
  const version = findVersion(context);
  const perMinute = toNumber(options.rate ?? usualRate, '--rate', 1, 1e9);
  const open = ({ settings, problems }: LoadedSettings) => {
    error.write(wrap(formatSettingsProblems(problems), toStyle(error).width));
    for (const { what, grant } of listPlainAddresses(settings))
      error.write(wrap(`${what}\n  ${grant}\n`, toStyle(error).width));
    return openLive({ settings, catalog, base: '/', version, perMinute });
  };
  const current: { digest: string; proxy: OpenProxy } = { digest: loaded.digest, proxy: open(loaded) };
  const looking = setInterval(() => {
    const next = findChanged(load, current.digest);
    const proxy = next && tryOpen(() => open(next), error);
    if (!next || !proxy) return;
    const old = current.proxy;
    Object.assign(current, { digest: next.digest, proxy });
    // What is being answered by the old one may take a moment.
    setTimeout(old.stop, 10_000).unref();
  }, lookInterval);
  const servers = await startServers(options, current, context);
  await new Promise<void>((stop) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop());
  });
  clearInterval(looking);
  await Promise.all(servers.map((server) => stopServer(server)));
  current.proxy.stop();
  return 0;
}

/** A proxy that is opened anew; where that fails, the one before goes on. */
function tryOpen(open: () => OpenProxy, error: CommandContext['error']): OpenProxy | undefined {
  try {
    return open();
  } catch {
    error.write('The new configuration cannot be used; the one before is kept.\n');
    return undefined;
  }
}

/** The configuration where it is another one than before; one that cannot be read changes nothing. */
function findChanged(load: () => LoadedSettings, digest: string): LoadedSettings | undefined {
  try {
    const next = load();
    return next.digest === digest ? undefined : next;
  } catch {
    return undefined;
  }
}

async function startServers(
  options: Options,
  current: { proxy: OpenProxy },
  { error }: CommandContext,
): Promise<Server[]> {
  const host = String(options.host ?? '127.0.0.1');
  const start = async (word: unknown, name: string, listener: RequestListener) => {
    const port = toNumber(word, name, 0, 65_535);
    const server = createProxyServer(listener);
    const found = await listen(server, port, host);
    if (found === port || port === 0) return { server, port: found };
    server.close();
    throw new PortalError(`Port ${port} is taken.`, { hint: `Name another one with ${name}.` });
  };
  const main = await start(options.port ?? usualPort, '--port', (request, response) =>
    current.proxy.listener(request, response),
  );
  error.write(`The proxy answers at http://${host}:${main.port}/api/live/\n`);
  if (options['metrics-port'] === undefined) return [main.server];
  const metrics = await start(options['metrics-port'], '--metrics-port', (request, response) =>
    current.proxy.metricsListener(request, response),
  );
  error.write(`Its numbers are at http://${host}:${metrics.port}/metrics\n`);
  return [main.server, metrics.server];
}

function toNumber(word: unknown, name: string, least: number, most: number): number {
  const number = Number(word);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw new PortalError(`\`${word}\` is nothing for ${name}.`, {
    hint: `Name a whole number from ${least} to ${most}.`,
  });
}

/** The version of this program. */
export function findVersion({ packageFolder }: CommandContext): string {
  const manifest = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as { version: string }; // our own file
  return manifest.version;
}
