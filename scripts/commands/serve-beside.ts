import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { proxyCatalogPath } from '#model/live/catalog.ts';
import { createAuditLog } from '../../src/proxy/io/log.ts';
import type { OpenProxy } from '../../src/proxy/io/open.ts';
import type { ProxySettings } from '../../src/proxy/settings.ts';
import type { Session } from '../sign-in/session.ts';
import type { Command, CommandContext } from './define.ts';
import { loadProxySettings, openDemo, openLive, toLocalSettings, toSystemless } from './live.ts';
import { findVersion } from './version.ts';

type Options = Parameters<Command['run']>[0];

/** A built site: the folder of its configuration, its own folder, and its base. */
export type SiteToServe = { root: string; folder: string; base: string };

/** Who asks by a request, where people sign in. */
export type Readers = { findSession: (request: IncomingMessage) => Session | undefined };

/**
 * Opens the proxy that answers beside the site: where what is live is asked for, and where people sign in, because it says who
 * they are.
 */
export async function openBeside(
  options: Options,
  { root, folder, base }: SiteToServe,
  context: CommandContext,
  readers: Readers | undefined,
): Promise<OpenProxy | undefined> {
  if (!readers && !options.live && !options.demo) return undefined;
  const { settings } = loadProxySettings(options, root, context.environment);
  const systems = options.live || options.demo ? settings : toSystemless(settings);
  const wanted = {
    settings: readers ? toSignedInSettings(systems) : toLocalSettings(systems),
    catalog: { file: join(folder, proxyCatalogPath) },
    base,
    version: findVersion(context),
    ...(readers
      ? {
          findClaims: readers.findSession,
          log: createAuditLog({ write: (line: string) => void context.out.write(line) }),
        }
      : { isQuiet: true }),
  };
  return options.demo ? openDemo(wanted) : openLive(wanted);
}

/** The gate has looked at hosts already, and is the only one that says who asks. */
function toSignedInSettings(settings: ProxySettings): ProxySettings {
  const { identity: _identity, ...rest } = settings;
  return { ...rest, hosts: [] };
}
