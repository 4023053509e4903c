import { expect, test } from 'vitest';
import { parseSettings } from './settings.ts';

const parse = (
  texts: Record<string, string>,
  environment: Record<string, string> = {},
  files: Record<string, string> = {},
) =>
  parseSettings(
    Object.entries(texts).map(([path, text]) => ({ path, text })),
    environment,
    (path) => files[path],
  );

const settingsOf = (text: string, environment?: Record<string, string>, files?: Record<string, string>) =>
  parse({ 'app-config.yaml': text }, environment, files).value;
const problemsOf = (text: string, environment?: Record<string, string>, files?: Record<string, string>) =>
  parse({ 'app-config.yaml': text }, environment, files).problems;

/** Problems but for hints, which say where Backstage would read the same otherwise. */
const faultsOf = (text: string) => problemsOf(text).filter(({ level }) => level !== 'hint');

test('an empty configuration has its defaults', () => {
  const { value, problems } = parse({});
  expect(problems).toEqual([]);
  expect(value).toMatchObject({
    title: 'Portolan',
    base: '/',
    sources: [],
    locations: [],
    audience: {},
    docs: { staleAfter: 365 },
  });
  expect(value.rules).toBeUndefined();
});

test('later files are laid over earlier ones: maps joined, lists replaced', () => {
  const { value } = parse({
    'a.yaml':
      'app: {title: A, baseUrl: "https://portal.acme.io/docs/"}\nportal: {sources: [{folder: x}, {folder: y}]}\n',
    'conf/b.yaml': 'app: {title: B}\nportal: {sources: [{folder: ../z}]}\n',
  });
  expect(value).toMatchObject({ title: 'B', base: '/docs', sources: [{ folder: 'z' }] });
});

test.each([
  ['app: {title: A}\norganization: {name: O}', 'O'],
  ['app: {title: A}', 'A'],
  ['app: {title: A}\nportal: {title: P}', 'P'],
  ['app: {title: "${NAME}"}', 'Acme'],
  ['app: {title: "${NAME} at ${PLACE:-home}"}', 'Acme at home'],
  ['app: {title: "$${NAME}"}', '${NAME}'],
  ['app: {title: "${EMPTY:-x}"}', 'x'],
  ['app: {title: {$env: NAME}}', 'Acme'],
  ['app: {title: {$file: ./title.txt}}', 'From a file'],
  ['app: {$include: "./${KIND}.yaml"}', 'Included'],
  ['app: {title: {$include: "deep.yaml#a.b"}}', 'Deep in Acme'],
])('reads the title of %s', (text, title) => {
  const environment = { NAME: 'Acme', EMPTY: '', KIND: 'app' };
  const files = {
    'title.txt': 'From a file\n',
    'app.yaml': 'title: Included\n',
    'deep.yaml': 'a: {b: "Deep in ${NAME}"}\n',
  };
  expect(settingsOf(text, environment, files).title).toBe(title);
});

test('a variable of the environment is laid over everything', () => {
  const environment = { APP_CONFIG_app_title: 'X', APP_CONFIG_portal_sources: '[{"folder": "/srv"}]' };
  expect(settingsOf('app: {title: A}', environment)).toMatchObject({ title: 'X', sources: [{ folder: '/srv' }] });
});

test.each([
  ['app:\n  title: [1]\n', 'setting-wrong-type', '`app.title` must be a text.', 2, 10],
  ['portal:\n  sources:\n    - folder: 7\n', 'setting-wrong-type', '`portal.sources[0].folder` must be a text.', 3, 15],
  ['portal:\n  sources: here\n', 'setting-wrong-type', '`portal.sources` must be a list.', 2, 12],
  [
    'app:\n  title: ${GONE}\n',
    'setting-variable-missing',
    '`app.title` needs the environment variable `GONE`, which is not set.',
    2,
    10,
  ],
  [
    'app:\n  title: {$file: gone}\n',
    'setting-file-unreadable',
    '`app.title` takes its value from `gone`, which cannot be read.',
    2,
    10,
  ],
  ['app: {\n', 'yaml-syntax', undefined, 2, 1],
  ['- a\n', 'document-not-a-map', undefined, 1, 1],
  [
    'portal: {proxy: {}, audience: {visibility: [loud]}}',
    'setting-wrong-type',
    '`portal.audience.visibility[0]` must be one of `public`, `internal`, `private`.',
    1,
    45,
  ],
  [
    'catalog: {providers: {githubOrg: {orgs: [acme]}, github: {x: {organization: acme, filters: {repository: "("}}}}}',
    'setting-wrong-type',
    '`catalog.providers.github.x.filters.repository` must be a regular expression.',
    1,
    105,
  ],
  [
    'portal: {docs: {versions: [{pattern: v*, count: 0}]}}',
    'setting-wrong-type',
    '`portal.docs.versions[0].count` must be a number from 1 to 50.',
    1,
    49,
  ],
])('says what is wrong with %j', (text, code, what, line, column) => {
  const place = { repository: '', path: 'app-config.yaml', line, column };
  expect(faultsOf(text)).toMatchObject([what === undefined ? { code, place } : { code, what, place }]);
});

test.each(['"v[1"', 'refs/tags/v*', '"!refs/tags/v*"', '/v1', '"v 1"', '"v{1,2"', '"v1..v2"', '[v*, "a:b"]'])(
  'the pattern %s is no glob of versions',
  (pattern) => {
    const what = '`portal.docs.versions[0].pattern` must be a glob of names of tags or branches, such as `v*`.';
    const { value, problems } = parse({ 'app-config.yaml': `portal: {docs: {versions: [{pattern: ${pattern}}]}}` });
    expect([value.docs.versions, problems]).toMatchObject([[], [{ code: 'setting-wrong-type', what }]]);
  },
);

test('versions of docs have their defaults, and a single rule needs no list', () => {
  const { value } = parse({ 'app-config.yaml': 'portal: {docs: {versions: {pattern: "v{1,2}.[0-9]*"}}}' });
  expect(value.docs.versions).toEqual([{ pattern: ['v{1,2}.[0-9]*'], count: 3, type: 'tags' }]);
  const rule = '{pattern: [release/*, "!*-old"], type: branches, count: 2, per: minor, repositories: acme/*}';
  expect(settingsOf(`portal: {docs: {versions: [${rule}]}}`).docs.versions).toEqual([
    { pattern: ['release/*', '!*-old'], type: 'branches', count: 2, per: 'minor', repositories: ['acme/*'] },
  ]);
});

test.each([
  'backend: {database: {client: "${GONE}"}}',
  'proxy: {$include: gone.yaml}',
  'integrations: {github: [{host: github.com, token: "${GONE}"}]}',
  'catalog: {providers: {github: {a: {organization: acme, schedule: {frequency: "${GONE}"}}}}}',
  'app: {title: A, unknown: 7}\norganization: {widgets: {x: 1}}',
])('says nothing of keys that are not used: %s', (text) => expect(faultsOf(text)).toEqual([]));

test.each([
  'catalog: {locations: [{type: url, target: "https://github.com/${GONE}/x"}]}',
  'catalog: {providers: {github: {a: {organization: "${GONE}"}}}}',
])('says once that a variable is missing: %s', (text) => {
  expect(faultsOf(text).map(({ code }) => code)).toEqual(['setting-variable-missing']);
});

test('a file that includes itself ends', () => {
  const files = { 'loop.yaml': '$include: loop.yaml\n' };
  expect(problemsOf('app: {$include: loop.yaml}', {}, files)).toEqual([]);
  expect(problemsOf('portal: {sources: {$include: loop.yaml}}', {}, files)).toMatchObject([
    { code: 'setting-file-unreadable' },
  ]);
});

const provider = { host: 'github.com', organization: 'acme', catalogPath: '/catalog-info.yaml' };

test.each([
  ['a map of providers', 'providers: {github: {main: {organization: acme}}}', [{ ...provider, id: 'main' }]],
  ['a single provider', 'providers: {github: {organization: acme}}', [{ ...provider, id: 'default' }]],
  [
    'the time of processors',
    'locations: [{type: github-discovery, target: "https://ghe.acme.io/acme/svc-*/blob/-/catalog/all.yaml"}]',
    [
      {
        host: 'ghe.acme.io',
        organization: 'acme',
        catalogPath: '/catalog/all.yaml',
        filters: { repository: 'svc-.*' },
      },
    ],
  ],
  ['one that says too little', 'providers: {github: {main: {catalogPath: /x.yaml}}}', []],
])('reads providers as %s', (_name, text, providers) => {
  const { github, locations } = settingsOf(`catalog: {${text}}`);
  expect(github.providers).toMatchObject(providers);
  expect(locations).toEqual([]);
});

test.each([
  ['an object', 'providers: {githubOrg: {id: p, githubUrl: "https://github.com", orgs: [acme]}}'],
  ['a list', 'providers: {githubOrg: [{id: p, orgs: [acme]}]}'],
  ['its address', 'providers: {githubOrg: {id: p, target: "https://github.com/acme"}}'],
  ['a location', 'locations: [{type: github-org, target: "https://github.com/acme"}]'],
  [
    'a processor',
    'processors: {githubMultiOrg: {orgs: [{name: acme}]}}, locations: [{type: github-multi-org, target: "https://github.com"}]',
  ],
])('reads the organisation from %s', (_name, text) => {
  const { github, home } = settingsOf(`catalog: {${text}}`);
  expect(github.organizations).toMatchObject([{ githubUrl: 'https://github.com', orgs: ['acme'] }]);
  expect(home).toEqual({ url: 'https://github.com/acme' });
});

const toProviderText = (rest: string) =>
  `catalog: {providers: {githubOrg: {orgs: [acme]}, github: {organization: acme${rest}}}}`;

test.each([
  ['', ['github-path-widened']],
  [', catalogPath: "/catalog-info.{yml,yaml}", validateLocationsExist: true', ['github-brace-glob']],
  [', catalogPath: "/**/catalog-info.{yml,yaml}", validateLocationsExist: true', []],
  [', filters: {branch: release/1}', ['github-branch-slash']],
  [', filters: {topic: portal}', ['github-topic-text']],
  [', schedule: {frequency: {hours: 3}}', ['discovery-schedule']],
])('says where Backstage reads %j otherwise', (rest, codes) => {
  const found = problemsOf(toProviderText(rest)).map(({ code }) => code);
  expect(found.toSorted()).toEqual([...new Set([...codes, 'github-path-widened'])].toSorted());
});

test('branches with slashes, topics as a text and brace globs are read', () => {
  const text = toProviderText(', catalogPath: "/catalog-info.{yml,yaml}", filters: {branch: release/1, topic: portal}');
  expect(settingsOf(text).github.providers).toMatchObject([
    { catalogPath: '/catalog-info.{yml,yaml}', filters: { branch: 'release/1', topic: { include: ['portal'] } } },
  ]);
});

test('the most frequent schedule becomes one line for the workflow, at its place', () => {
  const text = `catalog:
  providers:
    github:
      a: {organization: acme, schedule: {frequency: {hours: 3}}}
      b: {organization: acme, schedule: {frequency: PT30M}}
    githubOrg: {orgs: [acme], schedule: {frequency: {days: 1}}}
`;
  const [problem, ...others] = problemsOf(text).filter(({ code }) => code === 'discovery-schedule');
  expect(others).toEqual([]);
  expect(problem).toMatchObject({ place: { line: 5 } });
  expect(problem?.mend).toContain("cron: '*/30 * * * *'");
});

test('an old configuration without people is told so; one that reads no GitHub is told nothing', () => {
  const text = 'catalog: {providers: {github: {organization: acme}}}';
  expect(problemsOf(text).map(({ code }) => code)).toContain('github-people-unasked');
  expect(problemsOf(`${text}\nportal: {github: {read: false}}`)).toEqual([]);
});

test('credentials that are missing are remembered for those who need them', () => {
  const { lacking } = settingsOf('integrations: {github: [{host: github.com, token: "${GONE}"}]}').github;
  expect(lacking).toMatchObject([{ code: 'setting-variable-missing', what: expect.stringContaining('GONE') }]);
});

test('two organisations are nobody’s home', () => {
  expect(
    settingsOf('catalog: {providers: {github: {a: {organization: a}, b: {organization: b}}}}').home,
  ).toBeUndefined();
});

test('rules are kinds, or kinds with a type, and may be about some locations only', () => {
  const text =
    'catalog: {rules: [{allow: [API, {kind: Template, spec.type: website}], locations: [{type: url, pattern: "https://x/**"}]}]}';
  expect(settingsOf(text).rules).toEqual([
    {
      allow: [{ kind: 'API' }, { kind: 'Template', type: 'website' }],
      locations: [{ type: 'url', pattern: 'https://x/**' }],
    },
  ]);
});

test('one wrong entry of a list does not take the others with it', () => {
  const { value, problems } = parse({
    'a.yaml': 'catalog: {locations: [{type: url}, {type: file, target: ./b.yaml}]}',
  });
  expect(value.locations).toMatchObject([{ target: './b.yaml', folder: '' }]);
  expect(problems).toMatchObject([{ code: 'setting-wrong-type' }]);
});

test('what Backstage allows in its docs is allowed here, as far as it cannot run anything', () => {
  const text = `
techdocs:
  sanitizer:
    allowedIframeHosts: [Video.Example.org, 'draw.example.org:8443', video.example.org]
    additionalAllowedURIProtocols: [slack, 'vscode:', javascript, data]
    allowedCustomElementTagNameRegExp: '^backstage-'
portal: {docs: {plantumlServer: 'https://uml.example/plantuml'}}
`;
  const { value, problems } = parse({ 'app-config.yaml': text });
  expect(value.docs).toMatchObject({
    frameHosts: ['draw.example.org:8443', 'video.example.org'],
    schemes: ['slack', 'vscode'],
    plantumlServer: 'https://uml.example/plantuml',
  });
  expect(problems.map(({ code, place }) => [code, place?.line])).toEqual([
    ['setting-not-honoured', 5],
    ['setting-not-honoured', 5],
    ['setting-not-honoured', 6],
  ]);
});

test.each(["'*'", "'*.example.org'", "'example.org; script-src *'", "'https://example.org'"])(
  'the host %s cannot be one that is framed',
  (host) => {
    const { value, problems } = parse({
      'app-config.yaml': `techdocs: {sanitizer: {allowedIframeHosts: [${host}]}}`,
    });
    expect(value.docs.frameHosts).toEqual([]);
    expect(problems).toMatchObject([{ code: 'setting-wrong-type' }]);
  },
);

test.each([
  ['{}', 129_600],
  ['{staleAfter: 36h}', 129_600],
  ['{staleAfter: 2d}', 172_800],
  ["{staleAfter: '90 m'}", 5400],
  ['{staleAfter: 1w}', 604_800],
  ['{staleAfter: false}', undefined],
])('portal: %s is old after %s seconds', (text, seconds) => {
  const { value, problems } = parse({ 'app-config.yaml': `portal: ${text}` });
  expect([value.staleAfter, problems]).toEqual([seconds, []]);
});

test.each(['36', '0h', 'true', '[1h]', "'1 fortnight'"])('%s is no age, and the usual one stays', (age) => {
  const { value, problems } = parse({ 'app-config.yaml': `portal: {staleAfter: ${age}}` });
  expect(value.staleAfter).toBe(129_600);
  expect(problems).toMatchObject([{ code: 'setting-wrong-type' }]);
  expect(problems[0]?.what).toContain('must be a length of time such as `36h` or `2d`, or `false`');
});

test.each([
  ['{}', undefined],
  ['{signIn: {}}', 'portal'],
  ['{signIn: false}', undefined],
  ['{signIn: null, proxy: {identity: {header: x}}}', 'portal'],
  ['{signIn: {oidc: {}}, proxy: {identity: {header: x}}}', 'portal'],
  ['{proxy: {secrets: []}}', undefined],
])('with portal: %s readers are signed in by %s', (text, by) => {
  expect(parse({ 'app-config.yaml': `portal: ${text}` }).value.signIn).toBe(by);
});
