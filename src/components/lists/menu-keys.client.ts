/** Closes a menu by Escape and by a click elsewhere, and lets arrow keys walk through it. */
export function attachMenuKeys(details: HTMLDetailsElement): void {
  const close = () => {
    details.open = false;
  };
  details.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && details.open) {
      close();
      details.querySelector('summary')?.focus();
      event.stopPropagation();
    }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const stops = [...details.querySelectorAll<HTMLElement>('summary, input, .menu button')];
    const at = stops.findIndex((stop) => stop.matches(':focus'));
    if (!details.open) details.open = true;
    else stops[Math.max(0, Math.min(stops.length - 1, at + (event.key === 'ArrowDown' ? 1 : -1)))]?.focus();
    event.preventDefault();
  });
  document.addEventListener('pointerdown', (event) => {
    if (event.target instanceof Node && !details.contains(event.target)) close();
  });
  details.addEventListener('focusout', (event) => {
    if (event.relatedTarget instanceof Node && !details.contains(event.relatedTarget)) close();
  });
  details.addEventListener('toggle', () => {
    const menu = details.querySelector('.menu');
    if (!details.open || !menu) return;
    menu.classList.toggle('from-end', false);
    menu.classList.toggle('from-end', menu.getBoundingClientRect().right > document.documentElement.clientWidth - 8);
  });
}
