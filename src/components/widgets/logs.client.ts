import { element, type Markup, toNode } from '#components/lists/markup.ts';
import { ask, isRecord } from './ask.client.ts';
import { patch } from './patch.client.ts';

/** Following ends by itself, so that a forgotten tab asks for nothing. */
const followMinutes = 5;
const mostLines = 500;

/** Whose logs, and which of them. */
type Wish = { cluster: string; namespace: string; pod: string; container: string; previous: boolean };

/** The one stream of this tab; another one ends it. */
const stream: { end: (() => void) | undefined } = { end: undefined };

function toAddress(asked: string, wish: Wish, follow: boolean): string {
  const { previous, ...named } = wish;
  const query = new URLSearchParams({ ...named, ...(previous && { previous: '1' }), ...(follow && { follow: '1' }) });
  return `${asked.replace('/api/live/kubernetes/', '/api/live/log/')}?${query}`;
}

const toLines = (value: unknown): string[] =>
  isRecord(value) && Array.isArray(value.lines) ? value.lines.filter((line) => typeof line === 'string') : [];

/** The JSON of a message of the stream; nothing where it is none. */
function findMessage(event: Event): Record<string, unknown> | undefined {
  try {
    const value: unknown = event instanceof MessageEvent ? JSON.parse(String(event.data)) : undefined;
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const broken = 'The stream has ended; press Follow to go on.';

/** Why a stream ended, in words. */
const ends: Readonly<Record<string, string>> = {
  over: 'The container has written its last line.',
  time: `Followed for ${followMinutes} minutes; press Follow to go on.`,
  size: 'That is as much as is followed at once; press Follow to go on.',
};

const toToggle = (act: string, words: string): Markup =>
  element('button', { type: 'button', class: 'plain', 'data-log': act, 'aria-pressed': 'false' }, words);

const toButton = (act: string, words: string): Markup =>
  element('button', { type: 'button', class: 'plain', 'data-log': act }, words);

function toPanel(pod: string, containers: readonly string[]): Markup {
  const choices = containers.map((name) => element('option', { value: name }, name));
  const select = element('label', {}, ['Container ', element('select', { 'data-log': 'container' }, choices)]);
  return element('section', { class: 'logs', 'aria-label': `Logs of ${pod}` }, [
    element('div', { class: 'tools' }, [
      element('strong', {}, pod),
      containers.length > 1 ? select : '',
      toToggle('previous', 'Before the restart'),
      toToggle('follow', 'Follow'),
      toButton('copy', 'Copy'),
      toButton('close', 'Close'),
    ]),
    element('pre', { tabindex: '0', 'aria-live': 'off', 'aria-label': `Lines of ${pod}` }, ''),
    element('p', { class: 'quiet', role: 'status' }, 'Reading…'),
  ]);
}

/** The logs of one pod, in the panel below its table. */
class Logs {
  readonly #panel: Element;
  readonly #asked: string;
  readonly #wish: Wish;
  readonly #opener: HTMLElement;
  #turn = 0;

  constructor(place: Element, opener: HTMLElement) {
    const { cluster = '', namespace = '', pod = '', containers = '' } = opener.dataset;
    const names = containers.split(' ');
    this.#opener = opener;
    this.#asked = opener.closest<HTMLElement>('[data-ask]')?.dataset.ask ?? '';
    this.#wish = { cluster, namespace, pod, container: names[0] ?? '', previous: false };
    place.replaceChildren(toNode(toPanel(pod, names)));
    this.#panel = place;
    place.addEventListener('click', this.#click);
    place.addEventListener('change', this.#change);
    this.#find('close')?.focus();
    void this.#read();
  }

  #click = (event: Event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-log]') : null;
    const acts: Record<string, () => void> = {
      previous: () => {
        this.#wish.previous = !this.#wish.previous;
        this.#press('previous', this.#wish.previous);
        void this.#read();
      },
      follow: () => (stream.end ? this.#stop('No longer followed.') : this.#follow()),
      copy: () => void this.#copy(),
      close: () => this.#close(),
    };
    acts[button?.dataset.log ?? '']?.();
  };

  #change = (event: Event) => {
    if (!(event.target instanceof HTMLSelectElement)) return;
    this.#wish.container = event.target.value;
    void this.#read();
  };

  #find(act: string): HTMLElement | null {
    return this.#panel.querySelector<HTMLElement>(`[data-log="${act}"]`);
  }

  #press(act: string, isPressed: boolean): void {
    this.#find(act)?.setAttribute('aria-pressed', String(isPressed));
  }

  #say(words: string): void {
    const status = this.#panel.querySelector('[role="status"]');
    if (status) patch(status, words);
  }

  #show(lines: readonly string[], isMore: boolean): void {
    const pre = this.#panel.querySelector('pre');
    if (!pre) return;
    const isAtEnd = pre.scrollTop + pre.clientHeight >= pre.scrollHeight - 8;
    const before = isMore && pre.textContent !== '' ? pre.textContent.split('\n') : [];
    pre.textContent = [...before, ...lines].slice(-mostLines).join('\n');
    if (isAtEnd || !isMore) pre.scrollTop = pre.scrollHeight;
  }

  async #read(): Promise<void> {
    this.#stop('');
    this.#turn += 1;
    const turn = this.#turn;
    this.#say('Reading…');
    const { outcome } = await ask(toAddress(this.#asked, this.#wish, false));
    if (turn !== this.#turn) return;
    if (outcome.kind === 'answer') {
      const lines = toLines(outcome.value);
      this.#show(lines, false);
      this.#say(
        lines.length === 0 ? 'It has written nothing.' : `The last ${lines.length} lines, as they were just now.`,
      );
    } else {
      this.#show([], false);
      this.#say(outcome.kind === 'failed' ? `${outcome.what}. ${outcome.mend}` : 'They cannot be read now.');
    }
  }

  #follow(): void {
    stream.end?.();
    const source = new EventSource(toAddress(this.#asked, { ...this.#wish, previous: false }, true));
    const timer = setTimeout(() => this.#stop(ends.time ?? broken), followMinutes * 60_000);
    stream.end = () => {
      clearTimeout(timer);
      source.close();
      stream.end = undefined;
      this.#press('follow', false);
    };
    source.addEventListener('lines', (event) => this.#show(toLines(findMessage(event) ?? {}), true));
    source.addEventListener('end', (event) => this.#stop(ends[String(findMessage(event)?.why)] ?? broken));
    source.addEventListener('error', () => this.#stop(broken));
    this.#press('follow', true);
    this.#say(`Following; it ends by itself after ${followMinutes} minutes.`);
  }

  #stop(words: string): void {
    if (!stream.end) return;
    stream.end();
    this.#say(words);
  }

  async #copy(): Promise<void> {
    const text = this.#panel.querySelector('pre')?.textContent ?? '';
    const isCopied = await navigator.clipboard?.writeText(text).then(
      () => true,
      () => false,
    );
    this.#say(isCopied ? 'Copied.' : 'Copying is not allowed here.');
  }

  #close(): void {
    this.#stop('');
    this.#turn += 1;
    this.#panel.removeEventListener('click', this.#click);
    this.#panel.removeEventListener('change', this.#change);
    this.#panel.replaceChildren();
    this.#opener.focus();
  }

  /** Makes room for the logs of another pod. */
  leave(): void {
    this.#close();
  }
}

const opened = new WeakMap<Element, Logs>();

/** Opens the logs of the pod whose button was pressed. */
export function openLogs(button: HTMLElement): void {
  const place = button.closest('.inside')?.querySelector('[data-kept]');
  if (!place) return;
  opened.get(place)?.leave();
  opened.set(place, new Logs(place, button));
}
