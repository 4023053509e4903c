/** The one thing that is thrown on purpose: the command cannot go on. What happened, and what to do about it. */
export class PortalError extends Error {
  readonly hint: string;

  constructor(message: string, { hint }: { hint: string }) {
    super(message);
    this.hint = hint;
  }
}

const refusals: ReadonlySet<unknown> = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'ENOTDIR', 'EISDIR', 'EEXIST']);

/** What is wrong and what to do, never with a stack. */
export function toExplained(error: unknown): string {
  const [message, hint] = toSentences(error).map(toPrintable);
  return `\n${message}\n${hint}\n`;
}

/** A sentence may repeat what a file or a store says; nothing of it may steer a terminal. */
const toPrintable = (text: string) => text.replace(/[^\P{C}\n]+/gu, ' ');

function toSentences(error: unknown): [message: string, hint: string] {
  if (error instanceof PortalError) return [error.message, error.hint];
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof Error && 'code' in error && refusals.has(error.code))
    return [`The machine refused: ${message}.`, 'Name another folder, or see to its rights and its room.'];
  return [`Something broke that should not: ${message}`, 'Set DEBUG=portolan to see where, and report it.'];
}
