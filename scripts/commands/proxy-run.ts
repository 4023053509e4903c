import type { RequestListener, Server } from 'node:http';
import type { CatalogPlace } from '../../src/proxy/io/catalog-source.ts';
import type { OpenProxy } from '../../src/proxy/io/open.ts';
import { createProxyServer, stopServer } from '../../src/proxy/io/serve.ts';
import { listen } from '../io/listen.ts';
import { PortalError } from '../portal-error.ts';
import { toStyle, wrap } from '../terminal.ts';
import type { Output } from './define.ts';
import { formatSettingsProblems, type LoadedSettings, openLive } from './live.ts';
import { listPlainAddresses } from './proxy-check.ts';

/** How often the configuration is looked at for changes, in milliseconds. */
const lookInterval = 30_000;
/** How long what a former configuration answers may still take, in milliseconds. */
const lastAnswers = 10_000;

/** All that a proxy is run with. */
export type Running = {
  /** Reads the configuration again. */
  load: () => LoadedSettings;
  loaded: LoadedSettings;
  catalog: CatalogPlace;
  version: string;
  host: string;
  /** 0 for any that is free. */
  port: number;
  metricsPort?: number;
  perMinute: number;
  tell: Output;
};

/** A proxy that answers on its ports. */
export type StartedProxy = {
  port: number;
  metricsPort?: number;
  /** Looks at the configuration; where it is another one, what is asked from now on is answered by it. */
  look: () => Promise<void>;
  /** Settles when the catalog was tried for the first time. */
  ready: Promise<void>;
  stop: () => Promise<void>;
};

/** Runs a proxy until the program is told to end. */
export async function runProxy(running: Running): Promise<number> {
  const started = await startProxy(running);
  const looking = setInterval(started.look, lookInterval);
  await new Promise<void>((stop) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop());
  });
  clearInterval(looking);
  await started.stop();
  return 0;
}

/** Starts a proxy, and a server of its numbers where a port is named for it. */
export async function startProxy(running: Running): Promise<StartedProxy> {
  const { host, port, metricsPort, tell } = running;
  const current = openReloading(running);
  const servers: Server[] = [];
  const stop = async () => {
    await Promise.all(servers.map((server) => stopServer(server)));
    current.stop();
  };
  const start = async (listener: RequestListener, wanted: number, option: string) => {
    const server = createProxyServer(listener);
    servers.push(server);
    const found = await listen(server, wanted, host);
    if (found === wanted || wanted === 0) return found;
    throw new PortalError(`Port ${wanted} is taken.`, { hint: `Name another one with ${option}.` });
  };
  try {
    const main = await start((...both) => current.find().listener(...both), port, '--port');
    tell.write(`The proxy answers at http://${host}:${main}/api/live/\n`);
    const started = { port: main, look: current.look, ready: current.find().ready, stop };
    if (metricsPort === undefined) return started;
    const metrics = await start((...pair) => current.find().metricsListener(...pair), metricsPort, '--metrics-port');
    tell.write(`Its numbers are at http://${host}:${metrics}/metrics\n`);
    return { ...started, metricsPort: metrics };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Keeps a proxy open over the configuration as it is; one that is broken changes nothing. */
function openReloading(running: Running) {
  const { load, tell } = running;
  let used = running.loaded;
  let proxy = open(used, running);
  let seen = used.digest;
  const look = async () => {
    const next = findLoaded(load);
    if (!next || next.digest === seen) return;
    seen = next.digest;
    if (listErrors(next).some((error) => !listErrors(used).includes(error))) {
      tellProblems(next, tell);
      tell.write('The configuration is broken; the one before is kept.\n');
      return;
    }
    const [old, opened] = [proxy, open(next, running)];
    await opened.ready;
    if (old.hasCatalog() && !opened.hasCatalog()) {
      // Without its catalog the new one could answer nothing: it is tried again at the next look.
      seen = used.digest;
      opened.stop();
      return;
    }
    [proxy, used] = [opened, next];
    tell.write('The configuration has changed, and is used from now on.\n');
    setTimeout(old.stop, lastAnswers).unref();
  };
  return { find: () => proxy, look, stop: () => proxy.stop() };
}

/** What is wrong in a configuration. One that was used with an error may be followed by one that has it still. */
const listErrors = ({ problems }: LoadedSettings) =>
  problems.filter(({ level }) => level === 'error').map(({ code, what }) => `${code} ${what}`);

/** The configuration as it is now; nothing where it cannot be read. */
function findLoaded(load: () => LoadedSettings): LoadedSettings | undefined {
  try {
    return load();
  } catch {
    return undefined;
  }
}

function open(loaded: LoadedSettings, { catalog, version, perMinute, tell }: Running): OpenProxy {
  tellProblems(loaded, tell);
  return openLive({ settings: loaded.settings, catalog, base: '/', version, perMinute });
}

function tellProblems({ settings, problems }: LoadedSettings, tell: Output): void {
  const { width } = toStyle(tell);
  tell.write(wrap(formatSettingsProblems(problems), width));
  for (const { what, grant } of listPlainAddresses(settings)) tell.write(wrap(`${what}\n  ${grant}\n`, width));
}
