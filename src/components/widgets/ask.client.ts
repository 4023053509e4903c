import type { LiveRefusal } from '#model/live/answer.ts';

/** What became of a question that the page asked. */
export type Outcome =
  | { kind: 'answer'; value: unknown }
  /** The proxy refused, or could not be reached, in words for a reader. */
  | { kind: 'failed'; what: string; mend: string }
  | { kind: 'signed-out' }
  | { kind: 'offline' }
  /** Nothing answers questions here: the site is served without a proxy. */
  | { kind: 'absent' };

type Reply = { outcome: Outcome; etag?: string; again?: number; isSame?: boolean };

const patience = 20_000;
const longestPause = 300;
const unreachable: Outcome = {
  kind: 'failed',
  what: 'The portal’s live proxy cannot be reached',
  mend: 'Try again in a minute; if it lasts, tell the platform team.',
};

/** Whether a value has fields. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object';

const isRefusal = (value: unknown): value is LiveRefusal =>
  isRecord(value) &&
  isRecord(value.error) &&
  typeof value.error.what === 'string' &&
  typeof value.error.mend === 'string';

const isJson = (answer: Response) => (answer.headers.get('content-type') ?? '').includes('json');

async function toReply(answer: Response): Promise<Reply> {
  const again = Number(answer.headers.get('retry-after') ?? Number.NaN);
  const waiting = again > 0 ? { again } : {};
  if (answer.status === 304) return { outcome: unreachable, isSame: true };
  if (answer.status === 401 || answer.type === 'opaqueredirect') return { outcome: { kind: 'signed-out' } };
  if (!isJson(answer))
    return { outcome: answer.ok || answer.status === 404 ? { kind: 'absent' } : unreachable, ...waiting };
  const value: unknown = await answer.json();
  if (answer.ok) {
    const etag = answer.headers.get('etag') ?? undefined;
    const wanted = isRecord(value) && typeof value.again === 'number' ? value.again : 30;
    return { outcome: { kind: 'answer', value }, etag, again: wanted };
  }
  return isRefusal(value)
    ? { outcome: { kind: 'failed', ...value.error }, ...waiting }
    : { outcome: unreachable, ...waiting };
}

/** Asks the proxy once. Never throws: what goes wrong is an outcome. */
export async function ask(address: string, etag?: string): Promise<Reply> {
  try {
    const headers: Record<string, string> = { accept: 'application/json' };
    if (etag !== undefined) headers['if-none-match'] = etag;
    const signal = AbortSignal.timeout(patience);
    return await toReply(await fetch(address, { headers, signal, cache: 'no-store', redirect: 'manual' }));
  } catch {
    return { outcome: navigator.onLine ? unreachable : { kind: 'offline' } };
  }
}

/** How many seconds to wait: what the answer says, or longer and longer after failures; a tenth more or less. */
export function toPause(again: number | undefined, failures: number, chance: number): number {
  const wanted = failures === 0 ? (again ?? 30) : Math.max(again ?? 0, 5 * 2 ** failures);
  return Math.min(longestPause, Math.max(5, wanted)) * (0.9 + 0.2 * chance);
}

/** Calls back when an element comes into view and when it leaves. */
function watchView(element: Element, tell: (isSeen: boolean) => void): void {
  const observer = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) tell(entry.isIntersecting);
    },
    { rootMargin: '150px' },
  );
  observer.observe(element);
}

/** Calls back when the page is shown or hidden, and when the network comes or goes. */
export function watchPage(tell: () => void): void {
  document.addEventListener('visibilitychange', tell);
  addEventListener('online', tell);
  addEventListener('offline', tell);
}

/** Whether anybody could see an answer, and whether one could come. */
export function isPageAwake(): boolean {
  return !document.hidden && navigator.onLine;
}

type Listener = { tell: (outcome: Outcome) => void; isSeen: boolean };

/** One question that is asked again and again while somebody sees what becomes of it. */
class Question {
  #listeners = new Set<Listener>();
  #last: Outcome | undefined;
  #etag: string | undefined;
  #failures = 0;
  #due = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isAsking = false;
  readonly #address: string;

  constructor(address: string) {
    this.#address = address;
    watchPage(() => this.#review());
  }

  listen(element: Element, tell: Listener['tell']): void {
    const listener: Listener = { tell, isSeen: false };
    this.#listeners.add(listener);
    if (this.#last) tell(this.#last);
    watchView(element, (isSeen) => {
      listener.isSeen = isSeen;
      this.#review();
    });
  }

  askNow(): void {
    this.#due = 0;
    this.#review();
  }

  #review(): void {
    clearTimeout(this.#timer);
    if (!navigator.onLine) this.#tell({ kind: 'offline' });
    else if (this.#last?.kind === 'offline') this.#due = 0;
    const isSeen = this.#listeners.values().some((listener) => listener.isSeen);
    if (!isSeen || !isPageAwake() || this.#isAsking) return;
    const wait = Math.max(0, this.#due - Date.now());
    if (wait === 0) void this.#ask();
    else this.#timer = setTimeout(() => this.#review(), wait);
  }

  async #ask(): Promise<void> {
    this.#isAsking = true;
    const { outcome, etag, again, isSame } = await ask(this.#address, this.#etag);
    this.#isAsking = false;
    const isGood = isSame === true || outcome.kind === 'answer';
    this.#failures = isGood ? 0 : this.#failures + 1;
    this.#due = Date.now() + toPause(again, this.#failures, Math.random()) * 1000;
    if (outcome.kind === 'answer') this.#etag = etag;
    if (isSame && this.#answer) this.#tell(this.#answer);
    else this.#tell(outcome);
    this.#review();
  }

  #answer: Outcome | undefined;

  #tell(outcome: Outcome): void {
    this.#last = outcome;
    if (outcome.kind === 'answer') this.#answer = outcome;
    for (const { tell } of this.#listeners) tell(outcome);
  }
}

const questions = new Map<string, Question>();

/** The question at an address: one for the whole page, whoever asks. */
export function toQuestion(address: string): Pick<Question, 'listen' | 'askNow'> {
  const known = questions.get(address);
  if (known) return known;
  const question = new Question(address);
  questions.set(address, question);
  return question;
}
