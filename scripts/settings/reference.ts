import type { z } from 'zod';
import * as proxy from './proxy-schema.ts';
import * as schema from './schema.ts';
import { allowSchema, signInSchema } from './sign-in-schema.ts';

/** In which forms a setting may be written: as one value, as a list of them, as a map of them by names that are free. */
export type SettingForm = 'value' | 'list' | 'map';

/** A setting that the portal reads. The keys inside of a map are described in its schema, each by `.describe()`. */
export type SettingRow = {
  /** Its path; `[]` stands for each entry of a list. */
  path: string;
  /** Of the value, or of each entry; the very one that it is read with. */
  schema: z.ZodType;
  /** As one value when left out. */
  forms?: readonly SettingForm[];
  /** What it does, in one sentence without a full stop. */
  about: string;
  /** What counts when it is left out. */
  usually?: unknown;
  /** The same where it takes words. */
  otherwise?: string;
  example?: string;
  /** It decides who sees what, so a key in it that is misspelt is an error. */
  guards?: true;
};

export type SettingSection = { title: string; about: string; rows: readonly SettingRow[] };

/** Every setting that is read, ours and those of Backstage: the handbook, editors and the search for misspelt keys live on it. */
export const settingSections: readonly SettingSection[] = [
  {
    title: 'The portal',
    about: 'What it is called and where it will be.',
    rows: [
      {
        ...{ path: 'portal.title', schema: schema.textSchema, about: 'What the portal is called' },
        otherwise: '`organization.name`, else `app.title`, else `Portolan`',
      },
      { path: 'organization.name', schema: schema.textSchema, about: 'The organisation' },
      { path: 'app.title', schema: schema.textSchema, about: 'The title, where nothing nearer is given' },
      { path: 'app.baseUrl', schema: schema.urlSchema, about: 'The address that the portal will have' },
      {
        ...{ path: 'portal.base', schema: schema.textSchema, about: 'The path that all its addresses begin with' },
        otherwise: 'the path of `app.baseUrl`, else `/`',
      },
      {
        ...{ path: 'portal.logo', schema: schema.textSchema, about: 'A picture below `public/`', otherwise: 'our own' },
        example: '/logo.svg',
      },
      {
        ...{ path: 'portal.handbook', schema: schema.switchSchema, usually: true },
        about: 'Whether this handbook is part of the portal, but for its page of problems, which is always there',
      },
    ],
  },
  {
    title: 'What is read',
    about: 'Folders, organisations and single files; all of them may stand side by side.',
    rows: [
      {
        ...{ path: 'portal.sources', forms: ['list'], schema: schema.sourceSchema },
        about: 'Folders whose sub-directories are repositories, or that are one themselves',
      },
      {
        ...{ path: 'portal.github', schema: schema.githubReadingSchema, about: 'How GitHub is read' },
      },
      {
        ...{ path: 'catalog.providers.github', forms: ['value', 'map'], schema: schema.githubProviderSchema },
        about: 'Organisations whose repositories are read: one provider, or several by name',
      },
      {
        ...{ path: 'catalog.providers.githubOrg', forms: ['value', 'list'], schema: schema.githubOrgProviderSchema },
        about: 'Organisations whose people and teams are read',
      },
      {
        ...{ path: 'catalog.processors.githubMultiOrg.orgs', forms: ['list'], schema: schema.multiOrgSchema },
        about: 'The same, as it was written before there were providers',
      },
      {
        ...{ path: 'catalog.locations', forms: ['list'], schema: schema.locationSchema },
        about: 'Single files and addresses',
      },
      {
        ...{ path: 'catalog.rules', forms: ['list'], schema: schema.ruleSchema },
        ...{ about: 'Which kinds may come from where', otherwise: 'every kind' },
      },
      {
        ...{ path: 'integrations.github', forms: ['list'], schema: schema.integrationSchema },
        about: 'Hosts, and the credentials that they are read with',
      },
      {
        ...{ path: 'portal.guard.maxEntityDrop', schema: schema.dropSchema, usually: 20 },
        about: 'How many per cent of its entities a catalog may lose from one build to the next',
      },
      {
        ...{ path: 'portal.staleAfter', schema: schema.ageLimitSchema, usually: '36h' },
        about: 'From which age on pages say that what they show is old; `false` is never',
      },
    ],
  },
  {
    title: 'Publishing',
    about: 'What `portolan publish`, `rollback` and `prune` are not told on the command line.',
    rows: [
      { path: 'portal.publish', schema: schema.publishSchema, about: 'Where the site goes, and what stays of it' },
    ],
  },
  {
    title: 'Who sees what',
    about: 'A key that is misspelt here is an error, because what it protects would be open.',
    rows: [
      {
        ...{ path: 'portal.audience', schema: schema.audienceSchema, guards: true },
        ...{ about: 'What of the catalog is part of the portal', otherwise: 'everything' },
      },
      {
        ...{ path: 'portal.signIn', schema: schema.switchSchema, guards: true },
        about:
          'Whether `portolan serve` asks readers to sign in; `true` alone takes what `auth.providers` of Backstage says for `auth.environment`',
        otherwise: 'nobody has to',
      },
      {
        ...{ path: 'portal.signIn.provider', schema: signInSchema.provider, guards: true },
        about: 'Who signs people in',
      },
      {
        ...{ path: 'portal.signIn.issuer', schema: signInSchema.issuer, guards: true },
        about: 'The address of the OpenID Connect provider; https',
      },
      {
        ...{ path: 'portal.signIn.host', schema: signInSchema.host, guards: true, otherwise: '`github.com`' },
        about: 'The host of GitHub Enterprise',
      },
      {
        ...{ path: 'portal.signIn.clientId', schema: signInSchema.clientId, guards: true },
        about: 'The name of the portal at the provider',
      },
      {
        ...{ path: 'portal.signIn.clientSecret', schema: signInSchema.clientSecret, guards: true },
        ...{ about: 'Its secret; GitHub asks for one', otherwise: 'a public client with PKCE' },
      },
      {
        ...{ path: 'portal.signIn.clientAuthentication', schema: signInSchema.clientAuthentication, guards: true },
        ...{ about: 'How the secret is sent', otherwise: 'what the provider offers, the header first' },
      },
      {
        ...{ path: 'portal.signIn.redirectUris', schema: signInSchema.redirectUris, guards: true },
        about:
          'The exact addresses that the provider leads back to; their hosts are the only ones that are answered for',
        otherwise: '`auth/callback` below `app.baseUrl`',
      },
      {
        ...{ path: 'portal.signIn.scopes', schema: signInSchema.scopes, guards: true },
        ...{ about: 'What is asked of the provider', otherwise: 'what the rules need' },
      },
      {
        ...{ path: 'portal.signIn.claims', schema: signInSchema.claims, guards: true },
        about: 'Which claims say who somebody is',
      },
      {
        ...{ path: 'portal.signIn.allow', schema: allowSchema, guards: true },
        about: 'Who is let in: one entry of each list that is given must hold, or one of `users`',
        otherwise: 'whoever the issuer signs in; providers for the whole world need it',
      },
      {
        ...{ path: 'portal.signIn.sessionKeys', schema: signInSchema.sessionKeys, guards: true },
        about: 'Secrets of 32 bytes or more that sessions are encrypted with: the first encrypts, all of them decrypt',
        otherwise: 'one by chance, so that sessions end with the process',
      },
      {
        ...{ path: 'portal.signIn.hours', schema: signInSchema.hours, guards: true, otherwise: '8' },
        about: 'How long a session lasts, whatever happens in it',
      },
      {
        ...{ path: 'portal.signIn.afterSignOut', schema: signInSchema.afterSignOut, guards: true },
        about: 'Where the provider leads after signing out, as it knows it',
      },
      {
        ...{ path: 'portal.signIn.insecureLoopback', schema: signInSchema.insecureLoopback, guards: true },
        ...{ about: 'Whether a provider and addresses on this machine may be plain http', otherwise: '`false`' },
      },
    ],
  },
  {
    title: 'Docs',
    about: 'What pages of documentation may hold, and which versions of them there are.',
    rows: [
      {
        ...{ path: 'portal.docs.versions', forms: ['list'], schema: schema.docsVersionSchema },
        about: 'Versions that are shown beside the default branch',
      },
      {
        ...{ path: 'portal.docs.staleAfter', schema: schema.staleAfterSchema, usually: 365 },
        about: 'After how many days without a change a page is stale',
      },
      {
        ...{ path: 'portal.docs.plantumlServer', schema: schema.webAddressSchema },
        about: 'Where readers may have PlantUML drawn',
      },
      {
        ...{ path: 'techdocs.sanitizer.allowedIframeHosts', forms: ['list'], schema: schema.hostSchema },
        about: 'Hosts whose pages may be framed',
      },
      {
        ...{ path: 'techdocs.sanitizer.additionalAllowedURIProtocols', forms: ['list'], schema: schema.protocolSchema },
        about: 'Schemes that links may have beside http, https and mailto, if they run nothing',
      },
    ],
  },
  {
    title: 'What is live',
    about: 'Read by `portolan proxy` and `portolan serve`, again whenever the file changes.',
    rows: [
      {
        ...{ path: 'portal.proxy', schema: schema.switchSchema },
        ...{ about: 'Whether pages are live', otherwise: 'whether a system is named that could be asked' },
      },
      {
        ...{ path: 'portal.proxy.secrets', forms: ['list'], schema: proxy.proxySecretSchema },
        about: 'The only names that `${NAME}` in an annotation may have',
      },
      {
        ...{ path: 'portal.proxy.hosts', forms: ['value', 'list'], schema: proxy.proxySettings.hosts },
        ...{ about: 'Names under which the proxy may be asked', otherwise: 'any' },
      },
      {
        ...{ path: 'portal.proxy.plainHttp', forms: ['value', 'list'], schema: proxy.proxySettings.plainHttp },
        about: 'Hosts, with their ports, that may be asked without https',
      },
      {
        ...{ path: 'portal.proxy.proxiesInFront', schema: proxy.proxySettings.proxiesInFront, usually: 0 },
        about: 'How many proxies in front add an address to `X-Forwarded-For`',
      },
      {
        ...{ path: 'portal.proxy.logs', schema: proxy.proxySettings.logs, usually: 'owners' },
        about: 'Who reads the end of logs, where an entity allows it',
      },
      {
        ...{ path: 'portal.proxy.cache', schema: proxy.proxySettings.cache },
        about: 'A Redis or Valkey that replicas share',
      },
      {
        ...{ path: 'portal.proxy.identity', schema: proxy.identitySchema, guards: true },
        about: 'The signed assertion of whatever signs people in, in front of the proxy',
      },
      {
        ...{ path: 'portal.proxy.prometheus.queries', forms: ['map'], schema: proxy.namedQuerySchema },
        about: 'Queries that annotations may name',
      },
      {
        ...{ path: 'kubernetes.clusterLocatorMethods[].type', schema: proxy.methodTypeSchema },
        about: 'How clusters are found; those of other types are told of',
      },
      {
        ...{ path: 'kubernetes.clusterLocatorMethods[].clusters', forms: ['list'], schema: proxy.clusterSchema },
        about: 'The clusters that are asked',
      },
      {
        ...{ path: 'kubernetes.customResources', forms: ['list'], schema: proxy.customResourceSchema },
        about: 'Resources of others that are shown too: Argo Rollouts',
      },
      {
        ...{ path: 'argocd.appLocatorMethods[].type', schema: proxy.methodTypeSchema },
        about: 'How instances are found; those of other types are told of',
      },
      {
        ...{ path: 'argocd.appLocatorMethods[].instances', forms: ['list'], schema: proxy.argocdInstanceSchema },
        about: 'The instances of Argo CD that are asked',
      },
      { path: 'pagerDuty', schema: proxy.pagerdutySchema, about: 'How PagerDuty is asked' },
      { path: 'prometheus', schema: proxy.prometheusSchema, about: 'How Prometheus is asked' },
      {
        ...{ path: 'proxy.endpoints', forms: ['map'], schema: proxy.endpointSchema },
        about: 'Addresses, with their headers; only the one of `prometheus.proxyPath` is used',
      },
    ],
  },
];

/** All rows of all sections. */
export const settingRows: readonly SettingRow[] = settingSections.flatMap(({ rows }) => rows);

/** Settings that are looked for only to say that they have no effect here, under their former name, or for what `portal.signIn` leaves out. */
export const lookedFor: readonly string[] = [
  'argocd.username',
  'argocd.password',
  'pagerDuty.oauth',
  'techdocs.sanitizer.allowedCustomElementTagNameRegExp',
  'techdocs.sanitizer.allowedCustomElementAttributeNameRegExp',
  'proxy',
  'audience',
  'auth.environment',
  'auth.providers',
];
