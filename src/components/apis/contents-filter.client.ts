/** Shows, in the contents, only what holds every word that is typed; Escape gives the filter up, Enter goes to the first. */
export function attachContentsFilter(): void {
  const place = document.querySelector<HTMLElement>('[data-filter-contents]');
  const list = document.querySelector<HTMLElement>('[data-contents]');
  const field = place?.querySelector('input');
  const status = place?.querySelector('[data-filter-status]');
  if (!place || !list || !field || !status) return;
  place.hidden = false;
  const entries = [...list.querySelectorAll<HTMLLIElement>(':scope > li > ul > li')].map((row) => ({
    row,
    text: row.textContent.toLowerCase(),
  }));
  const filter = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { row, text } of entries) {
      row.hidden = !words.every((word) => text.includes(word));
      if (!row.hidden) count += 1;
    }
    for (const group of list.children)
      if (group instanceof HTMLElement) group.hidden = group.querySelector('ul li:not([hidden])') === null;
    status.textContent = words.length === 0 ? '' : `${count} of ${entries.length}`;
  };
  field.addEventListener('input', filter);
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && field.value !== '') {
      field.value = '';
      filter();
      event.preventDefault();
    }
    if (event.key === 'Enter')
      list.querySelector<HTMLAnchorElement>(':scope > li > ul > li:not([hidden]) > a')?.click();
  });
}
