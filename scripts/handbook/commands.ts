import type { Command, CommandRow } from '../commands/define.ts';
import { formatDefinitions } from './definitions.ts';

const beginning = `# Commands

\`\`\`console
$ npx portolan <command> [options]
\`\`\`

\`portolan <command> --help\` says the same in a terminal. Paths are relative to where the command is called, unless something else is said.

| Exit code | Meaning |
|---|---|
| 0 | done; problems in catalog files are reported and do not stop a build |
| 1 | what was asked for is not so: problems of the chosen level, a guard that refused, something missing that is needed, somebody else who publishes there |
| 2 | the command could not run, failed midway or was interrupted; it says why, and what to do |
| 130 | \`init\`: somebody left its questions with Ctrl+C |

\`NO_COLOR\` in the environment takes colours out of what is printed, and so does a file or a pipe.
`;

/** The page of all commands, each with its options. */
export function formatCommandsPage(commands: readonly (CommandRow & Command)[]): string {
  return [beginning, ...commands.map(formatCommand)].join('\n');
}

function formatCommand({ name, words, about, options }: CommandRow & Command): string {
  const rows = Object.entries(options).map(([option, row]) => ({
    term: `\`--${option}${row.value ? ` ${row.value}` : ''}\``,
    meaning: escapeAngles(row.about),
  }));
  const usage = `\`\`\`\nportolan ${name}${rows.length > 0 ? ' [options]' : ''}${words ? ` ${words}` : ''}\n\`\`\`\n`;
  const list = rows.length > 0 ? [formatDefinitions(rows)] : [];
  return [`## ${name}\n\n${about}\n\n${usage}`, ...list].join('\n');
}

const escapeAngles = (text: string) => text.replaceAll('<', '&lt;');
