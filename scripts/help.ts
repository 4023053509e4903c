import type { Command, CommandRow } from './commands/define.ts';

/** The help of the program: every command on a line. */
export function formatHelp(commands: readonly CommandRow[]): string {
  const lines = commands.map(({ name, words, about }) => [`${name}${words ? ` ${words}` : ''}`, about] as const);
  return [
    'Portolan turns the catalog files that teams keep for Backstage into a static portal.',
    '',
    'Usage: portolan <command> [options]',
    '',
    ...formatColumns(lines),
    '',
    '`portolan <command> --help` says more. Exit code: 0 fine, 1 problems above the chosen level, 2 could not run.',
    '',
  ].join('\n');
}

/** The help of one command: what it does, and every option on a line. */
export function formatCommandHelp({ name, words, about }: CommandRow, { options }: Command): string {
  const lines = Object.entries(options).map(
    ([option, { value, about: text }]) => [`--${option}${value ? ` ${value}` : ''}`, text] as const,
  );
  const usage = `Usage: portolan ${name}${words ? ` ${words}` : ''}${lines.length > 0 ? ' [options]' : ''}`;
  return [`${about}`, '', usage, '', ...formatColumns(lines), ''].join('\n');
}

function formatColumns(lines: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...lines.map(([left]) => left.length), 0) + 2;
  return lines.map(([left, right]) => `  ${left.padEnd(width)}${right}`);
}
