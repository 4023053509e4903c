import { describe, expect, test } from 'vitest';
import { findAnnotationLinks } from '#model/annotations/index.ts';
import { findSafeUrl, toEntityPath } from '#model/urls.ts';
import { relate } from '../../scripts/relate.ts';
import { validate } from '../../scripts/validate.ts';
import { toDocuments } from './documents.ts';

const collect = (text: string) => {
  const validated = validate(toDocuments(text));
  return { ...relate(validated, []), verdicts: validated.verdicts };
};

const group = (metadata: string, spec = 'type: team, children: []') =>
  `apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {${metadata}}\nspec: {${spec}}\n`;

describe('GHSA-7hv8-3fr9-j2hv: addresses that run code', () => {
  const addresses = [
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    'java\\nscript:alert(1)',
    ' javascript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
  ];

  test.each(addresses)('a link to "%s" is left out, with a problem', (address) => {
    const { entities, problems } = collect(group(`name: a, links: [{url: "${address}"}, {url: "https://a.example"}]`));
    const links = entities.get('group:default/a')?.entity.metadata.links;
    expect(links?.map(({ url }) => url)).toEqual(['https://a.example']);
    expect(problems.map(({ code }) => code)).toEqual(['unsafe-link']);
  });

  test.each(addresses)('a picture from "%s" is left out', (address) => {
    const { entities } = collect(group('name: a', `type: team, children: [], profile: {picture: "${address}"}`));
    expect(JSON.stringify(entities.get('group:default/a')?.entity)).not.toContain('script');
  });

  test.each(addresses)('an annotation of "%s" makes no link', (address) => {
    const keys = ['backstage.io/view-url', 'backstage.io/edit-url', 'lighthouse.com/website-url'];
    const written = keys.map((key) => `${key}: "${address}"`).join(', ');
    const { entities } = collect(
      group(`name: a, annotations: {${written}, backstage.io/source-location: "url:${address}"}`),
    );
    const entity = entities.get('group:default/a')?.entity;
    expect(entity && findAnnotationLinks(entity).filter(({ url }) => findSafeUrl(url) === undefined)).toEqual([]);
  });
});

describe('GHSA-3x3f-jcp3-g22j: keys that reach a prototype', () => {
  const keys = ['__proto__', 'constructor', 'prototype'];

  test.each(keys)('%s pollutes nothing and hides nothing', (key) => {
    const nested = `{polluted: yes, prototype: {polluted: yes}}`;
    const text = group(
      `name: a, ${key}: ${nested}, labels: {${key}: x}, annotations: {${key}: x}`,
      `type: team, children: [], ${key}: ${nested}`,
    );
    const { entities } = collect(text);
    expect(entities.has('group:default/a')).toBe(true);
    expect(entities.get('group:default/a')?.entity.metadata).not.toHaveProperty('polluted');
    expect({}).not.toHaveProperty('polluted');
    expect(Function.prototype).not.toHaveProperty('polluted');
  });

  test.each(keys)('an entity, a namespace or a kind named %s is a name like any other', (key) => {
    const { entities } = collect(group(`name: ${key}`).replace('children: []', `children: [${key}]`));
    expect(entities.has(`group:default/${key}`)).toBe(/^[a-z]/.test(key));
    expect(entities.get('group:default/toString')).toBeUndefined();
  });
});

describe('GHSA-4jqc-jvh2-pxg9: names that climb out of a folder', () => {
  test.each(['..', '../../etc/passwd', 'a/../b', '/etc', '.', 'a\\\\..\\\\b', '%2e%2e', 'a\\u0000'])(
    'the name "%s" is refused',
    (name) => {
      const { entities, problems } = collect(group(`name: "${name}"`));
      expect([...entities.keys()]).toEqual([]);
      expect(problems.map(({ code }) => code)).toEqual(['bad-name']);
    },
  );

  test.each(['..', '../x', 'a/b'])('the namespace "%s" is refused', (namespace) => {
    expect([...collect(group(`name: a, namespace: "${namespace}"`)).entities.keys()]).toEqual([]);
  });

  test('an accepted name keeps its page inside the folder of its kind', () => {
    for (const ref of collect(`${group('name: a..b')}---\n${group('name: a.b-c_d')}`).entities.keys()) {
      const path = new URL(toEntityPath(ref), 'https://portal.example').pathname;
      expect(path).toMatch(/^\/catalog\/default\/group\/[^/]+\/$/);
    }
  });
});

describe('credentials in clear text', () => {
  const secret = '0123456789abcdef0123456789abcdef';
  const text = group(`name: a, annotations: {pagerduty.com/integration-key: ${secret}}`);

  test('the value is in no entity and in no message', () => {
    const { entities, problems } = collect(text);
    expect(problems.map(({ code }) => code)).toEqual(['secret-in-clear']);
    expect(JSON.stringify([[...entities.values()].map(({ entity }) => entity), problems])).not.toContain(secret);
  });

  test('nor when the entity is refused', () => {
    const { problems } = collect(text.replace('type: team', 'type: 5'));
    expect(problems.map(({ code }) => code)).toEqual(['secret-in-clear', 'wrong-type']);
    expect(JSON.stringify(problems)).not.toContain(secret);
  });
});
