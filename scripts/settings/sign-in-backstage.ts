import { z } from 'zod';
import type { SectionReader } from './sections.ts';
import { signInSchema } from './sign-in-schema.ts';
import type { Tell } from './sign-in-tell.ts';

/** What Backstage's `auth.providers` says of signing in, for what `portal.signIn` leaves out. */
export type Defaults = {
  provider: 'oidc' | 'github';
  issuer?: string;
  host?: string;
  clientId?: string;
  clientSecret?: string;
  clientAuthentication?: 'client_secret_basic' | 'client_secret_post';
};

const kinds = ['oidc', 'github'] as const;
const environmentSchema = z.string().min(1);

/** The provider that is used, with what Backstage knows of it; nothing, and a word why, where that cannot be told. */
export function findDefaults(reader: SectionReader, tell: Tell): Defaults | undefined {
  const named = reader.find('portal.signIn.provider', signInSchema.provider);
  const isGiven = reader.findTree('portal.signIn.provider') !== undefined;
  if (named) return { provider: named, ...readers[named](reader) };
  const isBare = reader.findTree('portal.signIn')?.type === 'scalar';
  if (!isBare) return isGiven ? undefined : tell('provider', 'is missing: `oidc` or `github`');
  const found = kinds.filter((kind) => toSection(reader, kind) !== undefined);
  const [only] = found;
  if (only === undefined)
    return tell('', 'is `true`, and `auth.providers` names neither `oidc` nor `github` for this environment');
  if (found.length > 1) return tell('', 'is `true`, and `auth.providers` names two: say which one as `provider`');
  return { provider: only, ...readers[only](reader) };
}

/** Where `auth.providers` speaks of a provider for the environment that is used. */
function toSection(reader: SectionReader, kind: (typeof kinds)[number]): string | undefined {
  const environment = reader.find('auth.environment', environmentSchema) ?? 'development';
  const path = `auth.providers.${kind}.${environment}`;
  return reader.findTree(path)?.type === 'map' ? path : undefined;
}

const readers: Record<(typeof kinds)[number], (reader: SectionReader) => Omit<Defaults, 'provider'>> = {
  oidc: (reader) => {
    const path = toSection(reader, 'oidc');
    if (path === undefined) return {};
    const metadata = isTold(reader, 'issuer') ? undefined : reader.find(`${path}.metadataUrl`, signInSchema.issuer);
    const method =
      reader.findTree(`${path}.tokenEndpointAuthMethod`) && !isTold(reader, 'clientAuthentication')
        ? reader.find(`${path}.tokenEndpointAuthMethod`, signInSchema.clientAuthentication)
        : undefined;
    return {
      ...findClient(reader, path),
      ...(metadata !== undefined && { issuer: metadata.replace(/\/\.well-known\/openid-configuration$/, '') }),
      ...(method && { clientAuthentication: method }),
    };
  },
  github: (reader) => {
    const path = toSection(reader, 'github');
    if (path === undefined) return {};
    const url = isTold(reader, 'host') ? undefined : reader.find(`${path}.enterpriseInstanceUrl`, signInSchema.issuer);
    return { ...findClient(reader, path), ...(url !== undefined && { host: new URL(url).host }) };
  },
};

/** Whether `portal.signIn` says it itself, so that what Backstage says is not even read. */
const isTold = (reader: SectionReader, key: string) => reader.findTree(`portal.signIn.${key}`) !== undefined;

function findClient(reader: SectionReader, path: string): Pick<Defaults, 'clientId' | 'clientSecret'> {
  const clientId = isTold(reader, 'clientId') ? undefined : reader.find(`${path}.clientId`, signInSchema.clientId);
  const clientSecret =
    isTold(reader, 'clientId') || isTold(reader, 'clientSecret')
      ? undefined
      : reader.find(`${path}.clientSecret`, signInSchema.clientSecret);
  return { ...(clientId !== undefined && { clientId }), ...(clientSecret !== undefined && { clientSecret }) };
}
