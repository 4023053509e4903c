/** The one thing that is thrown on purpose: the command cannot go on. What happened, and what to do about it. */
export class PortalError extends Error {
  readonly hint: string;

  constructor(message: string, { hint }: { hint: string }) {
    super(message);
    this.hint = hint;
  }
}
