import { isMap, isSeq } from 'yaml';
import { formatConfiguration } from './configuration.ts';
import { formatReadme } from './readme.ts';
import { isLocal, type TakenOver, usualToken } from './take-over.ts';
import { findFault, type Wishes } from './wishes.ts';
import { fillPipeline, fillWorkflow } from './workflow.ts';

/** What the package carries and says of itself. */
export type Shipped = {
  /** A file of `deploy/`. */
  readText: (path: string) => string;
  version: string;
};

export type PlannedFile = { path: string; text: string };

/** Every file of a config repository, sorted by path. */
export function planRepository(wishes: Wishes, taken: TakenOver | undefined, shipped: Shipped): PlannedFile[] {
  const token = findToken(wishes, taken);
  const { version } = shipped;
  const known = { ...wishes, ...findAddress(wishes, taken) };
  const files: Record<string, string> = {
    'README.md': formatReadme({ wishes: known, taken, token, version }),
    ...listWorkflows(known, taken, token, shipped),
    '.gitignore': ignored,
    'app-config.yaml': formatConfiguration(wishes, taken),
    'content/home.md': formatHome(wishes),
    'package.json': formatPackage(wishes, version),
  };
  return Object.entries(files)
    .map(([path, text]) => ({ path, text }))
    .toSorted((one, other) => (one.path < other.path ? -1 : 1));
}

/** The variable that holds the token for GitHub; undefined where none is read, or where an App stands in the configuration. */
export function findToken({ organization, host }: Wishes, taken: TakenOver | undefined): string | undefined {
  const integrations = taken?.settings.getIn(['integrations', 'github']);
  if (!isSeq(integrations)) return organization === undefined ? undefined : usualToken;
  const maps = integrations.items.filter((each) => isMap(each));
  const own = maps.find((each) => (each.get('host') ?? 'github.com') === host) ?? maps[0];
  const token = own?.get('token');
  return typeof token === 'string' ? /^\$\{\s*([A-Za-z_]\w*)\s*(?::-.*)?\}$/.exec(token)?.[1] : undefined;
}

/** The address that readers open, as far as it is said somewhere. */
function findAddress({ url }: Wishes, taken: TakenOver | undefined): { url?: string } {
  const old = taken?.settings.getIn(['app', 'baseUrl']);
  if (url !== undefined) return { url };
  const isKnown = typeof old === 'string' && findFault('url', old) === undefined && !isLocal(old);
  return isKnown ? { url: old } : {};
}

function listWorkflows(
  wishes: Wishes,
  taken: TakenOver | undefined,
  token: string | undefined,
  { readText }: Shipped,
): Record<string, string> {
  if (wishes.ci === 'none') return {};
  if (wishes.ci === 'gitlab') return { '.gitlab-ci.yml': fillPipeline(readText('gitlab/.gitlab-ci.yml'), wishes) };
  const others = (taken?.variables ?? [])
    .filter(({ name, reader, hasDefault }) => reader === 'build' && !hasDefault && name !== token)
    .map(({ name }) => name);
  const fill = (file: string) => fillWorkflow(readText(file), wishes, { token, others });
  return {
    '.github/workflows/portal.yml': fill('github/nightly.yml'),
    ...(wishes.destination.kind === 'bucket' && { '.github/workflows/preview.yml': fill('github/preview.yml') }),
  };
}

const ignored = `node_modules/
# What builds remember and make.
.portal/
site/
preview/
dist/
# What is one's own, and secrets.
app-config.local.yaml
.env
*.pem
`;

const formatHome = ({ organization }: Wishes) =>
  `Who owns this, what does it depend on, what breaks without it, whom do I ask: this portal answers for what ${organization === undefined ? 'we' : `\`${organization}\``} run${organization === undefined ? '' : 's'}.

Everything here comes from the catalog files and docs in the repositories of the teams. Is something wrong or missing? Its page links to the
file that says so, and *Problems* lists what could not be understood.
`;

function formatPackage({ organization, title }: Wishes, version: string): string {
  const name = (organization ?? title ?? 'developer').toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return `${JSON.stringify(
    {
      name: `${name.replace(/^-+|-+$/g, '') || 'developer'}-portal`,
      private: true,
      scripts: {
        doctor: 'portolan doctor',
        build: 'portolan build --out site',
        serve: 'portolan serve --out site',
      },
      dependencies: { portolan: `file:vendor/portolan-${version}.tgz` },
      allowScripts: { node: true, esbuild: false, portolan: false },
    },
    undefined,
    2,
  )}\n`;
}
