/** What is written down of a request: who asked what and what became of it. Never a body, a header, a query or a secret. */
export type AuditLine = {
  /** Who, where that is known. */
  user?: string;
  route: string;
  widget?: string;
  entity?: string;
  /** What the frame says, or the code of a refusal. */
  state: string;
  /** Whether the answer was at hand. */
  cache?: string;
  status: number;
  ms: number;
};

/** Where it is written down. */
export type AuditLog = {
  request: (line: AuditLine) => void;
  /** Something that the proxy's operator ought to know. */
  problem: (what: string, about?: Readonly<Record<string, string>>) => void;
};
