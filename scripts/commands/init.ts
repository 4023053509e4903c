import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { askAll, hasSources, listQuestions, type Questions } from '../init/ask.ts';
import { findToken, planRepository } from '../init/plan.ts';
import { findOwner } from '../init/remote.ts';
import { formatOutcome } from '../init/report.ts';
import { type TakenOver, takeOver } from '../init/take-over.ts';
import { type Answers, toWishes, type Wishes } from '../init/wishes.ts';
import { writeNewFiles } from '../io/new-files.ts';
import { openQuestions } from '../io/questions.ts';
import { PortalError } from '../portal-error.ts';
import { toStyle, wrap } from '../terminal.ts';
import { type Command, type CommandContext, defineCommand } from './define.ts';
import { findVersion } from './version.ts';

const maxBytes = 5 * 1024 * 1024;
/** As a shell says that a program was ended with Ctrl+C. */
const endedByHand = 130;

export const init = defineCommand({
  options: {
    organization: { type: 'string', value: 'NAME', about: 'Organisation on GitHub that is read' },
    host: { type: 'string', value: 'HOST', about: 'Where that is (default: github.com)' },
    folder: {
      type: 'string',
      value: 'DIR',
      about:
        'Folder whose sub-directories are repositories, relative to the new repository; in place of an organisation, or beside it',
    },
    from: {
      type: 'string',
      multiple: true,
      value: 'FILE',
      about: 'app-config.yaml of Backstage that is taken over; may be given several times, later ones win',
    },
    title: { type: 'string', value: 'TEXT', about: 'What the portal is called' },
    url: { type: 'string', value: 'URL', about: 'Address that readers will open' },
    publish: {
      type: 'string',
      value: 'PLACE',
      about: 'Where it is published: s3://bucket/prefix, a folder, or github-pages (default)',
    },
    ci: { type: 'string', value: 'NAME', about: 'What runs each night: github (default), gitlab, none' },
    force: { type: 'boolean', about: 'Write over files that are there' },
  },
  run: async (options, words, context) => {
    const questions = openQuestions();
    try {
      return await initialise(options, words, context, questions);
    } finally {
      questions?.close();
    }
  },
});

type Options = Parameters<Command['run']>[0];

/** Writes a config repository, asking for what was not said where somebody can be asked; nothing is written before all is known. */
export async function initialise(
  options: Options,
  [name = '.', ...others]: readonly string[],
  context: CommandContext,
  questions: Questions | undefined,
): Promise<number> {
  if (others.length > 0) throw new PortalError('One folder at a time.', { hint: 'Name the folder to write into.' });
  const folder = resolve(context.workingFolder, name);
  const taken = takeOverFiles(options.from, context);
  const owner = findOwner(findRemote(folder));
  const said = { ...(owner && !options.organization && { host: owner.host }), ...toAnswers(options) };
  const open = questions ? listQuestions(said, taken, owner) : [];
  const answers = questions ? await askAll(open, questions) : {};
  if (answers === undefined) {
    context.error.write('\nNothing was written.\n');
    return endedByHand;
  }
  const wishes = toWishes({ ...said, ...answers });
  if (wishes.organization === undefined && wishes.folder === undefined && !hasSources(taken))
    throw new PortalError('It is not said what the portal reads.', {
      hint: 'Name an organisation with --organization, a folder with --folder, or a configuration of Backstage with --from.',
    });
  write(wishes, taken, { folder, isForced: options.force === true }, context);
  return 0;
}

function toAnswers(options: Options): Answers {
  const names = ['organization', 'host', 'folder', 'title', 'url', 'publish', 'ci'] as const;
  return Object.fromEntries(
    names.flatMap((name) => (options[name] === undefined ? [] : [[name, String(options[name])]])),
  );
}

function takeOverFiles(from: Options[string], { workingFolder }: CommandContext): TakenOver | undefined {
  if (!Array.isArray(from)) return undefined;
  return takeOver(
    from.map((path) => ({ path: String(path), text: readText(resolve(workingFolder, String(path)), String(path)) })),
  );
}

function readText(place: string, path: string): string {
  try {
    if (statSync(place).size <= maxBytes) return readFileSync(place, 'utf8');
  } catch {
    throw new PortalError(`${path} cannot be read.`, { hint: 'Name a file with --from.' });
  }
  throw new PortalError(`${path} is too large for a configuration.`, { hint: 'Name an app-config.yaml with --from.' });
}

/** The address that git pushes to from a folder; empty where there is none. */
function findRemote(folder: string): string {
  try {
    return execFileSync('git', ['-C', folder, 'remote', 'get-url', 'origin'], { encoding: 'utf8', stdio: 'pipe' });
  } catch {
    return '';
  }
}

function write(
  wishes: Wishes,
  taken: TakenOver | undefined,
  { folder, isForced }: { folder: string; isForced: boolean },
  context: CommandContext,
): void {
  const { packageFolder, workingFolder, out } = context;
  const readShipped = (path: string) => readFileSync(join(packageFolder, 'deploy', path), 'utf8');
  const shipped = { readText: readShipped, version: findVersion(context) };
  const { written, left } = writeNewFiles(folder, planRepository(wishes, taken, shipped), isForced);
  mkdirSync(join(folder, 'vendor'), { recursive: true });
  const lists = [
    ...written.map((path) => `  wrote  ${path}`),
    ...left.map((path) => `  left   ${path}, which is there already`),
  ];
  const outcome = taken ? `\n${formatOutcome(taken)}` : '';
  const hint = left.length > 0 ? '\n--force writes over what is there.\n' : '';
  const next = listNext(wishes, taken, packageFolder, toShort(folder, workingFolder));
  out.write(wrap(`${lists.join('\n')}\n${hint}${outcome}\n`, toStyle(out).width));
  // What is there to be copied stays in one line.
  out.write(`Next, after README.md:\n${next.map((line) => `  ${line}`).join('\n')}\n`);
}

function toShort(folder: string, from: string): string {
  const path = relative(from, folder);
  return path.startsWith('..') ? folder : path;
}

/** The commands that come next, from the folder that the command was called in. */
function listNext(wishes: Wishes, taken: TakenOver | undefined, packageFolder: string, folder: string): string[] {
  const token = findToken(wishes, taken);
  const isInstalled = basename(dirname(packageFolder)) === 'node_modules';
  const pack = `npm pack ${quote(packageFolder)} --pack-destination vendor${isInstalled ? ' --ignore-scripts' : ''}`;
  return [
    `${folder === '' ? '' : `cd ${quote(folder)} && `}${pack}`,
    'npm install',
    token === undefined ? 'npx portolan build --out site' : `${token}=… npx portolan build --out site`,
  ];
}

const quote = (text: string) => (/^[\w./@:+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
