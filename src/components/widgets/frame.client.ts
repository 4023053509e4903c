import { element, type Markup } from '#components/lists/markup.ts';
import type { LiveAnswer, LiveTrouble } from '#model/live/answer.ts';
import type { WidgetId } from '#model/live/widgets.ts';
import { isRecord, type Outcome, toQuestion } from './ask.client.ts';
import { type Setting, toOutLink, toStatus, toTime, toTroubles } from './drawing.ts';
import { patch } from './patch.client.ts';
import { formatAge } from './words.ts';

/** Where a widget's data is drawn: how many lines its body has, and whether a list in it is shown whole. */
export type Sheet = Setting & { room: number; isAll: (word: string) => boolean };

/** How one widget draws its data, and what it means when there is nothing to draw. */
export type Drawing<Data> = {
  draw: (data: Data, sheet: Sheet) => Markup;
  empty: string;
  /** What its own buttons do, by the word in their `data-act`. */
  acts?: Readonly<Record<string, (button: HTMLElement) => void>>;
};

const base = document.documentElement.dataset.base ?? '/';
const slowAfter = 5000;

/** Whether a value has the frame of an answer; what is in it the proxy promises. */
export function isAnswer(value: unknown): value is LiveAnswer {
  return isRecord(value) && typeof value.state === 'string' && isRecord(value.status) && Array.isArray(value.troubles);
}

/** What a frame shows at one moment. */
type View = { status: Markup; body: Markup; readAt?: string };

const toMessage = (lines: readonly Markup[]): Markup => element('div', { class: 'message' }, lines);

const retry = element(
  'button',
  { type: 'button', class: 'retry', 'data-act': 'retry', 'data-key': 'retry' },
  'Try again',
);

const toSentences = (troubles: readonly LiveTrouble[]): Markup[] =>
  troubles
    .slice(0, 2)
    .map(({ what, mend }) => element('p', {}, [`${what}. `, element('span', { class: 'quiet' }, mend)]));

/** The frame of one widget on a page: asks, and draws what becomes of it. */
class Frame<Data> {
  readonly #section: HTMLElement;
  readonly #drawing: Drawing<Data>;
  readonly #whole = new Set<string>();
  readonly #system: string;
  #outcome: Outcome | undefined;
  #answer: LiveAnswer<Data> | undefined;
  #said: string | undefined;
  #isRetrying = false;

  constructor(section: HTMLElement, drawing: Drawing<Data>) {
    this.#section = section;
    this.#drawing = drawing;
    this.#system = section.dataset.system ?? '';
    const question = toQuestion(section.dataset.ask ?? '');
    section.addEventListener('click', (event) => {
      const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-act]') : null;
      const act = button?.dataset.act ?? '';
      if (act === 'all') this.#toggle(button?.dataset.key ?? '');
      else if (act === 'retry') this.#retry(question);
      else if (button) drawing.acts?.[act]?.(button);
    });
    question.listen(section, (outcome) => this.#hear(outcome));
    setTimeout(() => {
      if (!this.#outcome) this.#put('status', `Still waiting for ${this.#system}…`);
    }, slowAfter);
  }

  #part(name: string): HTMLElement | null {
    return this.#section.querySelector<HTMLElement>(`:scope [data-part="${name}"]`);
  }

  #put(name: string, markup: Markup): void {
    const part = this.#part(name);
    if (part) patch(part, markup);
  }

  #toggle(key: string): void {
    if (!this.#whole.delete(key)) this.#whole.add(key);
    this.#draw();
  }

  #retry(question: { askNow: () => void }): void {
    this.#isRetrying = true;
    this.#put('status', `Asking ${this.#system} again…`);
    question.askNow();
  }

  #hear(outcome: Outcome): void {
    this.#outcome = outcome;
    if (outcome.kind === 'answer' && isAnswer(outcome.value)) {
      // The border: the proxy's answers are checked by the schemas of `#model/live` where they are made.
      this.#answer = outcome.value as LiveAnswer<Data>;
      this.#section.toggleAttribute('data-demo', this.#answer.demo === true);
    }
    this.#draw();
    this.#section.dataset.state = outcome.kind === 'answer' ? (this.#answer?.state ?? '') : outcome.kind;
  }

  #draw(): void {
    const now = Date.now();
    const sheet = {
      ...{ base, now, room: Number(this.#section.dataset.rows ?? 4) },
      isAll: (word: string) => this.#whole.has(`all ${word}`),
    };
    const { status, body, readAt } = this.#toView(sheet);
    this.#put('status', status);
    this.#put('age', readAt === undefined ? '' : toTime(sheet, readAt, 'read'));
    this.#put('body', body);
    const links = this.#answer?.links ?? [];
    if (links.length > 0)
      this.#put(
        'links',
        links.slice(0, 2).map(({ url, title }) => element('li', {}, toOutLink(url, title))),
      );
    this.#say();
  }

  /** Tells whoever listens to the page of what has changed since they began; what stood there from the start they can read. */
  #say(): void {
    const words = this.#part('status')?.textContent ?? '';
    if ((this.#said !== undefined && this.#said !== words) || this.#isRetrying)
      this.#put('said', `${this.#section.dataset.title ?? ''}: ${words}`);
    this.#said = words;
    this.#isRetrying = false;
  }

  #toView(sheet: Sheet): View {
    const outcome = this.#outcome;
    if (!outcome || outcome.kind === 'absent')
      return {
        status: '',
        body: toMessage([element('p', { class: 'quiet' }, 'This copy of the portal has no live data.')]),
      };
    if (outcome.kind === 'signed-out') {
      const link = element('a', { href: '', 'data-key': 'sign-in' }, 'Sign in again');
      return {
        status: toStatus(sheet, 'unknown', 'Signed out'),
        body: toMessage([element('p', {}, ['The portal does not know you any more. ', link])]),
      };
    }
    if (outcome.kind === 'answer') return this.#answer ? this.#toAnswered(sheet, this.#answer) : this.#toStrange(sheet);
    return this.#toUnanswered(sheet, outcome);
  }

  #toStrange(sheet: Sheet): View {
    const words = 'The portal’s live proxy answered with something that this page does not understand. ';
    return {
      status: toStatus(sheet, 'unknown', 'Not understood'),
      body: toMessage([
        element('p', {}, [words, element('span', { class: 'quiet' }, 'Load the page again; it may have changed.')]),
        retry,
      ]),
    };
  }

  /** The proxy gave nothing; what was read before is still shown, with its age. */
  #toUnanswered(sheet: Sheet, outcome: Extract<Outcome, { kind: 'failed' | 'offline' }>): View {
    const isOffline = outcome.kind === 'offline';
    const trouble = isOffline
      ? { what: 'You are offline', mend: 'It is asked again when the network is back.' }
      : { what: outcome.what, mend: outcome.mend };
    const answer = this.#answer;
    if (answer?.data === undefined || answer.readAt === undefined) {
      const word = isOffline ? 'Offline' : 'No answer';
      return {
        status: toStatus(sheet, 'unknown', word),
        body: toMessage([
          ...toSentences([{ source: '', fault: 'unreachable', ...trouble }]),
          ...(isOffline ? [] : [retry]),
        ]),
      };
    }
    const words = `${trouble.what}: as it was ${formatAge(answer.readAt, sheet.now)}`;
    return this.#toShown(sheet, answer, answer.data, words, [{ source: '', fault: 'unreachable', ...trouble }]);
  }

  #toAnswered(sheet: Sheet, answer: LiveAnswer<Data>): View {
    const { state, status, troubles, data, readAt } = answer;
    const [first] = troubles;
    const glyph = toStatus(sheet, status.level, status.words);
    if (state === 'empty')
      return {
        status: glyph,
        readAt,
        body: toMessage([element('p', {}, this.#drawing.empty), ...toSentences(troubles).slice(0, 1)]),
      };
    if (data === undefined || state === 'not-configured' || state === 'failed') {
      const isFailed = state === 'failed';
      return {
        status: glyph,
        readAt: undefined,
        body: toMessage([...toSentences(troubles), ...(isFailed ? [retry] : [])]),
      };
    }
    const more = troubles.length > 1 ? `, and ${troubles.length - 1} more` : '';
    const age = readAt === undefined ? 'before' : formatAge(readAt, sheet.now);
    const words =
      state === 'stale'
        ? `As it was ${age}: ${first?.what ?? 'not read since'}${more}`
        : `Partly read: ${first?.what ?? ''}${more}`;
    return this.#toShown(sheet, answer, data, words, troubles);
  }

  #toShown(
    sheet: Sheet,
    { status, readAt }: LiveAnswer<Data>,
    data: Data,
    words: string,
    troubles: readonly LiveTrouble[],
  ): View {
    const rows = toTroubles(sheet, words, troubles);
    const body = [
      ...rows.map(({ markup }) => markup),
      this.#drawing.draw(data, { ...sheet, room: sheet.room - rows.length }),
    ];
    return { status: toStatus(sheet, status.level, status.words), body, readAt };
  }
}

/** Keeps every age on the page true. */
function tick(): void {
  if (document.hidden) return;
  const now = Date.now();
  for (const time of document.querySelectorAll<HTMLTimeElement>('time[data-age]')) {
    const words = formatAge(time.dateTime, now);
    if (time.textContent !== words) time.textContent = words;
  }
}

setInterval(tick, 1000);

/** Brings a widget of this page to life. */
export function attachWidget<Data>(id: WidgetId, drawing: Drawing<Data>): void {
  for (const section of document.querySelectorAll<HTMLElement>(`[data-live="${id}"]`)) new Frame(section, drawing);
}
