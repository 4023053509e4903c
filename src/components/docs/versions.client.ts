/** Closes the list of versions as menus are closed: with Escape, or by a click beside it. */
export function attachVersions(details: HTMLDetailsElement): void {
  document.addEventListener('click', ({ target }) => {
    if (details.open && target instanceof Node && !details.contains(target)) details.open = false;
  });
  details.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape' || !details.open) return;
    details.open = false;
    details.querySelector('summary')?.focus();
  });
}
