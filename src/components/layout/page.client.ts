import { showAge } from './age.client.ts';
import { formatAgo } from './ago.ts';
import { addRecent, readStarred, toggleStarred, writeScheme } from './browser-memory.ts';
import { listenForKeys } from './keys.client.ts';

/** What every page can do in a browser: the colour scheme, stars, copying, relative times, shortcuts. All of it optional. */

const root = document.documentElement;

function toggleScheme(): void {
  const dark = root.dataset.scheme
    ? root.dataset.scheme === 'dark'
    : matchMedia('(prefers-color-scheme: dark)').matches;
  const scheme = dark ? 'light' : 'dark';
  root.dataset.scheme = scheme;
  writeScheme(scheme);
}

/** Shows the buttons that only work with scripts, and says what they do. */
function wire(selector: string, act: (button: HTMLButtonElement) => void): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>(selector)) {
    button.hidden = false;
    button.addEventListener('click', () => act(button));
  }
}

function say(button: HTMLElement, selector: string, text: string): void {
  const label = button.querySelector(selector) ?? button;
  label.textContent = text;
}

wire('[data-scheme-button]', toggleScheme);

wire('[data-copy]', async (button) => {
  const before = (button.querySelector('[data-copy-label]') ?? button).textContent;
  const copied = await navigator.clipboard?.writeText(button.dataset.copy || location.href).then(
    () => true,
    () => false,
  );
  say(button, '[data-copy-label]', copied ? 'Copied' : 'Not allowed');
  setTimeout(() => say(button, '[data-copy-label]', before), 1500);
});

function showStar(button: HTMLElement, isStarred: boolean): void {
  button.setAttribute('aria-pressed', String(isStarred));
  say(button, 'span', isStarred ? 'Starred' : 'Star');
}

const starred = new Set(readStarred());
for (const button of document.querySelectorAll<HTMLElement>('[data-star]'))
  showStar(button, starred.has(button.dataset.star ?? ''));
wire('[data-star]', (button) => showStar(button, toggleStarred(button.dataset.star ?? '')));

const subject = document.querySelector<HTMLElement>('.entity [data-star]')?.dataset.star;
const heading = document.querySelector('h1')?.textContent.trim();
if (subject && heading) addRecent({ ref: subject, label: heading });

for (const time of document.querySelectorAll<HTMLTimeElement>('time[data-relative]')) {
  time.title = time.textContent;
  time.textContent = formatAgo((Date.now() - Date.parse(time.dateTime)) / 1000);
}

listenForKeys();
showAge();
// Only where somebody signs readers in is there anything to say to them.
// A session that has just ended keeps it from coming; the page says all that it did before.
if (root.dataset.signIn !== undefined) import('../me/me.client.ts').catch(() => undefined);
