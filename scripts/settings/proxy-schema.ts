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
  name: text.describe('What pages and `backstage.io/kubernetes-cluster` call it'),
  url: place.describe('The address of its API'),
  authProvider: text.optional().describe('`serviceAccount` (the default) or `localKubectlProxy`; others are told of'),
  serviceAccountToken: lacking(token).describe('The token; without one that of the own pod is taken'),
  skipTLSVerify: z.boolean().default(false).describe('Whether its certificate is not verified'),
  caData: lacking(text).describe('Its certificate authority, in PEM or base64 of it'),
  caFile: lacking(text).describe('The same in a file'),
  dashboardUrl: lacking(address).describe('Where links lead'),
  dashboardApp: text.optional().describe('What is at that address, which decides how links look'),
});

/** One entry of `kubernetes.customResources`. */
export const customResourceSchema = z.object({
  group: text.describe('Its group'),
  apiVersion: text.describe('Its version'),
  plural: text.describe('Its name in the plural'),
});

/** The `type` of a way in which clusters or instances are found: only those that stand in the file are asked. */
export const methodTypeSchema = z.enum(['config']);

/** One entry of `instances` of an `argocd.appLocatorMethods` of type config. */
export const argocdInstanceSchema = z.object({
  name: text.describe('What pages call it'),
  url: place.describe('Its address'),
  token: lacking(token).describe('The token of an account that can only read'),
});

export const pagerdutySchema = z.object({
  apiBaseUrl: place.optional().describe('The address of its API; `https://api.pagerduty.com` when left out'),
  apiToken: lacking(token).describe('A read-only key'),
  accounts: z
    .array(
      z.object({
        id: text.optional().describe('Its name'),
        isDefault: z.boolean().optional().describe('The one that is asked; else the first'),
        apiBaseUrl: place.optional().describe('As above'),
        apiToken: lacking(token).describe('As above'),
      }),
    )
    .optional()
    .describe('Several accounts; one of them is asked'),
});

const headerName = z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, { error: 'must be the name of a header' });
const headerValue = z.preprocess(
  (value) => (typeof value === 'number' ? String(value) : value),
  z.string().regex(/^[\x20-\x7e]+$/, { error: 'must be one line of plain letters' }),
);

/** An entry of `proxy.endpoints`: an address, or a map with a target and headers. */
export const endpointSchema = z.union([
  place.transform((target) => ({ target, headers: {} as Record<string, string> })),
  z.object({
    target: place.describe('Where it leads'),
    headers: z.record(headerName, headerValue).default({}).describe('What is sent along'),
  }),
]);

export const prometheusSchema = z.object({
  url: place.optional().describe('The address that is asked'),
  baseUrl: place.optional().describe('The same by its other name'),
  uiUrl: place.optional().describe('Where links lead; asked where nothing else is given'),
  proxyPath: text.optional().describe('In their place: an entry of `proxy.endpoints`'),
  token: lacking(token).describe('Sent as `Authorization: Bearer`'),
});

/** A named query of `portal.proxy.prometheus.queries`. */
export const namedQuerySchema = z.object({
  title: text.optional().describe('What pages call it; its name when left out'),
  expression: text.max(2000).describe('PromQL that gives one value, or a few series'),
  parameters: z
    .record(z.string().regex(/^[a-z][a-z0-9_]{0,31}$/), z.enum(['name', 'namespace', 'kubernetes-id', 'system']))
    .default({})
    .describe('What of the entity stands for `$…` within quotes'),
  unit: z.enum(['ratio', 'seconds', 'per-second', 'bytes', 'number']).default('number').describe('What the value is'),
  objective: z.number().gt(0).lt(1).optional().describe('The share of good events that is promised'),
  days: z.number().int().positive().max(366).optional().describe('Over how many days it is promised'),
});

const secretName = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]*$/, { message: 'must be a name in capitals, such as PD_CHECKOUT_KEY' });

/** An entry of `portal.proxy.secrets`: the name of a variable of the environment, or a name and its value. */
export const proxySecretSchema = z.union([
  secretName.transform((name) => ({ name, value: undefined })),
  z.object({
    name: secretName.describe('Its name'),
    value: lacking(secret).describe('Its value; that of the variable of its name when left out'),
  }),
]);

const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'] as const;

/** `portal.proxy.identity`: the assertion of whatever signs people in, in front of us. */
export const identitySchema = z
  .object({
    header: z
      .string()
      .regex(/^[A-Za-z0-9-]{1,64}$/)
      .toLowerCase()
      .describe('The header that the assertion comes in'),
    issuer: text.describe('Who must have made it'),
    audience: text.describe('Whom it must be made for'),
    jwksUrl: address
      .optional()
      .describe('Where the public keys are; https, but on this machine and for hosts of `plainHttp`'),
    pemUrl: place
      .optional()
      .describe(
        'Where a load balancer of AWS keeps its public keys, in place of `jwksUrl`: a file each, by the id of the key',
      ),
    signer: text
      .regex(/^arn:[\x21-\x7e]+$/, { error: 'must be the ARN of a load balancer' })
      .optional()
      .describe('The ARN of the load balancer that must have signed it; asked for beside `pemUrl`'),
    algorithms: z.array(z.enum(algorithms)).min(1).default(['RS256', 'ES256']).describe('How it may be signed'),
    emailClaim: text.default('email').describe('The claim with the e-mail address'),
    loginClaim: text.default('preferred_username').describe('The claim with the login'),
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
