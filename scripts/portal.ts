import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Command, CommandRow, Output } from './commands/define.ts';
import { commands } from './commands/index.ts';
import { formatCommandHelp, formatHelp } from './help.ts';
import { PortalError, toExplained } from './portal-error.ts';
import { findNear } from './suggest.ts';
import { toStyle, wrap } from './terminal.ts';

/** The command: reads what it was called with, runs a row of the table, and says how it ended. */
async function main(argv: string[]): Promise<number> {
  const [name, ...rest] = argv;
  const context = {
    workingFolder: process.env.INIT_CWD ?? process.cwd(),
    environment: process.env,
    packageFolder: dirname(dirname(fileURLToPath(import.meta.url))),
    out: toOutput(process.stdout),
    error: toOutput(process.stderr),
  };
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    context.out.write(formatHelp(commands, toStyle(context.out).width));
    return name === undefined ? 2 : 0;
  }
  const row = commands.find((each) => each.name === name);
  if (!row) {
    const near = findNear(
      name,
      commands.map((each) => each.name),
    );
    throw new PortalError(`There is no command \`${name}\`.`, {
      hint: `${toQuestion(near)}\`portolan --help\` lists the commands.`,
    });
  }
  const command = await row.load();
  const { values, positionals } = parseWords(rest, row, command);
  if (values.help) {
    context.out.write(formatCommandHelp(row, command, toStyle(context.out).width));
    return 0;
  }
  return command.run(values, positionals, context);
}

/** A stream of the process; `NO_COLOR` in the environment takes the colours out of it, as https://no-color.org/ asks. */
const toOutput = (stream: NodeJS.WriteStream): Output => ({
  write: (text) => stream.write(text),
  isTTY: stream.isTTY,
  isPlain: Boolean(process.env.NO_COLOR),
  get columns() {
    return stream.columns;
  },
});

function parseWords(args: string[], { name, words }: CommandRow, command: Command) {
  const options = { ...command.options, help: { type: 'boolean' as const, short: 'h' } };
  try {
    return parseArgs({ args, options, allowPositionals: words !== undefined });
  } catch (error) {
    const [sentence = ''] = (error instanceof Error ? error.message : 'The options cannot be read').split(/\.\s/);
    const [, bare] = /^Option '(?:-\w, )?(--[\w-]+).*(?:missing|ambiguous)/.exec(sentence) ?? [];
    const [, unknown = ''] = /^Unknown option '--([^']*)'/.exec(sentence) ?? [];
    const near = findNear(unknown, Object.keys(options));
    throw new PortalError(bare ? `${bare} needs a value.` : `${sentence.replace(/\.$/, '')}.`, {
      hint: `${toQuestion(near && `--${near}`)}\`portolan ${name} --help\` lists the options.`,
    });
  }
}

const toQuestion = (near: string | undefined) => (near ? `Did you mean \`${near}\`? ` : '');

/** Ends with what is wrong and what to do, never with a stack, unless somebody asks for it with DEBUG. */
function explain(error: unknown): number {
  process.stderr.write(wrap(toExplained(error), toStyle(process.stderr).width));
  if (process.env.DEBUG?.includes('portolan')) console.error(error);
  return 2;
}

process.stdout.on('error', () => process.exit(0));
process.exitCode = await main(process.argv.slice(2)).catch(explain);
