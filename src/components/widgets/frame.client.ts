import { element, type Markup } from '#components/lists/markup.ts';
import type { LiveAnswer } from '#model/live/answer.ts';
import type { WidgetId } from '#model/live/widgets.ts';
import { isRecord, type Outcome, toQuestion } from './ask.client.ts';
import { toOutLink, toTime } from './drawing.ts';
import { type Drawing, type Known, toView } from './frame-view.ts';
import { patch } from './patch.client.ts';
import { formatAge } from './words.ts';

const base = document.documentElement.dataset.base ?? '/';
const slowAfter = 5000;

/** Whether a value has the frame of an answer; what is in it the proxy promises. */
export function isAnswer(value: unknown): value is LiveAnswer {
  return isRecord(value) && typeof value.state === 'string' && isRecord(value.status) && Array.isArray(value.troubles);
}

/** The frame of one widget on a page: asks, and draws what becomes of it. */
class Frame<Data> {
  readonly #section: HTMLElement;
  readonly #drawing: Drawing<Data>;
  readonly #whole = new Set<string>();
  readonly #system: string;
  #known: Known<Data> | undefined;
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
      if (!this.#known) this.#put('status', `Still waiting for ${this.#system}…`);
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
    const isUnderstood = outcome.kind === 'answer' && isAnswer(outcome.value);
    // The border: the proxy's answers are checked by the schemas of `#model/live` where they are made.
    const answer = isUnderstood ? (outcome.value as LiveAnswer<Data>) : this.#known?.answer;
    this.#known = { outcome, answer, isStrange: outcome.kind === 'answer' && !isUnderstood };
    this.#section.toggleAttribute('data-demo', answer?.demo === true);
    this.#draw();
  }

  #draw(): void {
    if (!this.#known) return;
    const now = Date.now();
    const sheet = {
      ...{ base, now, room: Number(this.#section.dataset.rows ?? 4) },
      isAll: (word: string) => this.#whole.has(`all ${word}`),
    };
    const { status, body, readAt } = toView(this.#known, this.#drawing, sheet);
    this.#put('status', status);
    this.#put('age', readAt === undefined ? '' : toTime(sheet, readAt, 'read'));
    this.#put('body', body);
    const links = this.#known.answer?.links ?? [];
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
