import { existsSync, readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { proxyCatalogPath } from '#model/live/catalog.ts';
import { isLoopbackName } from '#model/loopback.ts';
import type { OpenProxy } from '../../src/proxy/io/open.ts';
import { createProxyServer, stopServer } from '../../src/proxy/io/serve.ts';
import { answerHeaders } from '../../src/proxy/refusals.ts';
import { listen } from '../io/listen.ts';
import { createStaticListener } from '../io/static-server.ts';
import { PortalError } from '../portal-error.ts';
import type { SignInSettings } from '../settings/sign-in.ts';
import { toSafetyHeaders } from '../sign-in/headers.ts';
import { isProbe } from '../sign-in/places.ts';
import { type Command, type CommandContext, configOption, defineCommand, outOption, rootOption } from './define.ts';
import { openBeside, type SiteToServe } from './serve-beside.ts';
import { type GateOutside, loadSignInSettings, type OpenGate, openSignIn } from './serve-gate.ts';

const usualPort = 4321;
const usualHost = '127.0.0.1';

export const serve = defineCommand({
  options: {
    root: rootOption,
    out: outOption,
    config: configOption,
    live: { type: 'boolean', about: 'Answer what is live too, from the systems that the configuration names' },
    demo: { type: 'boolean', about: 'Answer what is live from systems that are made up, for a demonstration' },
    host: { type: 'string', value: 'HOST', about: 'Address to listen on (default: 127.0.0.1, this machine alone)' },
    port: { type: 'string', value: 'N', about: `Port (default: ${usualPort}, or the next one that is free)` },
    'without-sign-in': {
      type: 'boolean',
      about:
        'Let everybody in who reaches the port, also on other machines: only behind something that signs people in',
    },
  },
  run: async (options, _words, context) => {
    const { drain } = await startSite(options, context);
    await new Promise<void>((end) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => end());
    });
    await drain();
    return 0;
  },
});

type Options = Parameters<Command['run']>[0];

/** A site that is served: where, how to stop it at once, and how to stop it when what is answered now is answered. */
export type StartedSite = { url: string; stop: () => void; drain: () => Promise<void> };

/** Starts serving a built site, and what is live beside it where that is asked for; says where it is. */
export async function startSite(
  options: Options,
  context: CommandContext,
  outside: GateOutside = {},
): Promise<StartedSite> {
  const site = findSite(options, context);
  const wanted = toPort(options.port);
  const host = String(options.host ?? usualHost);
  const signIn = options['without-sign-in'] ? undefined : loadSignInSettings(options, site, context);
  if (!signIn) refuseOpenDoor(host, Boolean(options['without-sign-in']));
  const gate = signIn && openSignIn(signIn, options, site, context, outside);
  const readers = gate ?? (isLoopbackName(host) ? 'this machine' : 'those whom a front lets in');
  const beside = await openBeside(options, site, context, readers);
  const listener = toListener(site, gate, beside, toSafetyHeaders(isAllSecure(signIn)));
  const isMeantForAll = gate !== undefined || Boolean(options['without-sign-in']);
  const server = createProxyServer(isMeantForAll ? listener : toLocal(listener));
  const port = await listen(server, wanted, host).catch(toTaken);
  const stop = () => {
    server.closeAllConnections();
    server.close();
    beside?.stop();
  };
  if (port !== wanted && wanted !== 0 && (gate || !isLoopbackName(host))) {
    stop();
    throw new PortalError(`Port ${wanted} is taken.`, { hint: 'Name another one with --port.' });
  }
  if (port !== wanted && wanted !== 0) context.out.write(`Port ${wanted} is taken.\n`);
  const url = `http://${toShownHost(host)}:${port}${site.base === '/' ? '/' : `${site.base}/`}`;
  context.out.write(`The portal is at ${url}  (Ctrl+C stops it)\n`);
  const drain = () => stopServer(server).then(() => beside?.stop());
  return { url, stop, drain };
}

function toShownHost(host: string): string {
  if (isLoopbackName(host)) return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

const isAllSecure = (signIn: SignInSettings | undefined) =>
  signIn?.redirectUris.every((uri) => uri.startsWith('https:')) ?? false;

function toTaken(error: unknown): never {
  throw new PortalError(error instanceof Error ? error.message : 'The port cannot be had.', {
    hint: 'Name another one with --port, or another address with --host.',
  });
}

/** What answers: probes by themselves, all else behind the gate where there is one. */
function toListener(
  { folder, base }: SiteToServe,
  gate: OpenGate | undefined,
  beside: OpenProxy | undefined,
  headers: Readonly<Record<string, string>>,
): RequestListener {
  const live = beside && { live: beside.listener };
  const pages = createStaticListener({ folder, base, isSignedIn: gate !== undefined, ...live });
  // Without its catalog the proxy is never ready, and the pages are.
  const hasCatalog = existsSync(join(folder, proxyCatalogPath));
  const probe = beside && hasCatalog ? beside.listener : answerWell;
  const inner = gate?.toListener({ site: pages, probe }) ?? toProbed(pages, probe);
  return (request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    return inner(request, response);
  };
}

const toProbed =
  (site: RequestListener, probe: RequestListener): RequestListener =>
  (request, response) =>
    (isProbe(request.url ?? '') ? probe : site)(request, response);

const answerWell: RequestListener = (_, response) =>
  void response.writeHead(200, answerHeaders).end(JSON.stringify({ ok: true }));

const ownNames = /^(?:localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?$/i;

/** Answers for names of this machine alone: a page of the web can have a name of its own lead here, and would read what is answered. */
const toLocal =
  (inner: RequestListener): RequestListener =>
  (request, response) => {
    const { host } = request.headers;
    if (host === undefined || ownNames.test(host)) return inner(request, response);
    response.writeHead(421, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
    response.end(
      'Without sign-in only localhost is answered for. Behind something that signs people in, say --without-sign-in.\n',
    );
  };

const markSchema = z.object({ base: z.string().default('/') });

function findSite(options: Options, { workingFolder }: CommandContext): SiteToServe {
  const root = resolve(workingFolder, String(options.root ?? '.'));
  const folder = options.out === undefined ? join(root, 'dist') : resolve(workingFolder, String(options.out));
  const mark = join(folder, 'portolan.json');
  if (!existsSync(mark))
    throw new PortalError(`There is no finished site in ${folder}.`, { hint: 'Run `portolan build` first.' });
  const { base } = markSchema.parse(JSON.parse(readFileSync(mark, 'utf8')));
  return { root, folder, base };
}

function toPort(port: Options[string]): number {
  const wanted = Number(port ?? usualPort);
  if (Number.isInteger(wanted) && wanted >= 0 && wanted <= 65_535) return wanted;
  throw new PortalError(`\`${port}\` is no port.`, { hint: 'Name a number from 0 to 65535.' });
}

/** Other machines are let in only where somebody signs in, or where it is said that nobody has to. */
function refuseOpenDoor(host: string, isMeant: boolean): void {
  if (isMeant || isLoopbackName(host)) return;
  throw new PortalError(`Whoever reaches ${host} could read the whole portal, because nobody has to sign in.`, {
    hint: 'Set `portal.signIn` in app-config.yaml; or, behind something that signs people in, say --without-sign-in.',
  });
}
