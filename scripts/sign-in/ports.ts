import type { Flow } from './flow.ts';

/** A request as it came in, before anything of it is believed. */
export type Asked = {
  method: string;
  /** The target of the request line, untouched. */
  target: string;
  /** The address at the other end of the socket. */
  address: string;
  findHeader: (name: string) => string | undefined;
};

/** What a request is answered with. */
export type Answer = {
  status: number;
  headers: Readonly<Record<string, string>>;
  /** One `Set-Cookie` each. */
  cookies: readonly string[];
  body: string;
};

/** Who signed in, as the issuer proved it. */
export type Profile = {
  subject: string;
  /** Absent where the issuer says that it did not verify it. */
  email?: string;
  login?: string;
  /** What the configured claim says of whom of the catalog this is. */
  person?: string;
  groups: readonly string[];
};

/** Why nobody could be asked: the issuer answers nonsense, or does not answer. */
export type Outage = { kind: 'broken' | 'unavailable'; reason: string };

/** What became of a callback: somebody is known, the proof does not hold, the issuer refuses, or is not to be had. */
export type Verdict = { kind: 'known'; profile: Profile } | { kind: 'wrong' | 'refused'; reason: string } | Outage;

/** Whoever signs people in. Never throws. */
export type Issuer = {
  /** The address at the issuer where somebody signs in. */
  findStart: (flow: Flow) => Promise<{ kind: 'start'; url: string } | Outage>;
  /** Judges what came back from there, and asks who it is. */
  fetchProfile: (callback: URL, flow: Flow) => Promise<Verdict>;
  /** Where somebody signs out of the issuer too; nothing where there is no such place. */
  findSignOut: () => Promise<string | undefined>;
};

/** What a sealed text is for; one that was sealed for another purpose cannot be opened. */
export type Purpose = 'session' | 'flow';

/** Makes texts that only we can read and write. */
export type Sealer = {
  seal: (purpose: Purpose, content: Readonly<Record<string, unknown>>, until: number) => Promise<string>;
  /** The content; nothing where it is not ours, for something else, or over. */
  open: (purpose: Purpose, sealed: string) => Promise<unknown>;
};

/** What is written down: who was let in, who was not and why, what an issuer failed at. Never a token, a code or a cookie. */
export type SignInEvent = {
  event: 'signed-in' | 'denied' | 'refused' | 'failed' | 'unavailable' | 'signed-out';
  reason?: string;
  subject?: string;
  email?: string;
  login?: string;
};
