import { createElement, createIcon } from './dom.client.ts';
import { createNameSource } from './name-rows.client.ts';
import { attachSuggestions } from './suggestions.client.ts';

const keys = [
  ['↑ ↓', 'choose'],
  ['Enter', 'open'],
  ['Ctrl Enter', 'open in a new tab'],
  ['Esc', 'close'],
];

/** Makes the quick switcher; opening it again keeps what was typed, ready to be typed over, or begins with `typed`. */
export function createSwitcher(): { open: (typed: string) => void } {
  const input = createElement('input', {
    'aria-label': 'Find by name',
    placeholder: 'Find by name',
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    maxlength: '200',
    enterkeyhint: 'go',
  });
  const list = createElement('div', { class: 'suggestions', id: 'switcher-list', role: 'listbox' });
  const help = keys.map(([key = '', what = '']) =>
    createElement('span', {}, createElement('kbd', {}, key), ` ${what}`),
  );
  const dialog = createElement(
    'dialog',
    { class: 'switcher', 'aria-label': 'Find by name' },
    createElement('div', { class: 'field' }, createIcon('search'), input),
    list,
    createElement('div', { class: 'keys', 'aria-hidden': 'true' }, ...help),
  );
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
  attachSuggestions({ input, list, opensFirst: true }, createNameSource());
  return {
    open: (typed) => {
      if (!dialog.open) dialog.showModal();
      input.focus();
      if (typed === '') return input.select();
      input.value = typed;
      input.dispatchEvent(new Event('input'));
    },
  };
}
