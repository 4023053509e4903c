import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse, parseDocument } from 'yaml';
import { initialise } from '../scripts/commands/init.ts';
import { parseSettings } from '../scripts/settings.ts';
import { workflowSchema } from './workflow-schema.ts';

const packageFolder = fileURLToPath(new URL('..', import.meta.url));
const newFolder = () => mkdtempSync(join(tmpdir(), 'portolan-init-'));

type Said = { status: number; out: string; error: string; folder: string };

/** Runs the command in a new folder, or in one that is there; `answers` are those of somebody at a terminal. */
async function run(
  options: Parameters<typeof initialise>[0],
  { folder = newFolder(), answers }: { folder?: string; answers?: (string | undefined)[] } = {},
): Promise<Said & { asked: string[] }> {
  const texts = { out: '', error: '' };
  const asked: string[] = [];
  const to = (name: 'out' | 'error') => ({ write: (text: string) => (texts[name] += text) });
  const context = { workingFolder: folder, environment: {}, packageFolder, out: to('out'), error: to('error') };
  const questions = answers && {
    ask: async (question: string) => {
      asked.push(question);
      return answers.shift();
    },
    tell: (text: string) => {
      texts.out += text;
    },
  };
  return { status: await initialise(options, [], context, questions), ...texts, folder, asked };
}

const read = (folder: string, path: string) => readFileSync(join(folder, path), 'utf8');
const settingsOf = (folder: string, environment: Record<string, string> = {}) =>
  parseSettings([{ path: 'app-config.yaml', text: read(folder, 'app-config.yaml') }], environment, () => undefined);
const listAll = (folder: string) => readdirSync(folder, { recursive: true }).map(String).toSorted();

const acme = { organization: 'acme', url: 'https://portal.example.com/portal/', publish: 's3://site/portal/' };

test('an organisation, an address and a bucket make a whole repository', async () => {
  const { status, out, folder } = await run(acme);
  expect(status).toBe(0);
  expect(out).toContain('wrote  app-config.yaml');
  expect(out.split('Next, after README.md:\n')[1]?.trim().split('\n')).toHaveLength(3);
  const { value, problems } = settingsOf(folder, { GITHUB_READ_TOKEN: 'x' });
  expect(problems.filter(({ level }) => level !== 'hint')).toEqual([]);
  expect(value).toMatchObject({
    base: '/portal',
    github: { providers: [{ organization: 'acme' }], organizations: [{ orgs: ['acme'] }] },
  });
  const { version } = JSON.parse(read(packageFolder, 'package.json'));
  expect(JSON.parse(read(folder, 'package.json')).dependencies).toEqual({
    portolan: `file:vendor/portolan-${version}.tgz`,
  });
});

test.each([
  [acme, ['portal.yml', 'preview.yml']],
  [{ organization: 'acme' }, ['portal.yml']],
  [{ folder: './repositories' }, ['portal.yml']],
])('the workflows of %j have the form that GitHub takes', async (options, names) => {
  const { folder } = await run(options);
  expect(readdirSync(join(folder, '.github/workflows'))).toEqual(names);
  for (const name of names) {
    const document = parseDocument(read(folder, `.github/workflows/${name}`), { uniqueKeys: true });
    expect([...document.errors, ...document.warnings]).toEqual([]);
    const { jobs } = workflowSchema.parse(document.toJS());
    for (const { steps } of Object.values(jobs)) expect(steps.length).toBeGreaterThan(0);
    expect(JSON.stringify(document.toJS()).includes('GITHUB_READ_TOKEN')).toBe('organization' in options);
  }
});

test('what is published where stands in the workflow, and in the preview the address too', async () => {
  const { folder } = await run(acme);
  expect(parse(read(folder, '.github/workflows/portal.yml')).env.PORTAL_STORE).toBe('s3://site/portal');
  expect(parse(read(folder, '.github/workflows/preview.yml')).env).toMatchObject({
    PORTAL_URL: 'https://portal.example.com/portal',
    PORTAL_BASE: '/portal',
  });
  const { folder: other } = await run({ ...acme, ci: 'gitlab' });
  expect(parse(read(other, '.gitlab-ci.yml'))).toMatchObject({ variables: { PORTAL_STORE: 's3://site/portal' } });
  expect(listAll(other)).not.toContain('.github');
});

test('what is there is left, and told; with --force it is written over', async () => {
  const { folder } = await run(acme);
  writeFileSync(join(folder, 'README.md'), 'mine');
  const second = await run({ ...acme, title: 'Other' }, { folder });
  expect(second.out).toContain('left   README.md, which is there already');
  expect(read(folder, 'README.md')).toBe('mine');
  expect(read(folder, 'app-config.yaml')).not.toContain('Other');
  await run({ ...acme, title: 'Other', force: true }, { folder });
  expect(read(folder, 'README.md')).toContain('# Other');
});

test('at a terminal three questions are asked, a wrong answer again, and what is offered is taken', async () => {
  const folder = newFolder();
  execFileSync('git', ['init', '--quiet', folder]);
  execFileSync('git', ['-C', folder, 'remote', 'add', 'origin', 'git@github.com:acme/portal.git']);
  const { status, asked, out } = await run({}, { folder, answers: ['', 'portal', 'https://portal.acme.io', ''] });
  expect(status).toBe(0);
  expect(asked).toHaveLength(4);
  expect(asked[0]).toContain('[acme]');
  expect(out).toContain('`portal` is no address');
  expect(settingsOf(folder).value).toMatchObject({
    url: 'https://portal.acme.io',
    github: { providers: [{ organization: 'acme' }] },
  });
});

test('whoever leaves in the middle of the questions leaves nothing behind', async () => {
  const { status, folder, error } = await run({}, { answers: ['acme', undefined] });
  expect([status, listAll(folder)]).toEqual([130, []]);
  expect(error).toContain('Nothing was written.');
});

const old = `# Ours.
organization: { name: Acme }
app: { baseUrl: https://backstage.acme.io }
auth: { session: { secret: x } }
integrations:
  github:
    - host: github.com
      token: \${GITHUB_TOKEN}
    - host: ghe.acme.io
      apiBaseUrl: https://ghe.acme.io/api/v3
      token: ghp_0123456789abcdef0123456789abcdef0123
catalog:
  providers:
    github:
      shop: { organization: acme-shop }
      rest: { organization: acme-rest }
pagerDuty: { apiToken: '\${PD_TOKEN}' }
`;

test('a configuration of Backstage is taken over, and what it needs is asked for', async () => {
  const folder = newFolder();
  writeFileSync(join(folder, 'old.yaml'), old);
  const { out } = await run({ from: ['old.yaml'], ci: 'github', publish: 'github-pages' }, { folder });
  for (const text of [
    'Left out:',
    'auth',
    'INTEGRATIONS_GITHUB_GHE_ACME_IO_TOKEN',
    '  PD_TOKEN ',
    'for `portolan proxy`',
  ])
    expect(out).toContain(text);
  const written = ['app-config.yaml', 'README.md', '.github/workflows/portal.yml'].map((path) => read(folder, path));
  expect([out, ...written].join()).not.toContain('ghp_');
  expect(written[0]).toContain('# Ours.');
  expect(settingsOf(folder).value.github.organizations).toMatchObject([{ orgs: ['acme-shop', 'acme-rest'] }]);
  const { jobs } = workflowSchema.parse(parse(written[2] ?? ''));
  expect(jobs.build?.steps.find(({ id }) => id === 'build')?.env).toEqual({
    PUSHED: '${{ github.event.client_payload.repository }}',
    ACCEPT_DROP: '${{ inputs.accept-drop }}',
    GITHUB_TOKEN: '${{ steps.app.outputs.token }}',
    INTEGRATIONS_GITHUB_GHE_ACME_IO_TOKEN: '${{ secrets.INTEGRATIONS_GITHUB_GHE_ACME_IO_TOKEN }}',
  });
  expect(written[1]).toContain('| `INTEGRATIONS_GITHUB_GHE_ACME_IO_TOKEN` | secret |');
  expect(written[1]).toContain('`portolan proxy` takes these from its environment: `PD_TOKEN`.');
});

test.each([
  [{}, 'It is not said what the portal reads.'],
  [{ organization: 'a b' }, 'is no name of an organisation'],
  [{ organization: 'acme', host: 'https://github.com' }, 'is no host'],
  [{ organization: 'acme', url: 'javascript:alert(1)' }, 'is no address'],
  [{ organization: 'acme', url: 'https://ann:pw@portal' }, 'is no address'],
  [{ organization: 'acme', publish: 'gs://bucket' }, 'is no place to publish to'],
  [{ organization: 'acme', ci: 'jenkins' }, 'is no continuous integration'],
  [{ organization: 'acme', title: 'a\nportal: {}' }, 'is no title'],
  [{ from: ['nowhere.yaml'] }, 'cannot be read'],
])('%j is refused with a sentence, and nothing is written', async (options, message) => {
  const folder = newFolder();
  await expect(run(options, { folder })).rejects.toThrow(message);
  expect(listAll(folder)).toEqual([]);
});

test('no title can be anything but a text', async () => {
  const title = 'Ours: "the" #1 ${HOME} & {{ more }}';
  const { folder } = await run({ ...acme, title: title.replace('${HOME}', '') });
  expect(settingsOf(folder).value.title).toBe(title.replace('${HOME}', ''));
});

test('what was written builds', async () => {
  const { folder } = await run({ folder: './repositories', title: 'Small', url: 'https://example.com/portal' });
  const repository = join(folder, 'repositories/orders');
  mkdirSync(repository, { recursive: true });
  writeFileSync(
    join(repository, 'catalog-info.yaml'),
    'apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: core}\nspec: {type: team, children: []}\n',
  );
  const program = join(packageFolder, 'scripts/portal.ts');
  const { status, stderr } = spawnSync(process.execPath, [program, 'build', '--out', 'site'], {
    ...{ cwd: folder, encoding: 'utf8', env: { PATH: process.env.PATH } },
  });
  expect(status, stderr).toBe(0);
  const home = read(folder, 'site/index.html');
  expect(home).toContain('Small');
  expect(home).toContain('whom do I ask');
  expect(home).toContain('href="/portal/catalog/');
});
