import { toIcon } from '#components/lists/icon.ts';
import { element, type Markup } from '#components/lists/markup.ts';
import type { LiveStatusLine, LiveStatusList } from '#model/live/answer.ts';
import { toHref } from '#model/urls.ts';
import { ask, isPageAwake, isRecord, toPause, watchPage } from './ask.client.ts';
import { patch } from './patch.client.ts';
import { levelTable } from './words.ts';

const base = document.documentElement.dataset.base ?? '/';
const batchSize = 100;
/** Rows that come into view together are asked for together. */
const gathering = 60;

const isList = (value: unknown): value is LiveStatusList => isRecord(value) && Array.isArray(value.entities);

function toGlyph({ status }: LiveStatusLine): Markup {
  const { icon, word } = levelTable[status.level];
  const words = `${word}: ${status.words}`;
  return element('span', { class: `level ${status.level}`, title: words }, toIcon(base, icon, words));
}

function toWords({ status }: LiveStatusLine): Markup {
  return element('span', { class: `level ${status.level}` }, [
    toIcon(base, levelTable[status.level].icon),
    element('span', { class: 'words', title: status.words }, status.words),
  ]);
}

function toOnCall({ onCall }: LiveStatusLine): Markup {
  const names = (onCall ?? []).join(', ');
  return element('span', { class: names === '' ? 'cut quiet' : 'cut', title: names }, names || 'nobody known');
}

/** What is drawn of an entity's line, by what an element shows. */
const drawings: Readonly<Record<string, (line: LiveStatusLine) => Markup>> = {
  glyph: toGlyph,
  words: toWords,
  'on-call': toOnCall,
};

/** What is drawn where nothing is known. */
const silence: Readonly<Record<string, Markup>> = {
  glyph: '',
  words: element('span', { class: 'quiet' }, 'not known now'),
  'on-call': element('span', { class: 'quiet' }, 'not known now'),
};

/** Asks for all that is in view on a page, a hundred at a time, and again when answers may have changed. */
class Batches {
  readonly #seen = new Map<Element, string>();
  readonly #due = new Map<string, number>();
  readonly #lines = new Map<string, LiveStatusLine>();
  readonly #observer: IntersectionObserver;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isAsking = false;
  #failures = 0;

  constructor() {
    this.#observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting && target instanceof HTMLElement) this.#seen.set(target, target.dataset.ref ?? '');
        else this.#seen.delete(target);
      }
      this.#plan(gathering);
    });
    watchPage(() => this.#plan(0));
  }

  add(element: Element): void {
    this.#observer.observe(element);
  }

  remove(element: Element): void {
    this.#observer.unobserve(element);
    this.#seen.delete(element);
  }

  #plan(wait: number): void {
    clearTimeout(this.#timer);
    if (this.#isAsking || !isPageAwake() || this.#seen.size === 0) return;
    for (const element of this.#seen.keys()) this.#draw(element);
    const soonest = Math.min(...this.#seen.values().map((ref) => this.#due.get(ref) ?? 0));
    this.#timer = setTimeout(() => void this.#ask(), Math.max(wait, soonest - Date.now()));
  }

  async #ask(): Promise<void> {
    const now = Date.now();
    const refs = [...new Set(this.#seen.values())].filter((ref) => (this.#due.get(ref) ?? 0) <= now);
    const asked = refs.toSorted().slice(0, batchSize);
    if (asked.length > 0) {
      this.#isAsking = true;
      const address = `${toHref(base, '/api/live/status')}?refs=${asked.map(encodeURIComponent).join(',')}`;
      const { outcome, again } = await ask(address);
      this.#isAsking = false;
      const list = outcome.kind === 'answer' && isList(outcome.value) ? outcome.value : undefined;
      this.#failures = list ? 0 : this.#failures + 1;
      this.#keep(asked, list, toPause(again, this.#failures, Math.random()));
    }
    this.#plan(0);
  }

  /** Remembers what was said; what is not known any more is not shown any more. */
  #keep(asked: readonly string[], list: LiveStatusList | undefined, pause: number): void {
    const lines = new Map(list?.entities.map((line) => [line.ref, line]));
    for (const ref of asked) {
      this.#due.set(ref, Date.now() + pause * 1000);
      const line = lines.get(ref);
      if (line) this.#lines.set(ref, line);
      else this.#lines.delete(ref);
    }
  }

  #draw(element: Element): void {
    if (!(element instanceof HTMLElement)) return;
    const { ref = '', shows = 'glyph' } = element.dataset;
    const line = this.#lines.get(ref);
    if (line) patch(element, drawings[shows]?.(line) ?? '');
    else if (this.#due.has(ref)) patch(element, silence[shows] ?? '');
  }
}

const batches = new Batches();

/** Says how an entity is, wherever a page or a script puts it. */
class LiveStatus extends HTMLElement {
  connectedCallback(): void {
    batches.add(this);
  }

  disconnectedCallback(): void {
    batches.remove(this);
  }
}

customElements.define('live-status', LiveStatus);
