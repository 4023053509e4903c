import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { parseSitePath } from '../scripts/io/site-path.ts';
import { demoSiteBelow } from './suite/steps.ts';

const folder = fileURLToPath(new URL('../deploy/serve/', import.meta.url));
const readText = (name: string) => readFileSync(join(folder, name), 'utf8');

const answerSchema = z.union([
  z.object({ uri: z.string() }),
  z.object({
    statusCode: z.number(),
    headers: z.object({ location: z.object({ value: z.string() }) }).optional(),
  }),
]);

/** Runs the function as CloudFront would: nothing but the language is there. */
function run(uri: string, querystring: Record<string, unknown> = {}): string {
  const call = `;JSON.stringify(handler(${JSON.stringify({ request: { method: 'GET', uri, querystring, headers: {} } })}))`;
  const answer = answerSchema.parse(
    JSON.parse(String(runInNewContext(readText('cloudfront/clean-urls.js') + call, {}))),
  );
  if ('uri' in answer) return answer.uri;
  return `${answer.statusCode} ${answer.headers?.location.value ?? ''}`.trim();
}

describe('the function of CloudFront', () => {
  test.each([
    ['/', '/index.html'],
    ['/portal/catalog/', '/portal/catalog/index.html'],
    ['/catalog/default/component/a.b/', '/catalog/default/component/a.b/index.html'],
    ['/_astro/page.AbCdEf12.js', '/_astro/page.AbCdEf12.js'],
    ['/api/graph.json', '/api/graph.json'],
    ['/pagefind/catalog/fragment/en_0123abc.pf_fragment', '/pagefind/catalog/fragment/en_0123abc.pf_fragment'],
    ['/docs-files/0123456789abcdefghijkl.drawio', '/docs-files/0123456789abcdefghijkl.drawio'],
    ['/portal/fonts/brand.ttf', '/portal/fonts/brand.ttf'],
    ['/catalog/rows.json', '/catalog/rows.json'],
    ['/catalog', '301 /catalog/'],
    ['/catalog/default/component/a.b', '301 /catalog/default/component/a.b/'],
    ['/portal/docs/default/component/a.b', '301 /portal/docs/default/component/a.b/'],
    ['//evil.example/x', '301 /evil.example/x/'],
    ['/\\evil', '301 /evil/'],
    ['/_portolan/manifest.json', '404'],
    ['/portal/_portolan/packs/1', '404'],
    ['/_portolan', '404'],
    ['/.portolan-lock', '404'],
    ['/catalog/.git/config', '404'],
  ])('%s becomes %s', (uri, expected) => expect(run(uri)).toBe(expected));

  test('the query comes along, as it was written', () => {
    const several = { value: 'api', multiValue: [{ value: 'api' }, { value: 'a%20b' }] };
    expect(run('/catalog', { kind: several, q: { value: '' } })).toBe('301 /catalog/?kind=api&kind=a%20b&q');
  });

  test('every file of the demo is taken for one, as the server of ours does', () => {
    const site = fileURLToPath(new URL(`../${demoSiteBelow}/`, import.meta.url));
    const files = readdirSync(site, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const names = [...new Set(files.map(({ name }) => name))];
    expect(names.length).toBeGreaterThan(100);
    for (const name of names) {
      if (name.startsWith('.')) continue;
      expect(run(`/some/${name}`)).toBe(`/some/${name}`);
      expect(parseSitePath(`/some/${encodeURIComponent(name)}`, '/')).toMatchObject({ isFolder: false });
    }
  });
});

const listed = (value: unknown): unknown[] =>
  value !== null && typeof value === 'object' ? [value, ...Object.values(value).flatMap(listed)] : [];

test.each(readdirSync(join(folder, 'cloudfront')).filter((name) => name.endsWith('.json')))(
  '%s is JSON whose lists are as long as they say',
  (name) => {
    const value: unknown = JSON.parse(readText(`cloudfront/${name}`));
    for (const each of listed(value)) {
      const list = z.object({ Quantity: z.number(), Items: z.array(z.unknown()) }).safeParse(each);
      if (list.success) expect(list.data.Items).toHaveLength(list.data.Quantity);
    }
  },
);

test('what publishing keeps for itself is served nowhere', () => {
  expect(readText('nginx/site.conf')).toContain('_portolan/');
  expect(JSON.parse(readText('cloudfront/bucket-policy.json')).Statement).toContainEqual(
    expect.objectContaining({ Effect: 'Deny', Resource: expect.stringContaining('_portolan/*') }),
  );
  expect(readText('azure/README.md')).toContain('--exclude-path=_portolan');
});

test('the same three headers are set everywhere where headers can be set', () => {
  const texts = ['nginx/site.conf', 'cloudfront/headers-policy.json', 'gcs/README.md', 'azure/README.md'].map(readText);
  for (const text of texts)
    for (const pattern of [/frame-ancestors 'none'/, /nosniff|ContentTypeOptions/, /31536000/])
      expect(text).toMatch(pattern);
});

test('each recipe says on top whether it was run by us', () => {
  const all = readdirSync(join(folder, '..'), { recursive: true, encoding: 'utf8' });
  const recipes = all.filter((path) =>
    /^(?:serve|identity|github|gitlab|container)\/.*(?:README\.md|\.conf|\.cfg|\.yml|Containerfile)$/.test(path),
  );
  expect(recipes.length).toBeGreaterThan(10);
  for (const path of recipes.filter((each) => !each.endsWith('notify-portal.yml')))
    expect(`${path}: ${readText(`../${path}`).slice(0, 900)}`).toMatch(/[Tt]ested by us|[Nn]ot run by us|says on top/);
});
