import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parseSettings } from '../settings.ts';
import { backstageKeys, findKey, isAboveKeys } from './backstage-keys.ts';
import { findToken } from './plan.ts';
import { takeOver } from './take-over.ts';
import { toWishes } from './wishes.ts';

const take = (...texts: string[]) => takeOver(texts.map((text, at) => ({ path: `app-config.${at}.yaml`, text })));
const write = (...texts: string[]) => take(...texts).document.toString({ lineWidth: 0 });

const old = `# The configuration of our Backstage.
app:
  title: Scaffolded Backstage App
  baseUrl: https://backstage.acme.io
  support: { url: https://help.acme.io }

organization:
  name: Acme

backend:
  # Port of the backend.
  baseUrl: http://localhost:7007
  database: { client: pg, connection: { host: db, password: '\${POSTGRES_PASSWORD}' } }
  reading: { allow: [{ host: example.com }] }

integrations:
  github:
    # Read-only.
    - host: github.com
      token: \${GITHUB_TOKEN}
  gitlab:
    - host: gitlab.com
      token: glpat-0123456789abcdef

auth:
  session: { secret: x }
  providers: { google: { development: { clientId: a, clientSecret: b } } }

catalog:
  import: { entityFilename: catalog-info.yaml }
  rules:
    - allow: [Component, System, API]  # no templates
  providers:
    github:
      acme: { organization: acme, schedule: { frequency: { minutes: 30 }, timeout: { minutes: 3 } } }
  locations:
    - type: file
      target: ../../examples/entities.yaml

techdocs:
  builder: external
  sanitizer: { allowedIframeHosts: [video.example.org], allowedCustomElementTagNameRegExp: '^x-' }

proxy:
  endpoints:
    /prometheus/api: { target: 'https://prometheus.acme.io/api/v1', headers: { Authorization: 'Bearer \${PROMETHEUS_TOKEN}' } }
    /jenkins/api: { target: 'https://jenkins.acme.io', headers: { Authorization: '\${JENKINS_BASIC}' } }
prometheus:
  proxyPath: /prometheus/api
jenkins:
  instances: []
`;

test('what is read stays as it was written, comments included', () => {
  const text = write(old);
  for (const line of [
    '# The configuration of our Backstage.',
    '    # Read-only.',
    '    - allow: [ Component, System, API ] # no templates',
  ])
    expect(text).toContain(line);
  expect(text).toContain('token: ${GITHUB_TOKEN}');
  expect(text).toContain('allowedIframeHosts: [ video.example.org ]');
});

test('what is not read goes, with its comments', () => {
  const text = write(old);
  for (const gone of [
    'auth.session',
    'auth.providers.google',
    'backend',
    'Port of the backend',
    'support',
    'gitlab',
    'builder',
    'entityFilename',
    'jenkins',
    'x-',
  ])
    expect(text).not.toContain(gone);
});

test('each setting is accounted for, with what for or why not', () => {
  const { used, unused } = take(old);
  expect(used.map(({ path, reader }) => `${reader} ${path}`)).toEqual([
    'build app.title',
    'build app.baseUrl',
    'build organization.name',
    'build integrations.github',
    'build catalog.rules',
    'build catalog.providers.github',
    'build catalog.locations',
    'build techdocs.sanitizer.allowedIframeHosts',
    'proxy proxy.endpoints./prometheus/api',
    'proxy prometheus',
  ]);
  expect(unused.flatMap(({ paths }) => paths)).toEqual([
    'app.support',
    'backend',
    'integrations.gitlab',
    'auth.session',
    'auth.providers.google',
    'catalog.import',
    'techdocs.builder',
    'techdocs.sanitizer.allowedCustomElementTagNameRegExp',
    'proxy.endpoints./jenkins/api',
    'jenkins',
  ]);
  expect(unused.every(({ what }) => what.length > 20)).toBe(true);
});

test('variables are named by who needs them, and files and places that do not come along are told', () => {
  const { variables, files, notes } = take(old, 'kubernetes: { clusterLocatorMethods: [{ $include: k8s.yaml }] }\n');
  expect(variables.map(({ name, reader }) => [name, reader])).toEqual([
    ['GITHUB_TOKEN', 'build'],
    ['PROMETHEUS_TOKEN', 'proxy'],
  ]);
  expect(files).toEqual([{ path: 'kubernetes.clusterLocatorMethods.0', file: 'k8s.yaml' }]);
  expect(notes.join()).toContain('../../examples/entities.yaml');
});

test('what is left is read without a complaint of Portolan', () => {
  const text = write(old);
  const { value, problems } = parseSettings(
    [{ path: 'app-config.yaml', text }],
    { GITHUB_TOKEN: 'x' },
    () => undefined,
  );
  expect(problems.filter(({ level }) => level !== 'hint')).toEqual([]);
  expect(value).toMatchObject({ title: 'Acme', url: 'https://backstage.acme.io' });
  expect(value.github.providers).toMatchObject([{ organization: 'acme' }]);
});

test('the provider that people signed in with stays for `portolan serve`, without its secret', () => {
  const taken = take(
    'auth: { environment: production, providers: { github: { production: { clientId: a, clientSecret: b } } } }\n',
  );
  expect(taken.used.map(({ path, reader }) => `${reader} ${path}`)).toEqual([
    'sign-in auth.environment',
    'sign-in auth.providers.github',
  ]);
  expect(taken.replaced).toEqual([
    { path: 'auth.providers.github.production.clientSecret', name: 'AUTH_PROVIDERS_GITHUB_PRODUCTION_CLIENT_SECRET' },
  ]);
});

test('an App whose credentials lie in a file becomes the token that the workflow makes of it', () => {
  const taken = take(
    'integrations:\n  github:\n    - host: github.com # ours\n      apps:\n        - $include: app.yaml\n',
  );
  expect(taken.document.toString()).toContain('- host: github.com # ours\n      token: ${GITHUB_READ_TOKEN}');
  expect(taken.files).toEqual([]);
  expect(taken.notes.join()).toContain('app.yaml');
  const own = 'integrations: { github: [{ apps: [{ appId: 1, privateKey: "${KEY}" }] }] }\n';
  expect(write(own)).toContain('privateKey: "${KEY}"');
});

test('an address of one machine is told', () => {
  expect(take('app: { baseUrl: http://localhost:3000 }\n').notes.join()).toContain('app.baseUrl');
  expect(take('app: { baseUrl: https://backstage.acme.io }\n').notes).toEqual([]);
});

test('later files are laid over earlier ones, as Backstage does', () => {
  const text = write(old, 'app: { baseUrl: https://portal.acme.io }\ncatalog: { rules: [] }\n');
  expect(text).toContain('https://portal.acme.io');
  expect(text).not.toContain('https://backstage.acme.io');
  expect(text).toContain('rules: []');
  expect(text).toContain('organization: acme');
});

const github = (entry: string) => `integrations:\n  github:\n    - host: ghe.acme.io\n      ${entry}\n`;

test.each([
  [github('token: abcdef'), 'abcdef', 'INTEGRATIONS_GITHUB_GHE_ACME_IO_TOKEN'],
  [github('token: 123456789'), '123456789', 'INTEGRATIONS_GITHUB_GHE_ACME_IO_TOKEN'],
  [github('apps: [{ appId: 1, privateKey: "-----BEGIN RSA PRIVATE KEY-----\\nMII" }]'), 'MII', 'APPS_PRIVATE_KEY'],
  ['pagerDuty: { apiToken: u+abcdefgh }\n', 'u+abc', 'PAGER_DUTY_API_TOKEN'],
  [
    'kubernetes: { clusterLocatorMethods: [{ type: config, clusters: [{ name: prod, serviceAccountToken: eyJhbGciOi.eyJz }] }] }\n',
    'eyJ',
    'CLUSTERS_PROD_SERVICE_ACCOUNT_TOKEN',
  ],
  ['prometheus: { baseUrl: "https://ann:hunter2@prometheus" }\n', 'hunter2', 'PROMETHEUS_BASE_URL'],
  [
    'prometheus: { proxyPath: /p }\nproxy: { /p: { target: "https://p", headers: { Authorization: Basic YW5uOmh1bnRlcjI= } } }\n',
    'YW5u',
    'AUTHORIZATION',
  ],
  ['portal: { signIn: { sessionKeys: [correct-horse] } }\n', 'correct-horse', 'SESSION_KEYS'],
  [github('token: "${GITHUB_TOKEN:-abcdef}"'), 'abcdef', 'TOKEN'],
  ['pagerDuty: { apiToken: "${PREFIX}abcdefgh" }\n', 'abcdefgh', 'API_TOKEN'],
  ['prometheus: { baseUrl: "https://hunter2@prometheus" }\n', 'hunter2', 'PROMETHEUS_BASE_URL'],
  ['prometheus: { baseUrl: "https://prometheus/?access_token=hunter2x" }\n', 'hunter2', 'PROMETHEUS_BASE_URL'],
  [
    'prometheus: { proxyPath: /p }\nproxy: { /p: { target: "https://p", headers: { X-Auth-Token: hunter2 } } }\n',
    'hunter2',
    'X_AUTH_TOKEN',
  ],
])('no secret in clear text is taken over: %j', (text, secret, name) => {
  const taken = take(text);
  expect(taken.document.toString({ lineWidth: 0 })).not.toContain(secret);
  expect(JSON.stringify([taken.replaced, taken.notes, taken.variables])).not.toContain(secret);
  expect(taken.replaced.map((each) => each.name).join()).toContain(name);
  expect(taken.document.toString({ lineWidth: 0 })).toContain(`\${${taken.replaced[0]?.name}}`);
});

test.each([
  github('token: "${GITHUB_TOKEN}"'),
  github('token: "${GITHUB_TOKEN:-}"'),
  github('token: { $file: /run/secrets/token }'),
  'portal: { signIn: { sessionKeys: [{ $file: /run/secrets/session-key }] } }\n',
  'prometheus: { proxyPath: /p }\nproxy: { /p: { target: "https://p", headers: { Authorization: "Bearer ${PROM_TOKEN}" } } }\n',
])('what is no secret in clear text stays: %j', (text) => expect(take(text).replaced).toEqual([]));

test('what is no name of a variable never gets into a workflow', () => {
  const { variables } = take(github('token: "${A || toJSON(secrets)}"'), github('token: "${GOOD}"'));
  expect(variables.map(({ name }) => name)).toEqual(['GOOD']);
});

test('what is no name of a variable never gets into a command that is to be copied', () => {
  const find = (token: string) => findToken(toWishes({ organization: 'acme' }), take(github(`token: "${token}"`)));
  expect(['${GOOD}', '${$(id)}', '${A;id}', '${A B}'].map(find)).toEqual(['GOOD', undefined, undefined, undefined]);
});

test('two secrets have two names, and none has the name of a variable that is there', () => {
  const entry = (token: string) => `{ host: a.io, token: ${token} }`;
  const text = `integrations: { github: [${entry('abc')}, ${entry('def')}, ${entry('"${INTEGRATIONS_GITHUB_A_IO_TOKEN}"')}] }\n`;
  expect(take(text).replaced.map(({ name }) => name)).toEqual([
    'INTEGRATIONS_GITHUB_A_IO_TOKEN_2',
    'INTEGRATIONS_GITHUB_A_IO_TOKEN_3',
  ]);
});

test.each([
  '# ghp_0123456789abcdef0123\napp: { title: A }\n',
  'app:\n  # token: abcdef123\n  title: A\n',
  'app:\n  title: A # password=hunter2hunter2\n',
  'app: { title: A }\n# github_pat_0123456789abcdef0123\n',
])('no comment brings a secret along: %j', (text) => {
  const { document, notes } = take(text);
  expect(document.toString()).not.toMatch(/ghp_|abcdef|hunter|github_pat/);
  expect(document.toString()).toContain('title: A');
  expect(notes).toHaveLength(1);
});

test('what an anchor stands for is written out, as the anchor may be left out', () => {
  const text = 'auth: { hosts: &hosts [a.example.org] }\ntechdocs: { sanitizer: { allowedIframeHosts: *hosts } }\n';
  expect(write(text)).toBe('techdocs: { sanitizer: { allowedIframeHosts: [ a.example.org ] } }\n');
});

/** Lists of nine times the list before. */
function toBomb(levels: number): string {
  const toName = (level: number) => (level === 0 ? 'a' : `a${level}`);
  const toLevel = (level: number) => `${toName(level)}: &${toName(level)} [${`*${toName(level - 1)} ,`.repeat(9)}]`;
  return Array.from({ length: levels }, (_, at) => toLevel(at + 1)).join(', ');
}

test.each([
  ['a: [', 'is no YAML'],
  ['- a', 'is not a map'],
  ['catalog: &a { rules: *a }', 'an alias that cannot be written out'],
  ['app: *nowhere', 'an alias that cannot be written out'],
  [`portal: { a: &a [${'x,'.repeat(9)}], ${toBomb(30)} }`, 'an alias that cannot be written out'],
])('%j is refused with a sentence', (text, message) => expect(() => take(text)).toThrow(message));

test('an empty file is nothing', () => expect(take('', '# only this\n')).toMatchObject({ used: [], unused: [] }));

/** Settings that are looked for only to say that they are not honoured. */
const told = [
  'argocd.username',
  'argocd.password',
  'pagerDuty.oauth',
  'techdocs.sanitizer.allowedCustomElementTagNameRegExp',
  'techdocs.sanitizer.allowedCustomElementAttributeNameRegExp',
];

test('whatever the programs read of Backstage has a reader in the table', () => {
  const folder = fileURLToPath(new URL('../settings/', import.meta.url));
  const sources = [
    ...readdirSync(folder)
      .filter((name) => !name.includes('.test.'))
      .map((name) => `${folder}${name}`),
    `${folder}../settings.ts`,
  ];
  const sections = 'app|organization|integrations|catalog|kubernetes|argocd|pagerDuty|prometheus|techdocs|auth';
  const pattern = new RegExp(`['"\`]((?:${sections})\\.[\\w.]+)['"\`]`, 'g');
  const read = sources.flatMap((path) => [...readFileSync(path, 'utf8').matchAll(pattern)].map(([, key = '']) => key));
  expect(new Set(read).size).toBeGreaterThan(12);
  const lost = read.filter((key) => findKey(key).reader === undefined && !isAboveKeys(key) && !told.includes(key));
  expect(lost).toEqual([]);
});

test('every row is found by its own path, and says something', () => {
  for (const row of backstageKeys) {
    expect(findKey(row.path)).toBe(row);
    expect(row.what).not.toMatch(/^[A-Z]?[a-z]* ?$|\.$/);
  }
});
