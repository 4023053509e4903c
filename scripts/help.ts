import type { Command, CommandRow } from './commands/define.ts';
import { wrap } from './terminal.ts';

/** The help of the program: every command on a line. */
export function formatHelp(commands: readonly CommandRow[], width: number): string {
  const lines = commands.map(({ name, words, about }) => [`${name}${words ? ` ${words}` : ''}`, about] as const);
  return [
    wrap('Portolan turns the catalog files that teams keep for Backstage into a static portal.', width),
    '',
    'Usage: portolan <command> [options]',
    '',
    ...formatColumns(lines, width),
    '',
    wrap(
      '`portolan <command> --help` says more. Exit code: 0 fine, 1 a rule stands against it, 2 could not run.',
      width,
    ),
    '',
  ].join('\n');
}

/** The help of one command: what it does, and every option on a line. */
export function formatCommandHelp({ name, words, about }: CommandRow, { options }: Command, width: number): string {
  const lines = Object.entries(options).map(
    ([option, { value, about: text }]) => [`--${option}${value ? ` ${value}` : ''}`, text] as const,
  );
  const usage = `Usage: portolan ${name}${words ? ` ${words}` : ''}${lines.length > 0 ? ' [options]' : ''}`;
  return [wrap(about, width), '', wrap(usage, width), '', ...formatColumns(lines, width), ''].join('\n');
}

/** A text needs so many letters beside a word; where there is less room it stands below. */
const narrowest = 30;

function formatColumns(lines: readonly (readonly [string, string])[], width: number): string[] {
  const left = Math.max(...lines.map(([word]) => word.length), 0) + 4;
  const isBeside = width - left >= narrowest;
  const indent = ' '.repeat(isBeside ? left : 6);
  return lines.map(([word, text]) => {
    const below = wrap(`${indent}${text}`, width);
    return isBeside ? `  ${word}`.padEnd(left) + below.slice(left) : `  ${word}\n${below}`;
  });
}
