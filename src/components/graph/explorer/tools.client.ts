import { attachMenuKeys } from '../../lists/menu-keys.client.ts';
import { createElement } from '../../search/dom.client.ts';
import type { Viewport } from './viewport.client.ts';

/** The forms in which what is shown can be taken away. */
export const forms = ['SVG', 'PNG', 'Mermaid', 'JSON'] as const;
export type Form = (typeof forms)[number];

const step = 1.3;

/** The buttons on a picture: larger, smaller, all of it, the whole screen, taking it away; and, where there is little room, its controls. */
export function createTools(host: HTMLElement, viewport: Viewport, download: (form: Form) => void): HTMLElement {
  const full = createButton('Full screen', 'Full screen', () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else host.requestFullscreen().catch(() => {});
  });
  full.hidden = !document.fullscreenEnabled;
  document.addEventListener('fullscreenchange', () => {
    const isFull = document.fullscreenElement === host;
    full.textContent = isFull ? 'Leave full screen' : 'Full screen';
    full.setAttribute('aria-label', full.textContent);
  });
  const menu = createElement('div', { class: 'menu from-end' });
  const details = createElement('details', {}, createElement('summary', {}, 'Download'), menu);
  menu.append(
    ...forms.map((form) =>
      createButton(form, `Download as ${form}`, () => {
        details.open = false;
        details.querySelector('summary')?.focus();
        download(form);
      }),
    ),
  );
  attachMenuKeys(details);
  const options = createButton('Options', 'Options', () => {
    const isOpen = host.classList.toggle('choosing');
    options.setAttribute('aria-expanded', String(isOpen));
  });
  options.classList.add('options');
  options.setAttribute('aria-expanded', 'false');
  return createElement(
    'div',
    { class: 'tools', role: 'group', 'aria-label': 'Picture' },
    options,
    createButton('−', 'Smaller', () => viewport.zoom(1 / step)),
    createButton('+', 'Larger', () => viewport.zoom(step)),
    createButton('Fit', 'Fit all of it', viewport.showAll),
    full,
    details,
  );
}

/** A button with a few letters on it and its whole name for those who hear it. */
export function createButton(text: string, name: string, press: () => void): HTMLButtonElement {
  const button = createElement('button', { type: 'button', 'aria-label': name === text ? undefined : name }, text);
  button.addEventListener('click', press);
  return button;
}
