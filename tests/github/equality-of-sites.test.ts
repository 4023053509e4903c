import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cloneAll } from './collected.ts';
import { readAll, startPortal } from './command.ts';
import { createGithubServer } from './server.ts';
import { toAcme } from './world/acme.ts';

/**
 * What is provenance: how a repository is called (by its folder on a disk, with its owner before it on GitHub), and what is
 * said of GitHub itself, with the pages that list or count that.
 */
const toWithoutProvenance = (text: string) => text.replaceAll(/(?<![\w/.:])acme\/(?=[a-z@.0-9-]+)/g, '');
const isAboutGithub = ({ code }: { code: string }) => code.startsWith('github-');
const counting =
  /^(?:site\/(?:index\.html|portolan\.json|problems\/.*|api\/problems\.json)|snapshot\/pages\/(?:home|problems)\.jsonl)$/;
/** What was read from where, at which commits, and when: that is what differs, and what these say. */
const telling = /^(?:site\/(?:about\/.*|api\/build\.json)|snapshot\/pages\/about\.jsonl)$/;
/** Not shown: digests and offsets of what is compared itself. */
const unseen = /^snapshot\/(?:cache\/|built\.json|pages\/\w+\.index\.json)/;

async function build(configuration: object): Promise<Map<string, string>> {
  const root = mkdtempSync(join(tmpdir(), 'portolan-equality-'));
  writeFileSync(join(root, 'app-config.yaml'), JSON.stringify(configuration));
  const folders = ['--out', join(root, 'site'), '--snapshot', join(root, 'snapshot'), '--store', join(root, 'store')];
  const { status, error } = await startPortal(['build', '--root', root, ...folders], { PORTAL_TOKEN: 'test-token' })
    .ended;
  expect({ status, error: status === 0 ? '' : error }).toEqual({ status: 0, error: '' });
  const files = [...readAll(root)].filter(([path]) => /^(?:snapshot|site)\//.test(path));
  return new Map(files.map(([path, text]) => [path, toWithoutProvenance(text)]));
}

test('the site of an organisation on GitHub is that of a folder of clones, file for file', async () => {
  const { repositories = [], ...acme } = toAcme();
  // Folders beside a repository stand for its versions, which are tags on GitHub.
  const own = repositories.filter(({ name }) => !name.includes('@'));
  const server = await createGithubServer({ organisations: [{ ...acme, repositories: own }] });
  const { host, origin } = server;
  const integrations = { github: [{ host, apiBaseUrl: `${origin}/api/v3`, token: '${PORTAL_TOKEN}' }] };
  const providers = { github: { acme: { host, organization: 'acme', catalogPath: '/**/catalog-info.{yaml,yml}' } } };
  const sources = [{ folder: await cloneAll(server, 'acme') }];
  const github = await build({ integrations, catalog: { providers } });
  const folder = await build({ integrations, catalog: { providers }, portal: { sources, github: { read: false } } });
  await server.close();
  const paths = [...new Set([...github.keys(), ...folder.keys()])].filter(
    (path) => !counting.test(path) && !telling.test(path) && !unseen.test(path),
  );
  expect(paths.filter((path) => github.get(path) !== folder.get(path))).toEqual([]);
  for (const kind of [
    'snapshot/pages/entity.jsonl',
    'snapshot/pages/docs.jsonl',
    'site/docs/default/component/checkout/index.html',
    'site/search/names.json',
  ])
    expect(paths).toContain(kind);
  const listProblems = (files: ReadonlyMap<string, string>): { code: string }[] =>
    JSON.parse(files.get('site/api/problems.json') ?? '[]').filter(
      (problem: { code: string }) => !isAboutGithub(problem),
    );
  expect(listProblems(github)).toEqual(listProblems(folder));
  expect(listProblems(github).length).toBeGreaterThan(5);
}, 240_000);
