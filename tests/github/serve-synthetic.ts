import { createInterface } from 'node:readline';
import { createGithubServer } from './server.ts';
import { toSynthetic } from './world/synthetic.ts';

/**
 * A test server in a process of its own, over a synthetic organisation: `serve-synthetic.ts REPOSITORIES WITH_DOCS`. It
 * answers each line on standard input with one of JSON: `count` what was asked since `clear`, `change N` commits to N repositories.
 */
const [repositories = 100, withDocs = 60] = process.argv.slice(2).map(Number);
const login = 'synthetic';
const server = await createGithubServer({
  organisations: [toSynthetic({ login, repositories, withDocs })],
  tokens: { 'test-token': { login: 'person-0', scopes: ['repo', 'read:org'] } },
});

const say = (value: object) => process.stdout.write(`${JSON.stringify(value)}\n`);

/** Spread over the organisation, those with docs and those without. */
async function change(count: number): Promise<void> {
  const names = server.world.listRepositories(login).map(({ name }) => name);
  const step = Math.max(1, Math.floor(names.length / count));
  const changed = names.filter((_, at) => at % step === 0).slice(0, count);
  await server.world.commitAll(new Map(changed.map((name) => [`${login}/${name}`, { 'README.md': '# Changed\n' }])));
}

const orders: Readonly<Record<string, (count: number) => Promise<object>>> = {
  count: async () => server.log.count(),
  clear: async () => {
    server.log.clear();
    return {};
  },
  change: async (count) => {
    await change(count);
    return {};
  },
};

say({ origin: server.origin, host: server.host, login });
for await (const line of createInterface({ input: process.stdin })) {
  const [word = '', count = '0'] = line.split(' ');
  say((await orders[word]?.(Number(count))) ?? {});
}
await server.close();
