import { createElement } from '../../search/dom.client.ts';

/** Something to choose: what it is called, and more of it in quieter words. */
export type Choice = { id: string; label: string; note: string };

type Options = {
  id: string;
  label: string;
  list: (text: string) => Promise<readonly Choice[]>;
  choose: (choice: Choice) => void;
  /** Called when the field is emptied. */
  clear?: () => void;
};

/** A field that lists what can be chosen while one types. */
export type Combobox = { element: HTMLElement; input: HTMLInputElement };

/** Makes one: arrow keys choose, Enter takes, Escape closes. */
export function createCombobox({ id, label, list, choose, clear }: Options): Combobox {
  const input = createElement('input', {
    id,
    type: 'text',
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': `${id}-list`,
    autocomplete: 'off',
    spellcheck: 'false',
    maxlength: '200',
    placeholder: 'Name',
  });
  const options = createElement('div', {
    id: `${id}-list`,
    role: 'listbox',
    'aria-label': label,
    class: 'choices',
    hidden: true,
  });
  let choices: readonly Choice[] = [];
  let chosen = 0;
  let turn = 0;
  const show = (isOpen: boolean) => {
    options.hidden = !isOpen;
    input.setAttribute('aria-expanded', String(isOpen));
    if (!isOpen) input.removeAttribute('aria-activedescendant');
  };
  const mark = (at: number) => {
    chosen = at;
    for (const [each, option] of [...options.children].entries())
      option.setAttribute('aria-selected', String(each === at));
    const option = options.children[at];
    option?.scrollIntoView({ block: 'nearest' });
    if (option) input.setAttribute('aria-activedescendant', option.id);
  };
  const take = (choice: Choice | undefined) => {
    if (!choice) return;
    turn += 1;
    show(false);
    choose(choice);
  };
  const refresh = async () => {
    turn += 1;
    const mine = turn;
    if (input.value.trim() === '') {
      show(false);
      clear?.();
      return;
    }
    const found = await list(input.value).catch(() => []);
    if (mine !== turn) return;
    choices = found;
    options.replaceChildren(
      ...(found.length > 0
        ? found.map((choice, at) => toOption(choice, `${id}-${at}`, () => take(choice)))
        : [
            createElement('div', { class: 'nothing', role: 'option', 'aria-disabled': 'true' }, 'Nothing by that name'),
          ]),
    );
    show(true);
    if (found.length > 0) mark(0);
  };
  input.addEventListener('input', refresh);
  input.addEventListener('blur', () => show(false));
  input.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    const isOpen = !options.hidden;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && isOpen && choices.length > 0) mark((chosen + step + choices.length) % choices.length);
    else if (step !== 0) refresh();
    else if (event.key === 'Enter' && isOpen) take(choices[chosen]);
    else if (event.key === 'Escape' && isOpen) {
      turn += 1;
      show(false);
      event.stopPropagation();
    } else return;
    event.preventDefault();
  });
  // Pressing on the list must not take the focus from the field, which closes it.
  options.addEventListener('pointerdown', (event) => event.preventDefault());
  const element = createElement(
    'div',
    { class: 'control combobox' },
    createElement('label', { for: id }, label),
    input,
    options,
  );
  return { element, input };
}

function toOption({ label, note }: Choice, id: string, take: () => void): HTMLElement {
  const option = createElement(
    'div',
    { id, role: 'option', 'aria-selected': 'false' },
    createElement('span', { class: 'label' }, label),
    createElement('span', { class: 'quiet' }, note),
  );
  option.addEventListener('click', take);
  return option;
}
