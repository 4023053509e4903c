import { expect, test } from 'vitest';
import type { Entity } from '../entity.ts';
import { annotationHints, annotations, findAnnotation, findAnnotationLinks, isSecretName } from './index.ts';

const toEntity = (written: Record<string, string>, kind = 'Component'): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name: 'checkout', annotations: written },
});

test('every key has one row', () => {
  expect(new Set(annotations.map(({ key }) => key)).size).toBe(annotations.length);
});

test.each([
  ['github.com/project-slug', 'acme/checkout', 'https://github.com/acme/checkout'],
  ['github.com/team-slug', 'acme/payments', 'https://github.com/orgs/acme/teams/payments'],
  ['github.com/user-login', 'ada', 'https://github.com/ada'],
  ['gitlab.com/project-slug', 'acme/shop/checkout', 'https://gitlab.com/acme/shop/checkout'],
  ['backstage.io/source-location', 'url:https://github.com/acme/checkout/', 'https://github.com/acme/checkout/'],
  ['backstage.io/view-url', 'https://wiki.acme.example/checkout', 'https://wiki.acme.example/checkout'],
  ['circleci.com/project-slug', 'github/acme/checkout', 'https://app.circleci.com/pipelines/github/acme/checkout'],
  ['npm/package', '@acme/checkout', 'https://www.npmjs.com/package/@acme/checkout'],
])('%s of %s leads to %s', (key, value, url) => {
  expect(findAnnotationLinks(toEntity({ [key]: value })).map((link) => link.url)).toEqual([url]);
});

test.each([
  ['github.com/project-slug', 'https://github.com/acme/checkout'],
  ['github.com/project-slug', '/talk'],
  ['github.com/project-slug', '../../evil'],
  ['github.com/project-slug', 'acme/check out'],
  ['backstage.io/view-url', 'javascript:alert(1)'],
  ['backstage.io/edit-url', 'j\nava\tscript:alert(1)'],
  ['backstage.io/source-location', 'url:javascript:alert(1)'],
  ['backstage.io/source-location', 'file:/etc/passwd'],
  ['kubernetes.io/unknown', 'https://x.example'],
])('%s of %s makes no link', (key, value) => {
  expect(findAnnotationLinks(toEntity({ [key]: value }))).toEqual([]);
});

test('only the annotations that are absent and useful to the kind are suggested', () => {
  const hints = annotationHints(toEntity({ 'backstage.io/techdocs-ref': 'dir:.' }));
  expect(hints.map(({ key }) => key)).toEqual([
    'github.com/project-slug',
    'backstage.io/kubernetes-id',
    'argocd/app-name',
    'pagerduty.com/service-id',
    'prometheus.io/rule',
  ]);
  expect(hints[1]?.yaml).toBe('metadata:\n  annotations:\n    backstage.io/kubernetes-id: checkout\n');
  expect(annotationHints(toEntity({}, 'Group'))).toEqual([]);
});

test('what asks the same in another way is suggested no more', () => {
  const hints = annotationHints(
    toEntity({ 'backstage.io/kubernetes-label-selector': 'app=checkout', 'prometheus.io/alert': 'all' }),
  );
  expect(hints.map(({ key }) => key)).not.toContain('backstage.io/kubernetes-id');
  expect(hints.map(({ key }) => key)).not.toContain('prometheus.io/rule');
});

test('what is suggested has the format that is demanded', () => {
  for (const { schema, missing } of annotations) {
    if (missing) expect(schema.safeParse(missing.toValue({ name: 'checkout' })).success).toBe(true);
  }
});

test.each([
  ['${PAGERDUTY_KEY}', true],
  ['${pagerduty}', false],
  ['${A}${B}', false],
  ['x${A}', false],
  ['${{ values.key }}', false],
])('%s names a secret: %s', (value, expected) => {
  expect(isSecretName(value)).toBe(expected);
});

test('the integration key of PagerDuty is withheld', () => {
  expect(findAnnotation('pagerduty.com/integration-key')?.withheld).toBeDefined();
});
