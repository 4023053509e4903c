import { z } from 'zod';

const text = z.string().min(1);
const texts = z.array(text);
/** Backstage takes credentials as text; a number in YAML is meant as one. A variable with an empty default is none. */
const secret = z.preprocess((value) => (typeof value === 'number' ? String(value) : value), text);
const lacking = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional()).optional();
const address = z.url({ protocol: /^https?$/ });

/** One entry of `clusters` of a `kubernetes.clusterLocatorMethods` of type config. */
export const clusterSchema = z.object({
  name: text,
  url: address,
  authProvider: text.optional(),
  serviceAccountToken: lacking(secret),
  skipTLSVerify: z.boolean().default(false),
  caData: lacking(text),
  caFile: lacking(text),
  dashboardUrl: lacking(address),
  dashboardApp: text.optional(),
});

export const customResourceSchema = z.object({ group: text, apiVersion: text, plural: text });

/** One entry of `instances` of an `argocd.appLocatorMethods` of type config. */
export const argocdInstanceSchema = z.object({ name: text, url: address, token: lacking(secret) });

export const pagerdutySchema = z.object({
  apiBaseUrl: address.optional(),
  apiToken: lacking(secret),
  accounts: z
    .array(
      z.object({
        id: text.optional(),
        isDefault: z.boolean().optional(),
        apiBaseUrl: address.optional(),
        apiToken: lacking(secret),
      }),
    )
    .optional(),
});

/** An entry of `proxy.endpoints`: an address, or a map with a target and headers. */
export const endpointSchema = z.union([
  address.transform((target) => ({ target, headers: {} as Record<string, string> })),
  z.object({ target: address, headers: z.record(text, secret).default({}) }),
]);

export const prometheusSchema = z.object({
  url: address.optional(),
  baseUrl: address.optional(),
  uiUrl: address.optional(),
  proxyPath: text.optional(),
  token: lacking(secret),
});

/** A named query of `portal.proxy.prometheus.queries`. */
export const namedQuerySchema = z.object({
  title: text.optional(),
  expression: text.max(2000),
  parameters: z
    .record(z.string().regex(/^[a-z][a-z0-9_]{0,31}$/), z.enum(['name', 'namespace', 'kubernetes-id', 'system']))
    .default({}),
  unit: z.enum(['ratio', 'seconds', 'per-second', 'bytes', 'number']).default('number'),
  objective: z.number().gt(0).lt(1).optional(),
  days: z.number().int().positive().max(366).optional(),
});

const secretName = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]*$/, { message: 'must be a name in capitals, such as PD_CHECKOUT_KEY' });

/** An entry of `portal.proxy.secrets`: the name of a variable of the environment, or a name and its value. */
export const proxySecretSchema = z.union([
  secretName.transform((name) => ({ name, value: undefined })),
  z.object({ name: secretName, value: lacking(secret) }),
]);

const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'] as const;

/** `portal.proxy.identity`: the assertion of whatever signs people in, in front of us. */
export const identitySchema = z.object({
  header: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,64}$/)
    .toLowerCase(),
  issuer: text,
  audience: text,
  jwksUrl: address,
  algorithms: z.array(z.enum(algorithms)).min(1).default(['RS256', 'ES256']),
  emailClaim: text.default('email'),
  loginClaim: text.default('preferred_username'),
});

/** `portal.proxy` beside the lists that are read entry by entry. */
export const proxySchema = z.object({
  hosts: texts.default([]),
  plainHttp: texts.default([]),
  proxiesInFront: z.number().int().min(0).max(10).default(0),
  logs: z.enum(['owners', 'everyone']).default('owners'),
  cache: z.url({ protocol: /^(?:redis|rediss|valkey)$/ }).optional(),
});
