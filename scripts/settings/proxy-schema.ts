import { z } from 'zod';

const text = z.string().min(1);
/** Backstage takes credentials as text; a number in YAML is meant as one. A variable with an empty default is none. */
const secret = z.preprocess((value) => (typeof value === 'number' ? String(value) : value), text);
const lacking = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional()).optional();
/** A credential that stands in a header: with a line break in it there would be another header. */
const token = z.preprocess(
  (value) => (typeof value === 'number' ? String(value) : value),
  text.regex(/^[\x21-\x7e]+$/, { error: 'must be one line of plain letters without blanks' }),
);
const findUrl = (value: string) => (URL.canParse(value) ? new URL(value) : undefined);
/** Addresses are shown and written down, so nobody's name and password stand in them. */
const address = z
  .url({ protocol: /^https?$/ })
  .refine((value) => !(findUrl(value)?.username || findUrl(value)?.password), {
    error: 'must not hold a name and a password: there are settings for credentials',
  });
/** An address that paths are added to. */
const place = address.refine((value) => !(findUrl(value)?.search || findUrl(value)?.hash), {
  error: 'must end with its path: nothing can follow a `?` or a `#`',
});

/** One entry of `clusters` of a `kubernetes.clusterLocatorMethods` of type config. */
export const clusterSchema = z.object({
  name: text,
  url: place,
  authProvider: text.optional(),
  serviceAccountToken: lacking(token),
  skipTLSVerify: z.boolean().default(false),
  caData: lacking(text),
  caFile: lacking(text),
  dashboardUrl: lacking(address),
  dashboardApp: text.optional(),
});

export const customResourceSchema = z.object({ group: text, apiVersion: text, plural: text });

/** One entry of `instances` of an `argocd.appLocatorMethods` of type config. */
export const argocdInstanceSchema = z.object({ name: text, url: place, token: lacking(token) });

export const pagerdutySchema = z.object({
  apiBaseUrl: place.optional(),
  apiToken: lacking(token),
  accounts: z
    .array(
      z.object({
        id: text.optional(),
        isDefault: z.boolean().optional(),
        apiBaseUrl: place.optional(),
        apiToken: lacking(token),
      }),
    )
    .optional(),
});

const headerName = z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, { error: 'must be the name of a header' });
const headerValue = z.preprocess(
  (value) => (typeof value === 'number' ? String(value) : value),
  z.string().regex(/^[\x20-\x7e]+$/, { error: 'must be one line of plain letters' }),
);

/** An entry of `proxy.endpoints`: an address, or a map with a target and headers. */
export const endpointSchema = z.union([
  place.transform((target) => ({ target, headers: {} as Record<string, string> })),
  z.object({ target: place, headers: z.record(headerName, headerValue).default({}) }),
]);

export const prometheusSchema = z.object({
  url: place.optional(),
  baseUrl: place.optional(),
  uiUrl: place.optional(),
  proxyPath: text.optional(),
  token: lacking(token),
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
export const identitySchema = z
  .object({
    header: z
      .string()
      .regex(/^[A-Za-z0-9-]{1,64}$/)
      .toLowerCase(),
    issuer: text,
    audience: text,
    jwksUrl: address.optional(),
    pemUrl: place.optional(),
    signer: text.regex(/^arn:[\x21-\x7e]+$/, { error: 'must be the ARN of a load balancer' }).optional(),
    algorithms: z.array(z.enum(algorithms)).min(1).default(['RS256', 'ES256']),
    emailClaim: text.default('email'),
    loginClaim: text.default('preferred_username'),
  })
  .refine(({ jwksUrl, pemUrl }) => (jwksUrl === undefined) !== (pemUrl === undefined), {
    error: 'must name either `jwksUrl` or `pemUrl`, where the keys are',
  })
  .refine(({ pemUrl, signer }) => pemUrl === undefined || signer !== undefined, {
    error: 'must name the `signer` beside `pemUrl`: all load balancers of a region keep their keys there',
  });

/** `portal.proxy`, each setting by itself: one that is wrong takes no other with it. */
export const proxySettings = {
  hosts: z
    .string()
    .regex(/^(?:[\w.-]+|\[[\da-f:.]+\])$/i, { error: 'must be the name of a host, without scheme and port' }),
  plainHttp: text,
  proxiesInFront: z.number().int().min(0).max(10),
  logs: z.enum(['owners', 'everyone']),
  cache: z.url({ protocol: /^(?:redis|rediss|valkey)$/ }),
};
