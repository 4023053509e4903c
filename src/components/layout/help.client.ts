import { createElement } from '../search/dom.client.ts';
import styles from './help.css?inline';

const sheet = new CSSStyleSheet();
sheet.replaceSync(styles);
document.adoptedStyleSheets.push(sheet);

const shortcuts: [keys: string, what: string][] = [
  ['/ or Ctrl K', 'Find by name'],
  ['j k', 'Next or previous row of the tables'],
  ['↑ ↓', 'The same, once inside a table'],
  ['n p', 'Next or previous page'],
  ['s', 'Search these docs, on their pages'],
  ['?', 'This help'],
  ['Esc', 'Close'],
];

/** The places that `g` leads to, in the words of the page's own navigation. */
function listPlaces(): [string, string][] {
  return [...document.querySelectorAll<HTMLElement>('[data-go]')].map((link) => [
    `g ${link.dataset.go ?? ''}`,
    `Go to ${link.dataset.go === 'h' ? 'the first page' : link.textContent.trim()}`,
  ]);
}

/** Makes the dialog that lists the shortcuts. */
export function createHelp(): { open: () => void } {
  const rows = [...shortcuts, ...listPlaces()].map(([keys, what]) => {
    const caps = keys.split(' ').map((key) => (key === 'or' ? ' or ' : createElement('kbd', {}, key)));
    return createElement('div', {}, createElement('dt', {}, ...caps), createElement('dd', {}, what));
  });
  const dialog = createElement(
    'dialog',
    { class: 'help', 'aria-labelledby': 'help-title' },
    createElement('h2', { id: 'help-title' }, 'Keyboard shortcuts'),
    createElement('dl', {}, ...rows),
    createElement('form', { method: 'dialog' }, createElement('button', {}, 'Close')),
  );
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
  return { open: () => dialog.showModal() };
}
