import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { proxyCatalogPath } from '#model/live/catalog.ts';
import { listen } from '../io/listen.ts';
import { createStaticServer } from '../io/static-server.ts';
import { PortalError } from '../portal-error.ts';
import { type Command, type CommandContext, configOption, defineCommand, outOption, rootOption } from './define.ts';
import { loadProxySettings, openDemo, openLive, toLocalSettings } from './live.ts';
import { findVersion } from './version.ts';

const usualPort = 4321;

export const serve = defineCommand({
  options: {
    root: rootOption,
    out: outOption,
    config: configOption,
    live: { type: 'boolean', about: 'Answer what is live too, from the systems that the configuration names' },
    demo: { type: 'boolean', about: 'Answer what is live from systems that are made up, for a demonstration' },
    port: { type: 'string', value: 'N', about: `Port (default: ${usualPort}, or the next one that is free)` },
  },
  run: async (options, _words, context) => {
    const { stop } = await startSite(options, context);
    await new Promise<void>((end) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => end());
    });
    stop();
    return 0;
  },
});

type Options = Parameters<Command['run']>[0];

/** Starts serving a built site, and what is live beside it where that is asked for; says where it is. */
export async function startSite(options: Options, context: CommandContext): Promise<{ url: string; stop: () => void }> {
  const { workingFolder, out } = context;
  const root = resolve(workingFolder, String(options.root ?? '.'));
  const folder = options.out === undefined ? join(root, 'dist') : resolve(workingFolder, String(options.out));
  if (!existsSync(join(folder, 'portolan.json')))
    throw new PortalError(`There is no finished site in ${folder}.`, { hint: 'Run `portolan build` first.' });
  const wanted = Number(options.port ?? usualPort);
  if (!Number.isInteger(wanted) || wanted < 0 || wanted > 65_535)
    throw new PortalError(`\`${options.port}\` is no port.`, { hint: 'Name a number from 0 to 65535.' });
  const { base } = JSON.parse(readFileSync(join(folder, 'portolan.json'), 'utf8')) as { base: string }; // our own file
  const proxy = options.live || options.demo ? await openBeside(options, { root, folder, base }, context) : undefined;
  const server = createStaticServer({ folder, base, ...(proxy && { live: proxy.listener }) });
  const port = await listen(server, wanted, '127.0.0.1');
  if (port !== wanted && wanted !== 0) out.write(`Port ${wanted} is taken.\n`);
  const url = `http://localhost:${port}${base === '/' ? '/' : `${base}/`}`;
  out.write(`The portal is at ${url}  (Ctrl+C stops it)\n`);
  const stop = () => {
    server.closeAllConnections();
    server.close();
    proxy?.stop();
  };
  return { url, stop };
}

/** Opens the proxy that answers beside the site. */
async function openBeside(
  options: Options,
  { root, folder, base }: { root: string; folder: string; base: string },
  context: CommandContext,
) {
  const settings = toLocalSettings(loadProxySettings(options, root, context.environment).settings);
  const catalog = { file: join(folder, proxyCatalogPath) };
  const wanted = { settings, catalog, base, version: findVersion(context), isQuiet: true };
  return options.demo ? openDemo(wanted) : openLive(wanted);
}
