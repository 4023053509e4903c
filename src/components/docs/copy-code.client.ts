const timeShown = 1500;

async function copy(button: HTMLButtonElement, text: string): Promise<void> {
  const icon = button.querySelector('use');
  const sprite = icon?.getAttribute('href')?.replace(/#.*/, '') ?? '';
  const show = (name: string, label: string) => {
    icon?.setAttribute('href', `${sprite}#${name}`);
    button.setAttribute('aria-label', label);
    button.classList.toggle('copied', name === 'check');
  };
  try {
    await navigator.clipboard.writeText(text);
    show('check', 'Copied');
  } catch {
    show('x', 'Copying is not allowed here');
  }
  setTimeout(() => show('copy', 'Copy this code'), timeShown);
}

/** The box around a block of code that its button is placed in, made where there is none. */
function findBox(pre: HTMLElement): Element {
  const own = pre.closest('div.highlight, div.codehilite');
  if (own) return own;
  const box = document.createElement('div');
  box.className = 'code-block';
  pre.replaceWith(box);
  box.append(pre);
  return box;
}

/** Gives every block of code a button that copies it; nothing moves, for the button lies over the block. */
export function attachCopyButtons(article: HTMLElement): void {
  const template = document.querySelector<HTMLTemplateElement>('#copy-code')?.content.firstElementChild;
  for (const code of article.querySelectorAll('pre > code')) {
    const pre = code.parentElement;
    if (!pre || !template || pre.closest('.no-copy, .mermaid')) continue;
    const button = document.importNode(template, true);
    if (!(button instanceof HTMLButtonElement)) return;
    button.addEventListener('click', () => copy(button, code.textContent.replace(/\n$/, '')));
    findBox(pre).append(button);
  }
}
