import { cpSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Catalog } from '#model/catalog.ts';
import { collectCatalog, newStore, openGithub, toSettings } from './collected.ts';
import type { FaultName } from './faults/faults.ts';
import type { Trigger } from './faults/injector.ts';
import { createGithubServer, type GithubServer } from './server.ts';

/*
 * Every way to fail, at every stage of reading an organisation that was read before and has changed since. Whatever
 * happens, nothing that was known is lost, one problem says what is old, and the next night gives what a cold one does.
 */

let server: GithubServer;
let known: string;
let current: string;
let cold: Catalog;

const toComponent = (name: string, state: string) =>
  `apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: ${name}, description: ${state}}\nspec: {type: service, lifecycle: production, owner: core}\n`;
const toLocation = (target: string) =>
  `apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: {name: all}\nspec: {targets: ["${target}"]}\n`;

/** Before all others by name, and not read: they make a second page where pages are small. */
const archived = Array.from({ length: 12 }, (_each, at) => ({
  name: `a-${String(at).padStart(2, '0')}`,
  isArchived: true,
  files: { 'README.md': '' },
}));

beforeAll(async () => {
  server = await createGithubServer({
    organisations: [
      {
        login: 'acme',
        members: [{ login: 'ada' }, { login: 'grace' }],
        teams: [{ slug: 'core', members: ['ada'] }],
        repositories: [
          ...archived,
          { name: 'alpha', files: { 'catalog-info.yaml': toComponent('alpha', 'as it is') } },
          {
            name: 'beta',
            files: {
              'catalog-info.yaml': toComponent('beta', 'old'),
              'mkdocs.yml': 'site_name: Beta\n',
              'docs/index.md': '# Beta\n',
            },
          },
          { name: 'gamma', files: { 'services/catalog-info.yml': toComponent('gamma', 'as it is') } },
        ],
      },
      {
        login: 'else',
        repositories: [{ name: 'far', files: { 'z.yaml': toComponent('far', 'old') }, visibility: 'public' }],
      },
    ],
    tokens: { 'test-token': { login: 'ada', scopes: ['repo', 'read:org'] } },
  });
  const target = `${server.origin}/else/far/blob/main/z.yaml`;
  await server.world.create('acme', { name: 'index', files: { 'catalog-info.yaml': toLocation(target) } });
  known = newStore();
  await collect(known);
  await server.world.commit('acme/beta', {
    'catalog-info.yaml': toComponent('beta', 'new'),
    'docs/more.md': '# More\n',
  });
  await server.world.commit('else/far', { 'z.yaml': toComponent('far', 'new') });
  current = newStore();
  cold = await collect(current);
}, 60_000);

beforeEach(() => {
  server.faults.clear();
  server.log.clear();
});
afterAll(() => server.close());

function collect(store: string, patience = 20_000): Promise<Catalog> {
  const people = JSON.stringify({
    catalog: { providers: { githubOrg: { id: 'people', githubUrl: server.origin, orgs: ['acme'] } } },
  });
  const settings = toSettings(server, people);
  return collectCatalog(openGithub(settings, store, { patience }), settings);
}

/** What is known now: every entity with its description, and what is said of GitHub. */
const toStates = ({ entities }: Catalog) =>
  Object.fromEntries([...entities].map(([ref, { entity }]) => [ref, entity.metadata.description]));
const listCodes = ({ problems }: Catalog) =>
  problems.map(({ code }) => code).filter((code) => /^github-|^repository-|^file-|unreadable|missing/.test(code));

const toComparable = ({ entities, repositories, problems }: Catalog) => ({
  entities: [...entities],
  repositories,
  problems,
});

/** Where it fails, and what is said and shown where that cannot be got over. */
type Stage = {
  trigger: Trigger;
  codes: string[];
  /** The repositories whose last state is shown. */
  stale: string[];
  isManyPages?: boolean;
  /** Where a night leaves nothing to do for the next one. */
  isForgetful?: boolean;
  /** Where git has nothing to do. */
  isCurrent?: boolean;
  /** What is said instead where the limit is used up. */
  spent?: Partial<Pick<Stage, 'codes' | 'stale'>>;
};

const sweeping: Trigger = { kind: 'graphql', operation: 'sweep' };

const notReached = ['acme/beta', 'acme/gamma', 'acme/index'];
const everything = ['acme/alpha', 'acme/beta', 'acme/gamma', 'acme/index'];
const stages = {
  'the first page': {
    trigger: sweeping,
    codes: ['github-owner-failed'],
    spent: { codes: ['github-budget-spent', 'github-people-partial'], stale: [...everything, 'else/far'] },
    stale: everything,
    isCurrent: true,
  },
  'a later page': {
    trigger: { ...sweeping, from: 2 },
    codes: ['github-owner-failed'],
    spent: { codes: ['github-budget-spent', 'github-people-partial'], stale: [...notReached, 'else/far'] },
    stale: notReached,
    isCurrent: true,
    isManyPages: true,
  },
  members: {
    trigger: { kind: 'graphql', operation: 'members' },
    codes: ['github-people-partial'],
    spent: { stale: ['else/far'] },
    stale: [],
    isCurrent: true,
  },
  teams: {
    trigger: { kind: 'graphql', operation: 'teams' },
    codes: ['github-people-partial'],
    spent: { stale: ['else/far'] },
    stale: [],
    isCurrent: true,
  },
  'a repository outside': {
    trigger: { kind: 'graphql', operation: 'lookup' },
    codes: [],
    stale: ['else/far'],
    isCurrent: true,
  },
  'texts of files': { trigger: { kind: 'graphql', operation: 'blobs' }, codes: [], stale: [], isForgetful: true },
  'the door of git': {
    trigger: { kind: 'git', operation: 'refs', repository: 'acme/beta' },
    codes: ['github-repository-failed', 'repository-stale'],
    stale: ['acme/beta'],
  },
  'a tree from git': {
    trigger: { kind: 'git', operation: 'fetch', repository: 'acme/beta' },
    codes: ['github-repository-failed', 'repository-stale'],
    stale: ['acme/beta'],
  },
  'files from git': {
    trigger: { kind: 'git', operation: 'fetch', repository: 'acme/beta', from: 2 },
    codes: ['github-repository-failed', 'repository-stale'],
    stale: ['acme/beta'],
  },
  'git of a repository outside': {
    trigger: { kind: 'git', repository: 'else/far' },
    codes: [],
    stale: ['else/far'],
  },
} satisfies Record<string, Stage>;

/** What becomes of a fault that strikes once; one that stays always leaves what was known before. */
const faults: [FaultName, once: 'whole' | 'old'][] = [
  ['primaryLimit', 'old'],
  ['secondaryLimit', 'whole'],
  ['tooManyRequests', 'whole'],
  ['badGateway', 'whole'],
  ['unavailable', 'whole'],
  ['gatewayTimeout', 'whole'],
  ['serverError', 'whole'],
  ['resourceLimits', 'whole'],
  ['queryTimeout', 'whole'],
  ['badCredentials', 'old'],
  ['forbidden', 'old'],
  ['notFound', 'old'],
  ['sso', 'old'],
  ['blocked', 'old'],
  ['wrongShape', 'old'],
  ['badJson', 'whole'],
  ['reset', 'whole'],
  ['truncated', 'whole'],
];

const gitFaults: FaultName[] = [
  ...([
    'badGateway',
    'unavailable',
    'badCredentials',
    'forbidden',
    'notFound',
    'blocked',
    'reset',
    'truncated',
  ] as const),
];

const listFaults = ({ trigger }: Stage) =>
  faults.filter(([fault]) => trigger.kind === 'graphql' || gitFaults.includes(fault));

/** After these nothing more is asked. */
const isSpending = (fault: FaultName) => ['primaryLimit', 'secondaryLimit', 'tooManyRequests'].includes(fault);

/** A night on which something fails; how often it did. */
async function failing(store: string, fault: FaultName, stage: Stage, times?: number) {
  server.faults.clear();
  if (stage.isManyPages) server.faults.inject('resourceLimits', { ...sweeping, pageAbove: 20 });
  const injected = server.faults.inject(fault, { ...stage.trigger, seconds: 1, ...(times && { times }) });
  const catalog = await collect(store);
  return { catalog, hits: injected.hits };
}

function copyStore(from: string): string {
  const store = newStore();
  cpSync(from, store, { recursive: true });
  return store;
}

const listStale = ({ repositories }: Catalog) =>
  repositories.flatMap(({ id, staleSince }) => (staleSince === undefined ? [] : [id]));

/** What an outcome is held to, in one value, so that a difference says which fault it is. */
const toOutcome = (fault: FaultName, catalog: Catalog) => ({
  fault,
  entities: Object.keys(toStates(catalog)).toSorted(),
  stale: listStale(catalog),
  codes: listCodes(catalog),
  isClean: !/test-token|\bat .*\.ts:\d/.test(JSON.stringify(catalog.problems)),
});

test.each(Object.entries(stages))(
  'what stays broken at %s leaves what was known, and one problem',
  async (_name, row) => {
    const stage: Stage = row;
    const store = copyStore(stage.isCurrent ? current : known);
    for (const [fault] of listFaults(stage)) {
      const { catalog, hits } = await failing(stage.isForgetful ? copyStore(known) : store, fault, stage);
      expect({ fault, isStruck: hits > 0 }).toEqual({ fault, isStruck: true });
      const { codes, stale } = isSpending(fault) ? { ...stage, ...stage.spent } : stage;
      const entities = Object.keys(toStates(cold)).toSorted();
      expect(toOutcome(fault, catalog)).toEqual({ fault, entities, stale, codes, isClean: true });
    }
    server.faults.clear();
    expect(toComparable(await collect(store))).toEqual(toComparable(cold));
  },
  120_000,
);

test.each(Object.entries(stages))(
  'what happens once at %s is got over',
  async (_name, row) => {
    const stage: Stage = row;
    for (const [fault, once] of listFaults(stage)) {
      if (once === 'old' && stage.trigger.kind === 'graphql') continue;
      const { catalog, hits } = await failing(copyStore(stage.isCurrent ? current : known), fault, stage, 1);
      expect({ fault, hits, ...toComparable(catalog) }).toEqual({ fault, hits: 1, ...toComparable(cold) });
    }
  },
  120_000,
);
