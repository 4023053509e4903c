import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { toExplained } from '../portal-error.ts';
import type { CommandContext } from './define.ts';
import { prune } from './prune.ts';
import { publish } from './publish.ts';
import { rollback } from './rollback.ts';

const commands = { publish, rollback, prune };
let root: string;

/** Runs a command as the program does; answers how it ended and what it said. */
async function run(name: keyof typeof commands, options: Parameters<typeof publish.run>[0] = {}, words = ['www']) {
  const said: string[] = [];
  const out = { write: (text: string) => said.push(text) };
  const context: CommandContext = {
    workingFolder: root,
    environment: {},
    packageFolder: join(import.meta.dirname, '../..'),
    out,
    error: out,
  };
  const status = await commands[name].run(options, words, context).catch((error: unknown) => {
    said.push(toExplained(error));
    return 2;
  });
  return { status, text: said.join('') };
}

/** Writes a finished site: what a build leaves, with the files that are named. */
function writeSite(
  texts: Record<string, string>,
  mark: unknown = { build: 'x', base: '/', entities: { shop: 10, depot: 10 } },
) {
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  const all = { 'portolan.json': JSON.stringify(mark), 'api/problems.json': '[]', ...texts };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(root, 'dist', path)), { recursive: true });
    writeFileSync(join(root, 'dist', path), text);
  }
}

const readPublished = (path: string) => readFileSync(join(root, 'www', path), 'utf8');
const problems = (...levels: string[]) =>
  JSON.stringify(levels.map((level, at) => ({ code: 'bad-tag', level, what: `Problem ${at}.`, mend: 'Mend it.' })));

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'portolan-publish-'));
});

test('publishes, says what changed, puts back, and prunes', async () => {
  writeSite({ 'index.html': 'one' });
  expect(await run('publish')).toMatchObject({
    status: 0,
    text: expect.stringContaining('Release 1 is published at '),
  });
  writeSite({ 'index.html': 'two' });
  const second = await run('publish');
  expect(second.text).toContain('Release 2 is published at ');
  expect(second.text).toContain('1 file written; 6 requests');
  expect(readPublished('index.html')).toBe('two');
  expect((await run('publish')).text).toContain('has this site already, as release 2.');
  expect((await run('rollback', { list: true })).text).toMatch(/ {4}2 {2}\S{12} .* published\n {6}1 /);
  expect((await run('rollback')).text).toContain('Release 3 is published at ');
  expect(readPublished('index.html')).toBe('one');
  expect((await run('prune', { keep: '1' })).text).toMatch(/1 pack, releases 1 and 2 removed\./);
  expect((await run('prune', { keep: '1' })).text).toMatch(/^Nothing at .* has to go\.\n$/);
  expect(readdirSync(join(root, 'www')).toSorted()).toEqual(['_portolan', 'api', 'index.html', 'portolan.json']);
});

test('a dry run names the first of each group, and changes nothing', async () => {
  writeSite(Object.fromEntries(Array.from({ length: 8 }, (_, at) => [`p${at}.html`, 'x'])));
  const planned = await run('publish', { 'dry-run': true });
  expect(planned.text).toContain('10 files would be written to ');
  expect(planned.text).toContain('8 new pages, 8 B\n    p0.html\n');
  expect(planned.text).toContain('… and 3 more');
  expect(readdirSync(root)).toEqual(['dist']);
  const json: unknown = JSON.parse((await run('publish', { 'dry-run': true, json: true })).text.replace(/^.*\n/, ''));
  expect(json).toMatchObject({
    kept: 0,
    write: { 'new pages': expect.arrayContaining([{ path: 'p7.html', bytes: 1 }]) },
  });
});

test.each([
  ['nothing', undefined, /There is no finished site in/],
  ['half a site', '{"build":"unfinished"}', /half a site/],
  ['a site of another version', '{"build":"x","base":"/"}', /another version/],
  ['no mark of Portolan', 'x', /another version/],
])('%s is not published', async (_case, mark, message) => {
  writeSite({ 'index.html': 'one' });
  if (mark === undefined) rmSync(join(root, 'dist/portolan.json'));
  else writeFileSync(join(root, 'dist/portolan.json'), mark);
  const { status, text } = await run('publish');
  expect([status, text]).toEqual([2, expect.stringMatching(message)]);
  expect(readdirSync(root)).toEqual(['dist']);
});

test.each([
  [['error', 'error', 'warning'], '1', 1],
  [['error', 'error', 'warning'], '2', 0],
  [['warning'], '0', 0],
  [['error'], '0', 1],
  [['error'], 'many', 2],
  [['error'], undefined, 0],
])('problems %j with --max-errors %s end with %i', async (levels, most, expected) => {
  writeSite({ 'api/problems.json': problems(...levels) });
  const { status, text } = await run('publish', { ...(most !== undefined && { 'max-errors': most }) });
  expect(status).toBe(expected);
  if (expected === 1) expect(text).toContain('so it is not published. The first: Problem 0.');
});

test('a site that lost too much is refused, unless it is meant to be so', async () => {
  writeSite({ 'index.html': 'one' });
  await run('publish');
  writeSite({ 'index.html': 'two' }, { build: 'x', base: '/', entities: { shop: 10 } });
  const { status, text } = await run('publish');
  expect(status).toBe(1);
  expect(text).toContain(
    'The catalog has 10 entities; the last one had 20. That is 50 % less, and 20 % are allowed, so it is not published.',
  );
  expect(text).toContain('depot lost all of 10. It is no longer among the repositories that are read.');
  expect(readPublished('index.html')).toBe('one');
  expect((await run('publish', { 'accept-drop': true })).status).toBe(0);
  writeFileSync(join(root, 'app-config.yaml'), 'portal: {guard: {maxEntityDrop: 60}}\n');
  writeSite({ 'index.html': 'three' }, { build: 'x', base: '/', entities: { shop: 5 } });
  expect((await run('publish')).status).toBe(0);
});

test('the configuration names the place, and what is not said otherwise', async () => {
  writeFileSync(join(root, 'app-config.yaml'), 'portal: {publish: {target: ./public-site, keep: 1, grace: 0h}}\n');
  for (const text of ['one', 'two']) {
    writeSite({ [`${text}.html`]: text });
    expect((await run('publish', {}, [])).status).toBe(0);
  }
  expect(readdirSync(join(root, 'public-site')).toSorted()).toEqual(['_portolan', 'api', 'portolan.json', 'two.html']);
  expect((await run('rollback', {}, [])).text).toContain('keeps no earlier release');
});

test.each([
  ['portal: {publish: {grace: soon}}', {}, ['www'], /`portal.publish.grace`|`portal.publish`/],
  ['', {}, [], /It is not said where the site is published/],
  ['', {}, ['a', 'b'], /One place at a time/],
  ['', { grace: 'soon' }, ['www'], /--grace takes a length of time/],
  ['', { keep: '0' }, ['www'], /--keep takes a whole number from 1 on/],
  ['', { expires: '' }, ['www'], /--expires takes a length of time/],
  ['', {}, ['gs://bucket'], /gs:\/\/ is no store/],
  ['', {}, ['.'], /cannot be published to/],
  ['', {}, ['dist'], /cannot be published to/],
  ['', {}, ['dist/inside'], /cannot be published to/],
  ['', { config: ['missing.yaml'] }, ['www'], /missing\.yaml/],
])(
  'with the configuration %j, options %j and words %j it says what is wrong',
  async (config, options, words, message) => {
    writeSite({ 'index.html': 'one' });
    writeFileSync(join(root, 'app-config.yaml'), `${config}\n`);
    const { status, text } = await run('publish', options, words);
    expect([status, text]).toEqual([2, expect.stringMatching(message)]);
    expect(readdirSync(root).toSorted()).toEqual(['app-config.yaml', 'dist']);
  },
);

test('a folder of somebody else is left alone', async () => {
  writeSite({ 'index.html': 'one' });
  mkdirSync(join(root, 'www'));
  writeFileSync(join(root, 'www/thesis.txt'), 'years of work');
  expect(await run('publish')).toMatchObject({
    status: 1,
    text: expect.stringContaining('Portolan did not fill it: `thesis.txt`'),
  });
  expect(readdirSync(join(root, 'www'))).toEqual(['thesis.txt']);
});

test.each(['back\\slash.html', 'line\nbreak.html', '_portolan/manifest.json', 'docs/_portolan/x.html'])(
  'a file named %j is not published',
  async (path) => {
    writeSite({ [path]: 'x' });
    expect((await run('publish')).text).toContain('cannot be published by its name');
  },
);

test('a link in the site is not followed', async () => {
  writeSite({});
  symlinkSync('/etc/hostname', join(root, 'dist/leak.txt'));
  expect((await run('publish')).text).toContain('is neither a file nor a folder');
});

test('a preview is removed by prune when its time is over', async () => {
  writeSite({ 'index.html': 'one' });
  await run('publish', {}, ['www']);
  await run('publish', { expires: '7d' }, ['www/previews/pr-1']);
  await run('publish', { expires: '0h' }, ['www/previews/pr-2']);
  expect((await run('prune', { 'dry-run': true })).text).toMatch(
    /previews\/pr-2: the preview would be removed, \d files\./,
  );
  await run('prune');
  expect(readdirSync(join(root, 'www/previews'))).toEqual(['pr-1']);
  expect((await run('rollback', { list: true }, ['www/previews/pr-1'])).text).toContain('A preview, until ');
  expect(readPublished('index.html')).toBe('one');
});

test('forgetting leaves this site alone in the folder, and says so', async () => {
  writeSite({ 'index.html': 'one', 'pages/secret.html': 'hidden' });
  await run('publish');
  writeSite({ 'index.html': 'one' });
  const { status, text } = await run('publish', { forget: true });
  expect([status, text]).toEqual([
    0,
    expect.stringMatching(
      /Release 2 is published at .*\nNothing else is kept there: earlier releases are gone, with 1 pack/s,
    ),
  ]);
  const left = readdirSync(join(root, 'www'), { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  expect(left.map(({ name }) => name.replace(/-.*\./, '.')).toSorted()).toEqual(
    ['000002.pack', 'index.html', 'manifest.json', 'portolan.json', 'problems.json'].toSorted(),
  );
  const bytes = left.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'latin1')).join();
  expect(bytes).not.toContain('hidden');
});

test('what a claim says of somebody does not steer the terminal of who has to wait', async () => {
  writeSite({ 'index.html': 'one' });
  const [since, until] = [0, 600_000].map((later) => new Date(Date.now() + later).toISOString());
  const claim = { version: 1, token: 'x', by: '\u001b]0;owned\u0007\u009b2J\u202eCI', since, until };
  mkdirSync(join(root, 'www/_portolan'), { recursive: true });
  writeFileSync(join(root, 'www/_portolan/claim.json'), JSON.stringify(claim));
  const { status, text } = await run('publish');
  expect([status, text]).toEqual([1, expect.stringContaining('has been publishing')]);
  expect(text).not.toMatch(/[^\P{C}\n\r]/u);
});
