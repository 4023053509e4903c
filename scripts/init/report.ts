import { readerNames } from './backstage-keys.ts';
import type { TakenOver } from './take-over.ts';

function toVariableLines(variables: TakenOver['variables']): string[] {
  const width = Math.max(0, ...variables.map(({ name }) => name.length));
  return variables.map(
    ({ name, reader, hasDefault }) =>
      `  ${name.padEnd(width)}  for ${readerNames[reader]}${hasDefault ? ', may be left out' : ''}`,
  );
}

/** What became of a Backstage configuration, for a terminal. */
export function formatOutcome({ used, unused, variables, replaced, files, notes }: TakenOver): string {
  const width = Math.max(
    ...[...used, ...unused.flatMap(({ paths }) => paths.map((path) => ({ path })))].map(({ path }) => path.length),
    0,
  );
  const toLine = (path: string, what: string) => `  ${path.padEnd(width)}  ${what}`;
  const blocks: [head: string, lines: string[]][] = [
    ['Taken over from Backstage:', used.map(({ path, what }) => toLine(path, what))],
    ['Left out:', unused.flatMap(({ paths, what }) => paths.map((path) => toLine(path, what)))],
    [
      'Secrets in clear text, not copied; set these variables, and change the old secrets:',
      replaced.map(({ path, name }) => `  ${name}  was ${path}`),
    ],
    ['Variables that it takes:', toVariableLines(variables)],
    ['Files that it names and that do not come along:', files.map(({ path, file }) => `  ${file}  in ${path}`)],
    ['To be seen to:', notes.map((note) => `  ${note}`)],
  ];
  return blocks
    .filter(([, lines]) => lines.length > 0)
    .map(([head, lines]) => `${head}\n${lines.join('\n')}\n`)
    .join('\n');
}
