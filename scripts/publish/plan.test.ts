import { expect, test } from 'vitest';
import { isCompressed, isHashed, noHeaders, toHeaders } from './headers.ts';
import {
  formatFileList,
  formatManifest,
  type Manifest,
  parseFileList,
  parseManifest,
  type ReleasedFile,
} from './manifest.ts';
import { listForeign, planPublish } from './plan.ts';

test.each([
  ['_astro/names.client.DJuYCAoE.js', true],
  ['_astro/layout.worker-CKTeMcKM.js', true],
  ['_astro/ListTable.astro_astro_type_script_index_0_lang.9gqW4gHA.js', true],
  ['_astro/suggestions.client.PT6-7zaJ.js', true],
  ['_astro/plain.js', false],
  ['docs-files/kYIKMPHJ9EKJekNTsf-230.svg', true],
  ['docs-files/photo.svg', false],
  ['pagefind/docs-1/fragment/en_115cc20.pf_fragment', true],
  ['pagefind/docs-1/index/en_e7d3767.pf_index', true],
  ['pagefind/catalog-1/filter/en_57cea96.pf_filter', true],
  ['pagefind/docs-1/pagefind.en_509e04ea41.pf_meta', true],
  ['pagefind/docs-1/pagefind-entry.json', false],
  ['pagefind/catalog-1/wasm.en.pagefind', false],
  ['pagefind/catalog-1/pagefind.js', false],
  ['index.html', false],
  ['catalog/default/component/_astro/x.DJuYCAoE.js', false],
])('the name of %s says what is in it: %s', (path, is) => {
  expect(isHashed(path)).toBe(is);
});

test.each([
  ['index.html', 5000, 'text/html; charset=utf-8', 60, true],
  ['404.html', 500, 'text/html; charset=utf-8', 60, false],
  ['api/graph.json', 1024, 'application/json; charset=utf-8', 60, true],
  ['api/graph.json', 1023, 'application/json; charset=utf-8', 60, false],
  ['_astro/page.DJuYCAoE.css', 9000, 'text/css; charset=utf-8', 31_536_000, true],
  ['icons.svg', 9000, 'image/svg+xml; charset=utf-8', 60, true],
  ['docs-files/kYIKMPHJ9EKJekNTsf-230.png', 9000, 'image/png', 31_536_000, false],
  ['pagefind/docs-1/fragment/en_115cc20.pf_fragment', 9000, 'application/octet-stream', 31_536_000, false],
  ['x.constructor', 9000, 'application/octet-stream', 60, false],
])('%s of %i bytes is %s, kept for %i seconds, compressed: %s', (path, bytes, type, seconds, zipped) => {
  const headers = toHeaders(path, bytes);
  expect([headers.type, headers.encoding === 'gzip', isCompressed(path, bytes)]).toEqual([type, zipped, zipped]);
  expect(headers.cacheControl).toContain(`max-age=${seconds}`);
});

const digestOf = (text: string) => text.padEnd(43, '_');
const md5Of = (text: string) => Buffer.from(text).toString('hex').padEnd(32, '0').slice(0, 32);
const toReleased = (path: string, text: string, bytes = 10): ReleasedFile => ({
  digest: digestOf(text),
  bytes,
  headers: toHeaders(path, bytes),
  md5: md5Of(text),
  location: { pack: '_portolan/packs/000001-x-1.pack', offset: 0, length: bytes, isZipped: isCompressed(path, bytes) },
});

const toManifest = (texts: Record<string, string>, gone: Record<string, string> = {}): Manifest => ({
  files: new Map(Object.entries(texts).map(([path, text]) => [path, toReleased(path, text)])),
  entities: { shop: 3 },
  gone: new Map(Object.entries(gone)),
  releases: [
    {
      ...{ number: 1, id: 'first', at: '2026-01-01T00:00:00.000Z', by: '1.0.0', files: 1, changed: 1 },
      list: { pack: '_portolan/packs/000001-x-1.pack', offset: 10, length: 20, isZipped: true },
      packs: ['_portolan/packs/000001-x-1.pack'],
    },
  ],
});

const now = Date.parse('2026-01-02T00:00:00Z');
const toSite = (texts: Record<string, string>) =>
  new Map(Object.entries(texts).map(([path, text]) => [path, { digest: digestOf(text), bytes: 10 }]));
const toPresent = (texts: Record<string, string>) =>
  new Map(Object.entries(texts).map(([key, text]) => [key, { key, tag: text, bytes: 10, md5: md5Of(text) }]));
const usual = { published: undefined, present: undefined, isPlain: false, now, grace: 1000 };

/** A plan in short: each file that is needed with the step it is in, and what becomes of the others. */
const toShort = (plan: ReturnType<typeof planPublish>) => ({
  ...Object.fromEntries(
    plan.steps.filter(({ files }) => files.length > 0).map(({ name, files }) => [name, files.map(({ path }) => path)]),
  ),
  ...(plan.removals.length > 0 && { removals: plan.removals }),
  ...(plan.obstacles.length > 0 && { obstacles: plan.obstacles }),
  ...(plan.gone.size > 0 && { gone: [...plan.gone.keys()] }),
  kept: [...plan.kept.keys()],
});

test.each([
  [
    'nothing is there yet',
    { 'a.html': '1', 'b.js': '1' },
    {},
    {},
    { 'new files': ['b.js'], 'new pages': ['a.html'], kept: [] },
  ],
  ['nothing changed', { 'a.html': '1' }, { 'a.html': '1' }, {}, { kept: ['a.html'] }],
  [
    'a page and a file changed',
    { 'a.html': '2', 'b.json': '2' },
    { 'a.html': '1', 'b.json': '1' },
    {},
    { 'changed files': ['b.json'], 'changed pages': ['a.html'], kept: [] },
  ],
  ['a file is gone', { 'a.html': '1' }, { 'a.html': '1', 'b.js': '1' }, {}, { gone: ['b.js'], kept: ['a.html'] }],
  [
    'gone for long enough: pages go first',
    {},
    {},
    { 'a.js': '2026-01-01T23:59:59.000Z', 'b.html': '2026-01-01T00:00:00.000Z' },
    { removals: ['b.html', 'a.js'], kept: [] },
  ],
  ['gone for a while', {}, {}, { 'a.js': '2026-01-01T23:59:59.001Z' }, { gone: ['a.js'], kept: [] }],
  [
    'what was gone is back',
    { 'a.js': '1' },
    {},
    { 'a.js': '2025-01-01T00:00:00.000Z' },
    { 'new files': ['a.js'], kept: [] },
  ],
  [
    'a file became a folder',
    { 'a/b.html': '1' },
    { a: '1' },
    {},
    { 'new pages': ['a/b.html'], obstacles: ['a'], kept: [] },
  ],
])('where %s', (_case, site, published, gone, expected) => {
  expect(toShort(planPublish({ ...usual, site: toSite(site), published: toManifest(published, gone) }))).toEqual(
    expected,
  );
});

test.each([
  ['what the manifest says is there', { 'a.html': '1' }, { kept: ['a.html'] }],
  ['something else is there', { 'a.html': '2' }, { 'changed pages': ['a.html'], kept: [] }],
  ['nothing is there', {}, { 'new pages': ['a.html'], kept: [] }],
  [
    'a file of its folders is there that no manifest knows',
    { 'a.html': '1', 'docs/x.js': '1' },
    { gone: ['docs/x.js'], kept: ['a.html'] },
  ],
  ['a file beside it is there', { 'a.html': '1', 'robots.txt': '1', 'other/x': '1' }, { kept: ['a.html'] }],
])('when the store is looked at and %s', (_case, present, expected) => {
  const site = { 'a.html': '1', 'docs/b.js': '1' };
  const seen = { ...present, 'docs/b.js': '1' };
  const plan = planPublish({ ...usual, site: toSite(site), published: toManifest(site), present: toPresent(seen) });
  const { kept, ...rest } = toShort(plan);
  expect({ ...rest, kept: kept.filter((path) => path !== 'docs/b.js') }).toEqual(expected);
});

test('other headers are a reason to write, where there are headers', () => {
  const published = toManifest({ 'a.html': '1' });
  const before = published.files.get('a.html') ?? toReleased('', '');
  const old = {
    ...published,
    files: new Map([['a.html', { ...before, headers: { ...before.headers, cacheControl: 'old' } }]]),
  };
  const site = toSite({ 'a.html': '1' });
  expect(toShort(planPublish({ ...usual, site, published: old }))).toEqual({ 'changed pages': ['a.html'], kept: [] });
  const plain = { ...published, files: new Map([['a.html', { ...before, headers: noHeaders }]]) };
  expect(toShort(planPublish({ ...usual, site, published: plain, isPlain: true }))).toEqual({ kept: ['a.html'] });
});

test('a file that only moved is not packed again', () => {
  const plan = planPublish({ ...usual, site: toSite({ 'b.html': '1' }), published: toManifest({ 'a.html': '1' }) });
  expect(plan.steps.flatMap(({ files }) => files)[0]?.location).toEqual(toReleased('a.html', '1').location);
});

test('what lies below another portal is that portal’s', () => {
  const keys = [
    'index.html',
    '_portolan/claim.json',
    'pr/1/_portolan/manifest.json',
    'pr/1/index.html',
    'pr/10/index.html',
  ];
  expect(listForeign(keys)).toEqual(['index.html', 'pr/10/index.html']);
});

test('manifests and lists come back as they were written', () => {
  const manifest = {
    ...toManifest({ 'a.html': '1', 'é/b.js': '2' }, { 'c.js': '2026-01-01T00:00:00.000Z' }),
    expires: '2026-02-01T00:00:00.000Z',
  };
  expect(parseManifest(formatManifest(manifest))).toEqual({ value: manifest });
  const { files, entities } = manifest;
  expect(parseFileList(formatFileList({ files, entities }))).toEqual({ value: { files, entities } });
});

const written = formatManifest(toManifest({ 'a.html': '1' }));
test.each([
  ['no JSON', '{', /JSON/],
  ['a header that is not in the table', written.replace(/("a.html":\["1_+",10,)0/, '$17'), /row 7 of a table of 1/],
  ['a pack that is not in the table', written.replace(/,0,0,10,0\]/, ',9,0,10,0]'), /row 9/],
  ['a path that leads out', written.replace('"a.html"', '"../a.html"'), /files, ..\/a.html: /],
  ['a path with a name of objects', written.replace('"a.html"', '"__proto__"'), undefined],
  ['no release', written.replace(/"releases":\[.*\]/, '"releases":[]'), /releases/],
  ['a negative offset', written.replace(/,0,0,10,0\]/, ',0,-1,10,0]'), /files/],
])('a manifest with %s is judged', (_case, text, fault) => {
  expect(text).not.toBe(written);
  const parsed = parseManifest(text);
  if (fault) expect(parsed.fault).toMatch(fault);
  else expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
});
