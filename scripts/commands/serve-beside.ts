import { existsSync } from 'node:fs';
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

/** Who the readers are: people whom our gate knows, those whom a front lets in, or whoever sits at this machine. */
export type Readers =
  | { findSession: (request: IncomingMessage) => Session | undefined }
  | 'those whom a front lets in'
  | 'this machine';

/**
 * Opens the proxy that answers beside the site: where what is live is asked for, and where people sign in, because it says who
 * they are.
 */
export async function openBeside(
  options: Options,
  { root, folder, base }: SiteToServe,
  context: CommandContext,
  readers: Readers,
): Promise<OpenProxy | undefined> {
  const isLive = Boolean(options.live || options.demo);
  if (typeof readers === 'string' && !isLive) return undefined;
  const { settings } = loadProxySettings(options, root, context.environment);
  const file = join(folder, proxyCatalogPath);
  if (!existsSync(file)) context.error.write(unprepared);
  const wanted = {
    catalog: { file },
    base,
    version: findVersion(context),
    ...toReaderOptions(isLive ? settings : toSystemless(settings), readers, context),
  };
  return options.demo ? openDemo(wanted) : openLive(wanted);
}

const unprepared =
  'This site was built before anything was live or anybody signed in, so it cannot tell who reads it. Build it again with this configuration.\n';

function toReaderOptions(settings: ProxySettings, readers: Readers, { out }: CommandContext) {
  if (readers === 'this machine') return { settings: toLocalSettings(settings), isQuiet: true };
  const log = createAuditLog({ write: (line: string) => void out.write(line) });
  if (typeof readers === 'string') return { settings, log };
  // The gate has looked at hosts already, and is the only one that says who asks.
  const { identity: _identity, ...rest } = settings;
  return { settings: { ...rest, hosts: [] }, log, findClaims: readers.findSession };
}
