type Row = { element: HTMLTableRowElement; text: string };

const order = new Intl.Collator('en', { numeric: true });

/** The list of all docs: its rows are all on the page, so filtering hides and sorting moves them. What is asked for stands in the address. */
class DocsList extends HTMLElement {
  #rows: Row[] = [];
  #headings: HTMLTableCellElement[] = [];

  connectedCallback(): void {
    this.#rows = [...this.querySelectorAll<HTMLTableRowElement>('tbody tr')].map((element) => ({
      element,
      text: element.textContent.toLowerCase(),
    }));
    this.#headings = [...this.querySelectorAll<HTMLTableCellElement>('th[data-sort]')];
    for (const heading of this.#headings) this.#attachSort(heading);
    const input = this.querySelector('input');
    input?.closest('label')?.removeAttribute('hidden');
    input?.addEventListener('input', () => this.#ask('q', input.value.trim()));
    addEventListener('popstate', () => this.#show());
    this.#show();
  }

  #attachSort(heading: HTMLTableCellElement): void {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...heading.childNodes);
    heading.append(button);
    const key = heading.dataset.sort ?? '';
    button.addEventListener('click', () =>
      this.#ask('sort', heading.getAttribute('aria-sort') === 'ascending' ? `-${key}` : key),
    );
  }

  #ask(name: string, value: string): void {
    const address = new URL(location.href);
    if (value === '') address.searchParams.delete(name);
    else address.searchParams.set(name, value);
    history.replaceState(null, '', address);
    this.#show();
  }

  #show(): void {
    const asked = new URLSearchParams(location.search);
    const words = (asked.get('q') ?? '').toLowerCase().split(/\s+/);
    this.#sort(asked.get('sort') ?? 'title');
    for (const { element, text } of this.#rows) element.hidden = !words.every((word) => text.includes(word));
    const shown = this.#rows.filter(({ element }) => !element.hidden).length;
    const input = this.querySelector('input');
    if (input && input !== document.activeElement) input.value = asked.get('q') ?? '';
    const status = this.querySelector('[role="status"]');
    const whole = this.dataset.whole ?? '';
    if (status) status.textContent = shown === this.#rows.length ? whole : `${shown || 'None'} of ${whole}`;
  }

  #sort(sort: string): void {
    const isDown = sort.startsWith('-');
    const key = sort.replace(/^-/, '');
    for (const heading of this.#headings) {
      if (heading.dataset.sort === key) heading.setAttribute('aria-sort', isDown ? 'descending' : 'ascending');
      else heading.removeAttribute('aria-sort');
    }
    const place = this.#headings.findIndex((heading) => heading.dataset.sort === key);
    const toKey = ({ element }: Row) =>
      key === 'changed' ? (element.dataset.changed ?? '') : (element.cells[place]?.textContent.trim() ?? '');
    const sorted = this.#rows.toSorted((a, b) => order.compare(toKey(a), toKey(b)) * (isDown ? -1 : 1));
    if (place >= 0) this.querySelector('tbody')?.append(...sorted.map(({ element }) => element));
  }
}

customElements.define('docs-list', DocsList);
