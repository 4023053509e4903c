import { expect, test } from 'vitest';
import { createIdentify } from '../../src/proxy/io/identity.ts';
import { parseProxyConfiguration, parseSettings } from '../settings.ts';

const read = (text: string, environment = {}, files: Record<string, string> = {}) =>
  parseProxyConfiguration([{ path: 'app-config.yaml', text }], environment, (path) => files[path]);

const pem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----';

test('an empty configuration configures nothing', () => {
  const { value, problems } = read('app: {}');
  expect(problems).toEqual([]);
  expect(value).toMatchObject({
    clusters: [],
    argocd: [],
    prometheus: [],
    github: [],
    hosts: [],
    proxiesInFront: 0,
    logReaders: 'owners',
  });
  expect(value.pagerduty).toBeUndefined();
  expect(value.secrets.size).toBe(0);
});

test('clusters are read as Backstage writes them', async () => {
  const { value, problems } = read(
    `kubernetes:
  serviceLocatorMethod: { type: multiTenant }
  clusterLocatorMethods:
    - type: config
      clusters:
        - name: prod-us
          url: https://prod-us.example.org/
          authProvider: serviceAccount
          serviceAccountToken: \${TOKEN}
          caData: ${btoa(pem)}
          dashboardUrl: https://dashboard.example.org
        - { name: lab, url: 'https://lab.example.org', serviceAccountToken: x, skipTLSVerify: true, caFile: ca.pem }
  customResources:
    - { group: argoproj.io, apiVersion: v1alpha1, plural: rollouts }`,
    { TOKEN: 'hush' },
    { 'ca.pem': pem },
  );
  expect(problems).toEqual([]);
  const [first, second] = value.clusters;
  expect(first).toMatchObject({ name: 'prod-us', url: 'https://prod-us.example.org', ca: pem, skipTlsVerify: false });
  expect(first?.dashboard).toEqual({ url: 'https://dashboard.example.org' });
  expect(await first?.credential?.()).toEqual({ authorization: 'Bearer hush' });
  expect(second).toMatchObject({ ca: pem, skipTlsVerify: true });
  expect(value.customResources).toEqual([{ group: 'argoproj.io', apiVersion: 'v1alpha1', plural: 'rollouts' }]);
});

test('a token that is missing is told of, and loses nothing else', () => {
  const { value, problems } = read(`kubernetes:
  clusterLocatorMethods:
    - type: config
      clusters: [{ name: a, url: 'https://a.example.org', serviceAccountToken: '\${NOT_THERE}' }, { name: b, url: 'no address' }]`);
  expect(value.clusters.map(({ name, credential }) => [name, credential])).toEqual([['a', undefined]]);
  expect(problems.map(({ code }) => code)).toEqual(['setting-variable-missing', 'setting-wrong-type']);
});

test('a variable with an empty default is no credential, and takes nothing with it', () => {
  const { value, problems } = read(`argocd:
  appLocatorMethods: [{ type: config, instances: [{ name: a, url: 'https://a.example.org', token: '\${NOT_THERE:-}' }] }]
pagerDuty: { apiToken: '\${NOT_THERE:-}' }`);
  expect(problems).toEqual([]);
  expect(value.argocd.map(({ name, credential }) => [name, credential])).toEqual([['a', undefined]]);
  expect(value.pagerduty?.credential).toBeUndefined();
});

test.each([
  ['kubernetes: {clusterLocatorMethods: [{type: gke, projectId: x}]}', 'gke'],
  [
    "kubernetes: {clusterLocatorMethods: [{type: config, clusters: [{name: a, url: 'https://a.org', authProvider: aws}]}]}",
    'aws',
  ],
  ['argocd: {username: admin, password: admin}', 'argocd.username'],
  ['pagerDuty: {oauth: {clientId: a, clientSecret: b}}', 'pagerDuty.oauth'],
])('what has no effect is said: %s', (text, word) => {
  const { problems } = read(text);
  expect(problems[0]?.code).toBe('setting-not-honoured');
  expect(problems[0]?.what).toContain(word);
});

const endpoint = (target: string) =>
  `proxy: {endpoints: {/prometheus/api: ${target}}}\nprometheus: {proxyPath: /prometheus/api}`;

test.each([
  ['behind an endpoint', endpoint('https://p.example.org/api/v1/'), 'https://p.example.org', {}],
  [
    'behind an endpoint with headers',
    endpoint("{target: 'https://p.example.org/api/v1', headers: {X-Scope-OrgID: acme}}"),
    'https://p.example.org',
    { 'X-Scope-OrgID': 'acme' },
  ],
  [
    'behind an endpoint of old',
    "proxy: {/prometheus/api: {target: 'https://p.example.org/api/v1/'}}\nprometheus: {proxyPath: /prometheus/api}",
    'https://p.example.org',
    {},
  ],
  [
    'by its own address',
    "prometheus: {url: 'https://p.example.org/prom/', token: t}",
    'https://p.example.org/prom',
    { authorization: 'Bearer t' },
  ],
])('Prometheus is found %s', async (_, text, url, headers) => {
  const { value, problems } = read(text);
  expect(problems).toEqual([]);
  expect(value.prometheus.map((each) => each.url)).toEqual([url]);
  expect((await value.prometheus[0]?.credential?.()) ?? {}).toEqual(headers);
});

test('PagerDuty is read with a key, of the default account where there are several', async () => {
  const { value } = read('pagerDuty: {accounts: [{id: a, apiToken: one}, {id: b, isDefault: true, apiToken: two}]}');
  expect(value.pagerduty).toMatchObject({ name: 'b', url: 'https://api.pagerduty.com' });
  expect(await value.pagerduty?.credential?.()).toEqual({ authorization: 'Token token=two' });
});

test('secrets are those that are named, and no other variable of the environment', () => {
  const { value, problems } = read(
    'portal: {proxy: {secrets: [PD_CHECKOUT_KEY, GONE, lower, {name: OF_FILE, value: {$file: key.txt}}]}}',
    { PD_CHECKOUT_KEY: ' k ', HOME: '/root' },
    { 'key.txt': 'f\n' },
  );
  expect([...value.secrets]).toEqual([
    ['PD_CHECKOUT_KEY', 'k'],
    ['GONE', undefined],
    ['OF_FILE', 'f'],
  ]);
  expect(problems).toHaveLength(1);
});

test.each([['none'], ['HS256']])('an assertion may not be signed with %s', (algorithm) => {
  const { value, problems } = read(
    `portal: {proxy: {identity: {header: x-assertion, issuer: i, audience: a, jwksUrl: 'https://i/keys', algorithms: [${algorithm}]}}}`,
  );
  expect(value.identity?.algorithms).toEqual([]);
  expect(problems).toHaveLength(2);
});

test.each([
  ["{header: x-a, issuer: i, audience: a, jwksUrl: 'no address'}", false],
  ['{header: x-a, issuer: i, audience: a}', false],
  ["{header: x-a, issuer: i, audience: a, pemUrl: 'https://i/keys'}", false],
  ["{header: x-a, issuer: i, audience: a, jwksUrl: 'https://i/keys', pemUrl: 'https://i/', signer: 'arn:a'}", false],
  ["{header: x-a, issuer: i, audience: a, pemUrl: 'http://i.example.org/keys', signer: 'arn:a'}", false],
  ["{header: x-a, issuer: i, audience: a, pemUrl: 'https://i/keys', signer: portal}", false],
  ["{header: x-a, issuer: i, audience: a, pemUrl: 'https://i.example.org/keys', signer: 'arn:a'}", true],
  ["{header: x-a, issuer: i, audience: a, jwksUrl: 'http://i.example.org/keys'}", false],
  ["{header: x-a, issuer: '${NOT_THERE}', audience: a, jwksUrl: 'https://i/keys'}", false],
  ['[]', false],
  ['yes', false],
  ["{header: x-a, issuer: i, audience: a, jwksUrl: 'https://i.example.org/keys?p=1'}", true],
  ["{header: x-a, issuer: i, audience: a, jwksUrl: 'http://127.0.0.1:5556/keys'}", true],
  ["{header: x-a, issuer: i, audience: a, jwksUrl: 'http://dex.dex:5556/keys'}", true],
])('an identity that is wrong lets nobody in: %s', async (identity, isRight) => {
  const { value, problems } = read(`portal: {proxy: {plainHttp: ['dex.dex:5556'], identity: ${identity}}}`);
  expect(value.identity?.algorithms.length).toBe(isRight ? 2 : 0);
  expect(problems.length > 0).toBe(!isRight);
  if (isRight) return;
  const identify = createIdentify(value.identity, { now: Date.now });
  const assertion = `${btoa('{"alg":"none"}')}.${btoa('{}')}.`;
  expect(await identify(() => undefined)).toEqual({ kind: 'refused' });
  expect(await identify(() => assertion)).toEqual({ kind: 'refused' });
});

const instance = (fields: string) => `argocd: {appLocatorMethods: [{type: config, instances: [{name: a, ${fields}}]}]}`;
const cluster = (fields: string) =>
  `kubernetes: {clusterLocatorMethods: [{type: config, clusters: [{name: a, url: 'https://a.example.org', ${fields}}]}]}`;

test.each([
  ['a proxy that is a list', 'portal: {proxy: []}', 'map'],
  ['a proxy that is a word', 'portal: {proxy: perhaps}', 'map'],
  ['a setting that is misspelt', 'portal: {proxy: {host: [a.org]}}', 'is no setting'],
  ['a host with a scheme', "portal: {proxy: {hosts: ['https://a.org']}}", 'without scheme'],
  ['a host with a port', "portal: {proxy: {hosts: ['a.org:443']}}", 'without scheme'],
  ['methods that are no list', 'kubernetes: {clusterLocatorMethods: {type: config}}', 'list'],
  ['a method that is no map', 'argocd: {appLocatorMethods: [config]}', 'map'],
  ['a login in an address', instance("url: 'https://ann:hunter2@a.example.org'"), 'name and a password'],
  ['a query in an address', instance("url: 'https://a.example.org/?token=x'"), 'end with its path'],
  ['a token of two lines', instance('url: "https://a.example.org", token: "x\\ny: z"'), 'one line'],
  ['a file that is not there', cluster('caFile: gone.pem'), 'certificate'],
  ['a certificate that is none', cluster('caData: garbage'), 'certificate'],
  ['an endpoint that is not there', 'prometheus: {proxyPath: /gone}', 'proxy.endpoints'],
  [
    'a header of two lines',
    'proxy: {endpoints: {/p: {target: \'https://p.org\', headers: {A: "b\\nc"}}}}\nprometheus: {proxyPath: /p}',
    'one line',
  ],
])('%s is told of, with its place and without its value', (_, text, word) => {
  const { problems } = read(text);
  expect(problems[0]?.what).toContain(word);
  expect(problems[0]?.place).toMatchObject({ path: 'app-config.yaml' });
  expect(JSON.stringify(problems)).not.toMatch(/hunter2|token=x/);
});

test('a setting of the proxy that is wrong takes no other with it', () => {
  const { value, problems } = read(
    "portal: {proxy: {logs: owner, hosts: [portal.example.org, 'https://x'], proxiesInFront: 1, cache: 'http://x'}}",
  );
  expect(value).toMatchObject({ hosts: ['portal.example.org'], proxiesInFront: 1, logReaders: 'owners' });
  expect(problems).toHaveLength(3);
});

test.each([
  ['[]', []],
  ['Portal.Example.org', ['portal.example.org']],
  ["['https://portal.example.org']", ['none.invalid']],
  ['{}', ['none.invalid']],
])('hosts given as %s are %j: a mistake does not open the proxy to any', (hosts, expected) => {
  expect(read(`portal: {proxy: {hosts: ${hosts}}}`).value.hosts).toEqual(expected);
});

test.each([
  ['kubernetes: {clusterLocatorMethods: [{type: config, clusters: ', 'clusters'],
  ['argocd: {appLocatorMethods: [{type: config, instances: ', 'argocd'],
] as const)('of two systems with one name the first is asked: %s', (text, key) => {
  const two = "[{name: a, url: 'https://one.example.org'}, {name: a, url: 'https://two.example.org'}]";
  const { value, problems } = read(`${text}${two}}]}`);
  expect(value[key].map(({ url }) => url)).toEqual(['https://one.example.org']);
  expect(problems[0]?.what).toContain('name that another one has');
});

test('an address with a login is on no page', () => {
  const text = instance("url: 'https://ann:hunter2@a.example.org'");
  const { value } = parseSettings([{ path: 'app-config.yaml', text }], {}, () => undefined);
  expect(value.live).toEqual({});
});

test('queries have names, typed parameters and a unit', () => {
  const { value, problems } = read(`prometheus: {url: 'https://p.example.org'}
portal:
  proxy:
    prometheus:
      queries:
        latency: { expression: 'histogram_quantile(0.9, x{service="$service"})', parameters: { service: name }, unit: seconds }
        broken: { expression: x, parameters: { service: url } }`);
  expect(value.prometheus[0]?.queries.map(({ name, title, parameters }) => ({ name, title, parameters }))).toEqual([
    { name: 'latency', title: 'latency', parameters: { service: 'name' } },
  ]);
  expect(problems).toHaveLength(1);
});

test.each([
  ['app: {}', false],
  ["prometheus: {uiUrl: 'https://p.example.org'}", true],
  ['argocd: {appLocatorMethods: []}', true],
  ['portal: {proxy: false}\nargocd: {appLocatorMethods: []}', false],
  ['portal: {proxy: true}', true],
  ['portal: {proxy: {secrets: []}}', true],
])('pages are live with %j: %s', (text, isLive) => {
  const { value, problems } = parseSettings([{ path: 'app-config.yaml', text }], {}, () => undefined);
  expect(problems).toEqual([]);
  expect(value.live !== undefined).toBe(isLive);
});
