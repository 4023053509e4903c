import { join } from 'node:path';
import { z } from 'zod';
import { type Figures, toProgramFigures, toRunFigures } from './figures.ts';
import { type BenchServer, type Counters, startServer } from './github-server.ts';
import { measure } from './measure.ts';

const foundSchema = z.object({
  repositories: z.number(),
  entities: z.number(),
  files: z.number(),
  problems: z.number(),
});

/** One night: what was asked, what that cost on this side, and what was found. */
export type Night = {
  name: string;
  asked: Counters;
  whole: Figures;
  programs: Figures[];
  found: z.infer<typeof foundSchema>;
};

/** An organisation, and the nights on which it was read. */
export type GithubTrial = { repositories: number; withDocs: number; changed: number; nights: Night[] };

type Size = { repositories: number; withDocs: number };

/** Reads a synthetic organisation when nothing is known of it, when one in a hundred repositories changed, and when none did. */
export async function runGithubTrial(
  top: string,
  work: string,
  { repositories, withDocs }: Size,
  say: (text: string) => void,
): Promise<GithubTrial> {
  const changed = Math.ceil(repositories / 100);
  say(`${repositories.toLocaleString('en-US')} repositories are made`);
  const server = await startServer(top, repositories, withDocs);
  const nights: Night[] = [];
  const run = async (name: string) => {
    say(name);
    nights.push(await runNight(top, join(work, 'store'), server, name));
  };
  try {
    await run('cold night');
    await server.change(changed);
    await run('1 % changed');
    await run('nothing changed');
  } finally {
    await server.close();
  }
  return { repositories, withDocs, changed, nights };
}

async function runNight(top: string, store: string, server: BenchServer, name: string): Promise<Night> {
  await server.clear();
  const words = [join(top, 'scripts/bench/github-reading.ts'), toConfiguration(server), store];
  const run = await measure(process.execPath, words, top);
  const said = run.lines.findLast(({ text }) => text.startsWith('found '))?.text;
  if (run.code !== 0 || said === undefined)
    throw new Error(`GitHub could not be read:\n${run.lines.map(({ text }) => text).join('\n')}`);
  return {
    name,
    asked: await server.count(),
    whole: toRunFigures(name, run),
    programs: toProgramFigures(run),
    found: foundSchema.parse(JSON.parse(said.slice('found '.length))),
  };
}

function toConfiguration({ host, origin, login }: BenchServer): string {
  return JSON.stringify({
    integrations: { github: [{ host, apiBaseUrl: `${origin}/api/v3`, token: 'test-token' }] },
    catalog: {
      providers: {
        github: { all: { host, organization: login } },
        githubOrg: { id: 'people', githubUrl: origin, orgs: [login] },
      },
    },
  });
}
