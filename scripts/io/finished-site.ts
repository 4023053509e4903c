import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { isStoreKey } from '#model/store-keys.ts';
import { PortalError } from '../portal-error.ts';
import { lockName } from './lock.ts';
import { markName, unfinished } from './site-folder.ts';
import { createDigester, openPlain } from './stores/plain-files.ts';

const markSchema = z.object({ build: z.string(), base: z.string(), entities: z.record(z.string(), z.number()) });

/** A problem as the site itself lists it. */
const problemSchema = z.object({
  code: z.string(),
  level: z.enum(['error', 'warning', 'hint']),
  what: z.string(),
  place: z.object({ repository: z.string() }).optional(),
});
export type SiteProblem = z.infer<typeof problemSchema>;

/** A site that a build finished: its files by their content, and what it says of itself. */
export type FinishedSite = {
  files: Map<string, { digest: string; bytes: number }>;
  /** How many entities each repository has. */
  entities: Record<string, number>;
  problems: SiteProblem[];
  read: (path: string) => Promise<Uint8Array>;
};

/** Opens a site that a build finished; half a site, or a folder of anything else, is none. */
export async function openFinishedSite(folder: string, tell: (files: number) => void): Promise<FinishedSite> {
  const { entities } = await readMark(folder);
  const paths = await listPaths(folder);
  for (const path of paths) checkName(folder, path);
  const read = (path: string) => readFile(join(folder, path));
  const files = await digestAll(folder, paths, tell);
  return { files, entities, problems: await readProblems(folder), read };
}

async function readMark(folder: string): Promise<z.infer<typeof markSchema>> {
  const text = await readFile(join(folder, markName), 'utf8').catch(() => undefined);
  if (text === undefined)
    throw new PortalError(`There is no finished site in ${folder}.`, {
      hint: 'Run `portolan build` first, or name the folder of the site with --out.',
    });
  const parsed = markSchema.safeParse(findJson(text));
  if (parsed.success) return parsed.data;
  const isHalf = text.includes(`"${unfinished}"`);
  throw new PortalError(
    isHalf
      ? `The site in ${folder} is half a site: its build runs still, or did not come to its end.`
      : `The site in ${folder} was built by another version of Portolan.`,
    { hint: 'Run `portolan build` to its end, then publish.' },
  );
}

function findJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function listPaths(folder: string): Promise<string[]> {
  const paths: string[] = [];
  const walk = async (below: string): Promise<void> => {
    for (const entry of await readdir(join(folder, below), { withFileTypes: true })) {
      const path = `${below}${entry.name}`;
      if (entry.isDirectory()) await walk(`${path}/`);
      else if (entry.isFile()) paths.push(path);
      else
        throw new PortalError(`${join(folder, path)} is neither a file nor a folder.`, {
          hint: 'Links are not followed. Put the file itself there.',
        });
    }
  };
  await walk('');
  return paths.filter((path) => path !== lockName).toSorted();
}

/** The folder in which publishing keeps what is its own; a file of the site in one would be taken for that. */
const ownName = '_portolan';

function checkName(folder: string, path: string): void {
  if (isStoreKey(path) && !path.split('/').includes(ownName)) return;
  throw new PortalError(`${folder} has a file that cannot be published by its name: ${JSON.stringify(path)}.`, {
    hint: `Names have no backslashes or control characters, and \`${ownName}\` is the name of a folder of Portolan's own.`,
  });
}

async function digestAll(folder: string, paths: readonly string[], tell: (files: number) => void) {
  const files = new Map<string, { digest: string; bytes: number }>();
  const queue = paths.values();
  const work = async () => {
    const digest = createDigester('sha256', 'base64url');
    for (let next = queue.next(); !next.done; next = queue.next()) {
      const file = await openPlain(join(folder, next.value));
      if (file === undefined) continue; // it is gone since it was listed, so it is no part of the site
      files.set(next.value, await digest(file).finally(() => file.close()));
      tell(files.size);
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
  return files;
}

async function readProblems(folder: string): Promise<SiteProblem[]> {
  const path = join(folder, 'api', 'problems.json');
  const parsed = z.array(problemSchema).safeParse(findJson(await readFile(path, 'utf8').catch(() => '')));
  if (parsed.success) return parsed.data;
  throw new PortalError(`${path} is not there, or not what a build writes.`, { hint: 'Build the site anew.' });
}
