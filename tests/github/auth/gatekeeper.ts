import { randomBytes } from 'node:crypto';
import { type Answer, toRefusal } from '../http/answer.ts';
import type { World } from '../world/world.ts';
import {
  type App,
  type InstallationSeed,
  type IssuedToken,
  type Narrowing,
  toAppIdentity,
  toInstallation,
} from './apps.ts';
import { anonymous, type Identity, type TokenSeed, toUser } from './identity.ts';
import { verifyJwt } from './jwt.ts';

/** Knows all tokens, and who is behind each. */
export type Gatekeeper = {
  /** Who sent this `Authorization` header, or the refusal that they get. */
  identify: (authorization: string | undefined) => Identity | Answer;
  issue: (app: App, installation: InstallationSeed, only?: Narrowing) => IssuedToken;
  addToken: (token: string, seed: TokenSeed) => void;
  /** Makes a token worthless, as an owner would. */
  revoke: (token: string) => void;
};

/** Makes the door of the server; tokens of installations expire by the clock that is passed in. */
export function createGatekeeper(world: World, apps: readonly App[], now: () => number): Gatekeeper {
  const people = new Map<string, TokenSeed>();
  const issued = new Map<string, IssuedToken>();
  const identifyToken = (token: string): Identity | Answer => {
    const seed = people.get(token);
    if (seed) return toUser(world, seed);
    const found = issued.get(token);
    return found && found.expiresAt > now() ? toInstallation(found) : toRefusal(401, 'Bad credentials');
  };
  const identifyJwt = (jwt: string): Identity | Answer => {
    const app = verifyJwt(jwt, apps, now());
    if (!('refusal' in app)) return toAppIdentity(app);
    return toRefusal(app.refusal === 'Integration not found' ? 404 : 401, app.refusal);
  };
  return {
    identify: (authorization) => {
      const token = findToken(authorization);
      if (token === undefined) return anonymous;
      return token.split('.').length === 3 ? identifyJwt(token) : identifyToken(token);
    },
    issue: (app, installation, only) => {
      const token = `ghs_${randomBytes(18).toString('base64url')}`;
      const whole = { token, app, installation, only, expiresAt: now() + (app.tokenSeconds ?? 3600) * 1000 };
      issued.set(token, whole);
      return whole;
    },
    addToken: (token, seed) => people.set(token, seed),
    revoke: (token) => {
      people.delete(token);
      issued.delete(token);
    },
  };
}

/** The token of `token X`, `Bearer X` or of the password in `Basic …`. */
function findToken(authorization: string | undefined): string | undefined {
  const [, scheme = '', word = ''] = /^(\w+) +(.*)$/.exec(authorization ?? '') ?? [];
  if (scheme === '') return undefined;
  if (scheme.toLowerCase() !== 'basic') return word;
  return Buffer.from(word, 'base64')
    .toString('utf8')
    .replace(/^[^:]*:/, '');
}
