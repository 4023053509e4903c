import { expect, test } from 'vitest';
import type { z } from 'zod';
import { toProblem } from '#model/problems.ts';
import { parseProxyConfiguration, parseSettings, toSettings } from '../settings.ts';
import { listGithubDifferences } from './github-differences.ts';
import { type JsonSchema, toValueSchema } from './json-schema.ts';
import { toProxyConfiguration } from './proxy.ts';
import { lookedFor, type SettingForm, settingRows, settingSections } from './reference.ts';
import { createSectionReader, type SectionReader } from './sections.ts';
import { toSignIn } from './sign-in.ts';
import { parseTree } from './tree.ts';
import { listUnknownSettings } from './unknown.ts';

/** Every section that is read only where it is there, so that all is asked for that can be. */
const full = `
app: {baseUrl: 'https://portal.example.org'}
portal:
  proxy: {identity: {}, prometheus: {queries: {}}}
  signIn: {provider: oidc, clientId: a, issuer: 'https://id.example.org', allow: {groups: a}}
catalog:
  rules: [{allow: [Component]}]
  locations: [{type: github-multi-org, target: 'https://github.com'}]
  providers: {github: {acme: {organization: acme, schedule: {frequency: PT1H}}}, githubOrg: {}}
kubernetes: {clusterLocatorMethods: [{type: config, clusters: [{name: a}]}]}
argocd: {appLocatorMethods: [{type: config, instances: [{name: a}]}]}
pagerDuty: {}
prometheus: {proxyPath: /p}
proxy: {endpoints: {/p: 'https://prometheus.example.org'}}
`;

type Asked = { path: string; form?: SettingForm; schema?: z.ZodType };

const withoutPositions = (path: string) => path.replaceAll(/\.\d+(?=\.|$)/g, '[]');

function read(text: string): SectionReader {
  const { value } = parseTree({ path: 'app-config.yaml', text }, { environment: {}, readFile: () => undefined });
  if (value === undefined) throw new Error('no configuration');
  return createSectionReader(value);
}

/** Whatever a build and the proxy ask a configuration for. */
function listAsked(text: string): Asked[] {
  const asked: Asked[] = [];
  const keep = (path: string, rest: Omit<Asked, 'path'> = {}) =>
    void asked.push({ path: withoutPositions(path), ...rest });
  const reader = read(text);
  const watched: SectionReader = {
    find: (path, schema) => {
      keep(path, { form: 'value', schema });
      return reader.find(path, schema);
    },
    list: (path, schema, options) => {
      keep(path, { form: 'list', schema });
      return reader.list(path, schema, options);
    },
    entries: (path, schema) => {
      keep(path, { form: 'map', schema });
      return reader.entries(path, schema);
    },
    findTree: (path) => {
      keep(path);
      return reader.findTree(path);
    },
    problems: reader.problems,
  };
  listGithubDifferences(watched, toSettings(watched).github);
  toProxyConfiguration(watched, { environment: {}, readFile: () => undefined });
  toSignIn(watched, '/');
  return asked;
}

const asked = [
  full,
  'catalog: {providers: {github: {organization: acme}, githubOrg: []}}\nportal: {proxy: {hosts: a, plainHttp: a}}',
  "prometheus: {proxyPath: /p}\nproxy: {/p: 'https://prometheus.example.org'}",
  'portal: {signIn: {provider: github, clientId: a, clientSecret: b}}',
  'portal: {signIn: true}\nauth: {providers: {oidc: {development: {metadataUrl: a}}}}',
].flatMap(listAsked);
const isAround = (outer: string, inner: string) => ['.', '['].some((mark) => inner.startsWith(`${outer}${mark}`));

/** What is told to Backstage has a name of the operator in its path. */
const isOfBackstage = (path: string) => lookedFor.includes(path) || path.startsWith('auth.providers.');

test.each(asked.filter(({ path, schema }) => schema && !isOfBackstage(path)))(
  '$path is a row of the reference, with the schema it is read with',
  (one) => {
    const row = settingRows.find(({ path, schema }) => path === one.path && schema === one.schema);
    expect(
      row,
      `add a row to scripts/settings/reference.ts: { path: '${one.path}', schema: …, about: … }`,
    ).toBeDefined();
    expect(row?.forms ?? ['value', 'list', 'map']).toContain(one.form);
  },
);

test.each(asked.filter(({ schema }) => !schema))(
  '$path, which is looked for, is in or around a row of the reference',
  ({ path }) => {
    const known = [...settingRows.map((row) => row.path), ...lookedFor];
    expect(known.some((each) => each === path || isAround(each, path) || isAround(path, each))).toBe(true);
  },
);

test.each([...settingRows.map(({ path }) => path), ...lookedFor])('%s is asked for', (path) => {
  expect(asked.some((each) => each.path === path || isAround(path, each.path))).toBe(true);
});

const toYaml = (path: string, value: unknown) =>
  path.split('.').reduceRight((inner, key) => `{${key}: ${inner}}`, JSON.stringify(value));

/** What a build and the proxy make of a configuration. */
function parse(text: string) {
  const files = [{ path: 'app-config.yaml', text }];
  const { value, problems } = parseSettings(files, {}, () => undefined);
  // A section for the proxy means that there is one, whatever stands in it.
  return { ...value, live: undefined, problems, proxy: parseProxyConfiguration(files, {}, () => undefined).value };
}

test.each(settingRows.filter(({ usually }) => usually !== undefined))(
  '$path is usually what the reference says',
  ({ path, usually }) => expect(parse(toYaml(path, usually))).toEqual(parse('{}')),
);

const listUndescribed = (schema: JsonSchema, path: string): string[] => [
  ...Object.entries(schema.properties ?? {}).flatMap(([key, inner]) =>
    typeof inner === 'object' && inner.description !== undefined
      ? listUndescribed(inner, `${path}.${key}`)
      : [`${path}.${key}`],
  ),
];

test.each(settingRows)('every key of $path is described', (row) => {
  expect(listUndescribed(toValueSchema(row), row.path)).toEqual([]);
  expect(row.about).not.toMatch(/\.$/);
});

test('no setting stands in two rows', () => {
  const paths = settingSections.flatMap(({ rows }) => rows.map(({ path }) => path));
  expect(new Set(paths).size).toBe(paths.length);
});

test.each([
  ['portal: {tittle: x}', 'portal.tittle', 'title', 'warning'],
  ['portal: {docs: {versions: [{pattern: v*, cout: 3}]}}', 'portal.docs.versions[0].cout', 'count', 'warning'],
  ['portal: {github: {budget: {stopat: 0.1}}}', 'portal.github.budget.stopat', 'stopAt', 'warning'],
  [
    'portal: {proxy: {prometheus: {queries: {a: {expresion: b}}}}}',
    'portal.proxy.prometheus.queries.a.expresion',
    'expression',
    'warning',
  ],
  ['portal: {audiance: {visibility: [public]}}', 'portal.audiance', 'audience', 'error'],
  ['portal: {audience: {visiblity: [public]}}', 'portal.audience.visiblity', 'visibility', 'error'],
  ['portal: {audience: {nothing: 1}}', 'portal.audience.nothing', undefined, 'error'],
  ['portal: {proxy: {identiy: {}}}', 'portal.proxy.identiy', 'identity', 'error'],
  ['portal: {proxy: {identity: {isuer: a}}}', 'portal.proxy.identity.isuer', 'issuer', 'error'],
  ['portal: {__proto__: {}}', 'portal.__proto__', undefined, 'warning'],
])('a key that no setting has is told of: %s', (text, key, near, level) => {
  const [problem, ...others] = listUnknownSettings(read(text), 'portal');
  expect(others).toEqual([]);
  expect(problem).toMatchObject({ level, place: { path: 'app-config.yaml', line: 1 } });
  expect(problem?.what).toContain(`\`${key}\``);
  expect(problem?.mend.includes('Did you mean')).toBe(near !== undefined);
  if (near !== undefined) expect(problem?.mend).toContain(`\`${near}\``);
});

test('what was told of already is not told of twice', () => {
  const reader = read('portal: {audience: {visiblity: [public]}, titles: x}');
  const place = { repository: '', path: 'app-config.yaml', line: 1, column: 1 };
  const message = 'has keys that are not known: `visiblity`';
  reader.problems.push(toProblem('setting-wrong-type', { key: 'portal.audience', message }, { place }));
  expect(listUnknownSettings(reader, 'portal').map(({ what }) => what)).toEqual(['`portal.titles` is no setting.']);
});

test.each([
  'portal: {proxy: {prometheus: {queries: {anything: {expression: up}}}}}',
  'portal: {proxy: true}',
  'portal: {proxy: {hosts: a.org, plainHttp: [a:80]}}',
  'portal: {sources: {folder: here}}',
  'portal:',
  'portal: [1]',
  'catalog: {whatever: true}\nbackend: {}',
])('what is known, or is for Backstage alone, is not told of: %s', (text) => {
  expect(listUnknownSettings(read(text), 'portal')).toEqual([]);
});
