import type { IncomingMessage, RequestListener } from 'node:http';
import { loadSignIn } from '../io/settings.ts';
import { type Behind, createGateListener } from '../io/sign-in/gate-listener.ts';
import { openGate } from '../io/sign-in/open-gate.ts';
import { PortalError } from '../portal-error.ts';
import type { SignInSettings } from '../settings/sign-in.ts';
import type { Session } from '../sign-in/session.ts';
import type { Command, CommandContext } from './define.ts';
import { formatSettingsProblems, loadProxySettings } from './live.ts';
import type { SiteToServe } from './serve-beside.ts';

type Options = Parameters<Command['run']>[0];

/** What a gate takes from outside: time, and the seconds that whoever signs people in has for each answer. */
export type GateOutside = { now?: () => number; patience?: number };

/** A gate: what stands behind it is told afterwards, because some of it has to know the gate. */
export type OpenGate = {
  toListener: (behind: Behind) => RequestListener;
  /** Who asks by a request that was let through. */
  findSession: (request: IncomingMessage) => Session | undefined;
};

/** Reads how people sign in; nothing where nobody has to. What is not understood opens nothing: it is refused. */
export function loadSignInSettings(
  { config }: Options,
  { root, base }: SiteToServe,
  { environment }: CommandContext,
): SignInSettings | undefined {
  const configs = Array.isArray(config) ? config.map(String) : [];
  const { value, problems } = loadSignIn(root, configs, environment, base);
  const wrong = problems.filter(({ code }) => code !== 'configuration-missing' || configs.length > 0);
  if (value.kind === 'wrong' || wrong.length > 0)
    throw new PortalError('How people sign in cannot be read from the configuration, so the portal stays closed.', {
      hint: formatSettingsProblems(wrong).trim(),
    });
  return value.kind === 'used' ? value.settings : undefined;
}

/** Opens the gate, and says what its operator has to know. */
export function openSignIn(
  settings: SignInSettings,
  options: Options,
  { root, base }: SiteToServe,
  context: CommandContext,
  outside: GateOutside,
): OpenGate {
  const { proxiesInFront } = loadProxySettings(options, root, context.environment).settings;
  const now = outside.now ?? Date.now;
  const gate = openGate({
    ...{ settings, proxiesInFront, now, patience: outside.patience },
    top: base.endsWith('/') ? base : `${base}/`,
    log: (event) => context.error.write(`${JSON.stringify({ time: now(), program: 'portolan-sign-in', ...event })}\n`),
  });
  tellOperator(settings, context);
  return createGateListener(gate);
}

function tellOperator({ provider, allow, sessionKeys, redirectUris }: SignInSettings, { error }: CommandContext): void {
  const who = provider.kind === 'oidc' ? provider.issuer : provider.host;
  if (Object.keys(allow).length === 0) error.write(`Everybody whom ${who} signs in can read the portal.\n`);
  if (sessionKeys.length === 0)
    error.write('There is no `portal.signIn.sessionKeys`: everybody signs in again when this process ends.\n');
  error.write(`People sign in at ${who} and come back to ${redirectUris.join(', ')}\n`);
}
