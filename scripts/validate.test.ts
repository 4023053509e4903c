import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CatalogDocument } from '#model/catalog.ts';
import { toProblem } from '#model/problems.ts';
import { toDocuments } from '../tests/conformance/documents.ts';
import { validate } from './validate.ts';

const head = (kind: string, more = '') =>
  `apiVersion: backstage.io/v1alpha1\nkind: ${kind}\nmetadata:\n  name: checkout\n${more}`;
const component = (more = '') =>
  head('Component', `spec:\n  type: service\n  lifecycle: production\n  owner: payments\n${more}`);
const withMetadata = (more: string) => head('System', `${more}spec:\n  owner: payments\n`);

/** `code line:column`, as the table below writes what is wrong. */
const listFindings = (text: string) =>
  validate(toDocuments(text)).problems.map(({ code, place }) => `${code} ${place?.line}:${place?.column}`);

describe('what Backstage accepts', () => {
  test.each([
    ['a component', component()],
    ['keys that nobody knows', component('  implementation: x\n')],
    ['annotations without a value', withMetadata('  annotations:\n')],
    ['an empty description', withMetadata('  description: ""\n')],
    ['a dependency of both forms', component('  dependsOn: [resource:db, component:shop/cart]\n')],
    ['dependencyOf as text', component('  dependencyOf: component:cart\n')],
    ['an empty location', head('Location', 'spec: {}\n')],
    ['a group without children', head('Group', 'spec: {type: team, children: []}\n')],
    ['a user without groups', head('User', 'spec: {memberOf: []}\n')],
    ['v1beta1', component().replace('v1alpha1', 'v1beta1')],
    ['an address of any scheme', withMetadata('  links: [{url: "slack://team"}]\n')],
  ])('%s', (_what, text) => {
    expect(validate(toDocuments(text)).verdicts.map(({ ok }) => ok)).toEqual([true]);
  });
});

describe('what Backstage refuses, and where', () => {
  test.each([
    ['no owner', component().replace('  owner: payments\n', ''), ['missing-field 5:1']],
    ['null is not absent', component('  system:\n'), ['wrong-type 9:3']],
    ['a misspelt required key', component().replace('owner:', 'ownr:'), ['missing-field 8:3']],
    ['a list where text belongs', component('  system: [a]\n'), ['wrong-type 9:3']],
    ['a kindless dependency', component('  dependsOn:\n    - checkout-db\n'), ['kindless-ref 10:7']],
    ['an empty part', component('  system: "system:"\n'), ['bad-ref 9:3']],
    ['a number as an annotation', withMetadata('  annotations:\n    a/b: 5\n'), ['wrong-type 6:5']],
    ['a key with two slashes', withMetadata('  annotations:\n    a/b/c: x\n'), ['bad-annotation-key 6:5']],
    ['labels without a value', withMetadata('  labels:\n'), ['wrong-type 5:3']],
    ['a tag in capitals', withMetadata('  tags: [Java]\n'), ['bad-tag 5:10']],
    ['a link without an address', withMetadata('  links:\n    - title: Wiki\n'), ['missing-field 6:7']],
    ['an address without a scheme', withMetadata('  links:\n    - url: wiki/page\n'), ['bad-url 6:7']],
    ['a blank title', withMetadata('  links:\n    - {url: "https://a.example", title: " "}\n'), ['blank-text 6:34']],
    ['a foreign root key', `${component()}tags: [a]\n`, ['foreign-root-field 9:1']],
    ['a capital in the namespace', withMetadata('  namespace: Default\n'), ['bad-namespace 5:3']],
    ['no spec', head('System'), ['missing-field 1:1']],
    ['no kind', 'apiVersion: backstage.io/v1alpha1\nmetadata: {name: a}\n', ['missing-field 1:1']],
    ['a location of unknown presence', head('Location', 'spec: {presence: maybe}\n'), ['not-one-of 5:8']],
    ['a list', '- a\n', ['document-not-a-map 1:1']],
  ])('%s', (_what, text, findings) => {
    expect(listFindings(text)).toEqual(findings);
    expect(validate(toDocuments(text)).entities).toEqual([]);
  });

  test('a placeholder that could not be read is blamed once, by whoever could not read it', () => {
    const spec = 'spec: {type: openapi, lifecycle: production, owner: a, definition: {$text: ./absent.yaml}}\n';
    const unread = toDocuments(head('API', spec)).map((document) => {
      const facts = { key: '$text', target: './absent.yaml', reason: 'there is no such file' };
      return { ...document, problems: [toProblem('placeholder-unreadable', facts)] };
    });
    expect(validate(unread).problems.map(({ code }) => code)).toEqual(['placeholder-unreadable']);
    expect(validate(unread).entities).toEqual([]);
  });

  test('all that is wrong is said at once, from top to bottom', () => {
    const text = component('  system:\n  dependsOn: [a]\n').replace('name: checkout', 'name: a b');
    expect(listFindings(text)).toEqual(['bad-name 4:3', 'wrong-type 9:3', 'kindless-ref 10:15']);
  });
});

describe('what is shown although Backstage refuses it', () => {
  const mcp =
    'spec: {type: mcp-server, lifecycle: production, owner: a, remotes: [{type: sse, url: "https://a.example"}]}\n';
  test.each([
    ['an unknown kind', head('S3Bucket'), 'unknown-kind'],
    ['a kind in the wrong case', head('component'), 'unknown-kind'],
    [
      'an old template',
      'apiVersion: backstage.io/v1beta2\nkind: Template\nmetadata: {name: a}\n',
      'unknown-api-version',
    ],
    [
      'an AI resource',
      head('AiResource', 'spec: {type: skill, lifecycle: production, owner: a}\n'),
      'beyond-default-engine',
    ],
    ['an MCP server', head('API', mcp), 'beyond-default-engine'],
  ])('%s', (_what, text, code) => {
    const { verdicts, entities, problems } = validate(toDocuments(text));
    expect(verdicts.map(({ ok }) => ok)).toEqual([false]);
    expect(problems.map((problem) => problem.code)).toEqual([code]);
    expect(entities.map(({ generic }) => generic)).toEqual([problems[0]?.what]);
  });
});

describe('what Backstage never says', () => {
  test.each([
    ['  depedencyOf: [component:a]\n', 'misspelt-key 9:3', '`dependencyOf`'],
    ['  subComponentOf: a\n', 'misspelt-key 9:3', '`subcomponentOf`'],
    ['  consumesAPI: [a]\n', 'misspelt-key 9:3', '`consumesApis`'],
  ])('%s', (more, finding, near) => {
    const text = component(more);
    expect(listFindings(text)).toEqual([finding]);
    expect(validate(toDocuments(text)).problems[0]?.mend).toContain(near);
  });

  test.each([
    ['  descripton: x\n', ['misspelt-key 5:3']],
    ['  annotations:\n    backstage.io/techdoc-ref: dir:.\n', ['misspelt-key 6:5']],
    ['  annotations:\n    github.com/project-slug: https://github.com/acme/a\n', ['bad-annotation 6:5']],
    ['  annotations:\n    github.com/project-slug: "${{ values.slug }}"\n', []],
    ['  annotations:\n    pagerduty.com/integration-key: "${PAGERDUTY_KEY}"\n', []],
    ['  annotations:\n    backstage.io/github-actions-id: acme/a\n', ['deprecated-annotation 6:5']],
    ['  bookmarks: x\n  appid: 5\n', []],
  ])('%s', (more, findings) => {
    expect(listFindings(withMetadata(more))).toEqual(findings);
  });

  test('what rules do not allow is not shown', () => {
    const documents = toDocuments(component()).map((document) => ({
      ...document,
      allows: ({ kind, type }: { kind: string; type?: string }) => kind === 'Component' && type === 'website',
    }));
    expect(validate(documents).problems.map(({ code }) => code)).toEqual(['kind-not-allowed']);
    expect(validate(documents).entities).toEqual([]);
  });
});

test('no document, whatever it holds, throws or takes another with it', () => {
  const place = { repository: '', path: 'a', line: 1, column: 1 };
  const toDocument = (value: unknown): CatalogDocument => ({
    place,
    docIndex: 0,
    value,
    problems: [],
    locate: () => place,
  });
  const keyed = fc.dictionary(
    fc.constantFrom('apiVersion', 'kind', 'metadata', 'spec', 'name', 'owner', 'dependencyOf', 'links', 'constructor'),
    fc.jsonValue({ maxDepth: 3 }),
  );
  const good = { apiVersion: 'backstage.io/v1alpha1', kind: 'System', metadata: { name: 'a' }, spec: { owner: 'b' } };
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), keyed), (value) => {
      expect(validate([toDocument(value), toDocument(good)]).entities.map(({ ref }) => ref)).toContain(
        'system:default/a',
      );
    }),
  );
});

describe('several owners', () => {
  const spec = (more: string) => head('Component', `spec:\n  type: service\n  lifecycle: production\n${more}`);

  test.each([
    ['beside one', spec('  owner: a\n  owners: [b, user:c]\n'), true, ['owners-beyond 9:3'], 3],
    ['as text', spec('  owner: a\n  owners: b\n'), true, ['owners-beyond 9:3'], 2],
    ['without one', spec('  owners: [a, user:c]\n'), false, ['beyond-default-engine 2:1', 'owners-beyond 8:3'], 2],
    ['an empty list beside one', spec('  owner: a\n  owners: []\n'), true, ['owners-beyond 9:3'], 1],
    ['what is no reference', spec('  owner: a\n  owners: [7, b]\n'), true, ['owners-beyond 9:3', 'bad-owner 9:12'], 2],
  ])('%s', (_what, text, ok, findings, references) => {
    const { verdicts, entities } = validate(toDocuments(text));
    expect(verdicts.map((verdict) => verdict.ok)).toEqual([ok]);
    expect(listFindings(text)).toEqual(findings);
    expect(entities.map((entity) => entity.references.length)).toEqual([references]);
  });

  test.each([
    ['an empty list alone', spec('  owners: []\n')],
    ['another fault besides', spec('  owners: [a]\n').replace('  type: service\n', '')],
  ])('%s is refused', (_what, text) => {
    expect(validate(toDocuments(text)).entities).toEqual([]);
  });
});
