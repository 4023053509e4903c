import type { ParseArgsConfig } from 'node:util';

/** Where text goes: a terminal with so many columns, a file or a pipe. */
export type Output = {
  write: (text: string) => unknown;
  isTTY?: boolean;
  columns?: number;
  /** Nobody wants colours there. */
  isPlain?: boolean;
};

/** What a command may reach of the machine: all of it is given, so that a test can give something else. */
export type CommandContext = {
  workingFolder: string;
  environment: Record<string, string | undefined>;
  /** The folder of the package: its pages, its dependencies, its version. */
  packageFolder: string;
  out: Output;
  error: Output;
  /** Milliseconds since 1970; the machine's clock unless told otherwise. */
  now?: () => number;
};

export type OptionRow = NonNullable<ParseArgsConfig['options']>[string] & {
  /** What stands for the value in the help: `DIR`. */
  value?: string;
  about: string;
};

/** A row of the commands table: what the help says of a command, and how it is had. */
export type CommandRow = {
  name: string;
  /** What comes after the options: `<files or folders>`. */
  words?: string;
  about: string;
  load: () => Promise<Command>;
};

/** A command. `run` answers the exit code: 0 fine, 1 problems above the chosen level. */
export type Command = {
  options: Record<string, OptionRow>;
  run: (
    options: Record<string, string | boolean | (string | boolean)[] | undefined>,
    words: string[],
    context: CommandContext,
  ) => Promise<number>;
};

/** A command, checked for its type where it is written. */
export function defineCommand(command: Command): Command {
  return command;
}

/** Options that several commands share. */
export const rootOption = {
  type: 'string',
  value: 'DIR',
  about: 'Folder with app-config.yaml (default: here)',
} as const;
export const configOption = {
  type: 'string',
  multiple: true,
  value: 'FILE',
  about: 'Configuration file, relative to the root; may be given several times, later ones win',
} as const;
export const snapshotOption = {
  type: 'string',
  value: 'DIR',
  about: 'Where what was collected is kept (default: .portal below the root)',
} as const;
export const storeOption = {
  type: 'string',
  value: 'DIR',
  about: 'Where what was read of GitHub is kept for the next build (default: store below the snapshot)',
} as const;
export const outOption = {
  type: 'string',
  value: 'DIR',
  about: 'Where the site goes (default: dist below the root)',
} as const;
