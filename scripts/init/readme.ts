import { readerNames } from './backstage-keys.ts';
import type { TakenOver } from './take-over.ts';
import type { Wishes } from './wishes.ts';
import { toSecretName } from './workflow.ts';

/** A value that has to be set before the first night: what it is called there, and what it is. */
export type Setting = { name: string; kind: 'secret' | 'variable'; what: string };

type Facts = { wishes: Wishes; taken: TakenOver | undefined; token: string | undefined; version: string };

/** What the repository's settings need, for the workflow to run. */
function listSettings({ wishes, taken, token }: Pick<Facts, 'wishes' | 'taken' | 'token'>): Setting[] {
  const { ci, destination } = wishes;
  const others = (taken?.variables ?? []).filter(
    ({ name, reader, hasDefault }) => reader === 'build' && !hasDefault && name !== token,
  );
  const rest = others.map(({ name, path }) => ({
    kind: 'secret' as const,
    name: ci === 'github' ? toSecretName(name) : name,
    what: `\`\${${name}}\` in \`${path}\``,
  }));
  return [...listTokens(ci, token), ...rest, ...listStores(ci, destination)];
}

function listTokens(ci: Wishes['ci'], token: string | undefined): Setting[] {
  if (token === undefined) return [];
  if (ci !== 'github')
    return [
      {
        kind: 'secret',
        name: token,
        what: 'a token that reads the contents, the metadata and the members of the organisation',
      },
    ];
  return [
    {
      kind: 'variable',
      name: 'PORTAL_APP_CLIENT_ID',
      what: 'the client ID of a GitHub App that is installed with the organisation',
    },
    {
      kind: 'secret',
      name: 'PORTAL_APP_PRIVATE_KEY',
      what: 'its private key; the App may read Contents, Metadata and Members',
    },
  ];
}

function listStores(ci: Wishes['ci'], { kind }: Wishes['destination']): Setting[] {
  if (kind !== 'bucket') return [];
  if (ci !== 'github')
    return ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_REGION'].map((name) => ({
      ...{
        name,
        kind: name === 'AWS_REGION' ? 'variable' : 'secret',
        what: 'who writes to the bucket, and where it is',
      },
    }));
  return [
    {
      kind: 'variable',
      name: 'PORTAL_AWS_ROLE',
      what: 'the role that may write below the prefix, and trusts this repository',
    },
    {
      kind: 'variable',
      name: 'PORTAL_PREVIEW_AWS_ROLE',
      what: 'the role that may write below `previews/`, for pull requests',
    },
    { kind: 'variable', name: 'PORTAL_AWS_REGION', what: 'the region of the bucket' },
  ];
}

const ciNames = { github: 'GitHub Actions', gitlab: 'GitLab CI', none: '' };
const workflowFiles = { github: '.github/workflows/portal.yml', gitlab: '.gitlab-ci.yml', none: '' };

/** The README of a config repository: what it is, what to set, the commands, and what was taken over of Backstage. */
export function formatReadme(facts: Facts): string {
  const { wishes } = facts;
  const blocks = [
    `# ${wishes.title ?? `The portal of ${wishes.organization ?? 'the organisation'}`}`,
    'This repository says how the developer portal is built. The portal is a static site that Portolan makes of the catalog files and docs\nin the repositories of the teams; nothing of theirs is here.',
    formatFiles(wishes),
    formatFirstRun(facts),
    formatNights(facts),
    ...(facts.taken ? [formatTakenOver(facts.taken)] : []),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function formatFiles({ ci, folder }: Wishes): string {
  const rows = [
    ['`app-config.yaml`', 'what is read, how the portal is called, which systems its pages ask'],
    ['`content/home.md`', 'the text of the home page'],
    ['`public/`', 'files that are served as they are, such as a logo (not there yet)'],
    ['`vendor/`', 'the program, as `npm pack` wrote it'],
    ...(folder === undefined
      ? []
      : [
          [
            `\`${folder}\``,
            'the repositories that are read, each in a folder of its own: submodules, or plain folders',
          ],
        ]),
    ...(ci === 'none' ? [] : [[`\`${workflowFiles[ci]}\``, `what runs each night in ${ciNames[ci]}`]]),
  ];
  return ['| File | What |', '|---|---|', ...rows.map((row) => `| ${row.join(' | ')} |`)].join('\n');
}

function formatFirstRun({ token, version }: Facts): string {
  const read = token === undefined ? '' : `${`export ${token}=…`.padEnd(35)} a token that reads the organisation\n`;
  return `## The first run

Portolan is not in a registry: \`package.json\` takes it from \`vendor/portolan-${version}.tgz\`, which a checkout of Portolan, or an
installation of it, packs. It is committed, as \`package-lock.json\` is, so that every night runs the same program; to take a newer one, pack it
and write its name into \`package.json\`.

\`\`\`
npm pack path/to/portolan --pack-destination vendor
npm install
${read}npx portolan doctor                 tries what a build needs, and says what is missing
npx portolan build --out site       builds the portal into the folder \`site\`
npx portolan serve --out site       serves it on this machine, to look at it
\`\`\`

Should npm refuse install scripts, allow the one of the package \`node\` (\`npm install-scripts approve node\`).`;
}

function formatNights(facts: Facts): string {
  const { ci, destination, url } = facts.wishes;
  if (ci === 'none') return '';
  const settings = listSettings(facts);
  const where = ci === 'github' ? 'Settings › Secrets and variables › Actions' : 'Settings › CI/CD › Variables';
  const table = [
    ...['| Name | Kind | What |', '|---|---|---|'],
    ...settings.map(({ name, kind, what }) => `| \`${name}\` | ${kind} | ${what} |`),
  ].join('\n');
  const publishes = {
    bucket: `The site goes to \`${destination.kind === 'pages' ? '' : destination.address}\`.`,
    folder: `The site goes to the folder \`${destination.kind === 'pages' ? '' : destination.address}\` of the machine that runs the workflow.`,
    pages:
      ci === 'github'
        ? 'The site goes to GitHub Pages: choose “GitHub Actions” under Settings › Pages. Only on Enterprise Cloud is it for members alone.'
        : 'The site goes to GitLab Pages: choose who may see it under Settings › General › Visibility.',
  }[destination.kind];
  const schedule = ci === 'gitlab' ? ' It needs a schedule: Build › Pipeline schedules, each night.' : '';
  const address = url === undefined ? ' Set `app.baseUrl` in `app-config.yaml` once its address is known.' : '';
  return `## Every night

\`${workflowFiles[ci]}\` builds the portal and publishes it.${schedule} ${publishes}${address} A run that fails leaves the site as it was.
${settings.length === 0 ? '' : `\nTo be set under ${where}:\n\n${table}\n`}
How the site is served (nginx, CloudFront, …), how people sign in and how the proxy for what is live is run is shown by the files in
\`node_modules/portolan/deploy/\`.`;
}

/** What became of a Backstage configuration, in Markdown. */
function formatTakenOver(taken: TakenOver): string {
  const { used, unused, variables, replaced, files, notes } = taken;
  const toRows = (rows: readonly string[][]) => rows.map((row) => `| ${row.join(' | ')} |`).join('\n');
  const code = (text: string) => `\`${text.replaceAll('`', '')}\``;
  const others = Map.groupBy(
    variables.filter(({ reader }) => reader !== 'build'),
    ({ reader }) => reader,
  );
  const blocks = [
    '## Taken over from Backstage',
    `| Setting | Read by | What for |\n|---|---|---|\n${toRows(used.map(({ path, reader, what }) => [code(path), reader, what]))}`,
    unused.length === 0
      ? ''
      : `Left out:\n\n| Setting | Why |\n|---|---|\n${toRows(unused.map(({ paths, what }) => [paths.map(code).join(', '), what]))}`,
    replaced.length === 0
      ? ''
      : `These stood there in clear text. Each is a variable now, and its value was not copied; change the old ones, since they could be read:\n\n${replaced.map(({ path, name }) => `- ${code(path)}: ${code(`\${${name}}`)}`).join('\n')}`,
    [...others]
      .map(
        ([reader, own]) =>
          `${readerNames[reader]} takes these from its environment: ${own.map(({ name }) => code(name)).join(', ')}.`,
      )
      .join('\n\n'),
    files.length === 0
      ? ''
      : `These files are named and did not come along; they may hold secrets, so do not commit them without a look:\n\n${files.map(({ path, file }) => `- ${code(file)}, in ${code(path)}`).join('\n')}`,
    notes.map((note) => `- ${note}`).join('\n'),
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
}
