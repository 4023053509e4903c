import { readMe, readStarred, toggleStarred } from '#components/layout/browser-memory.ts';
import { createRowFilter, type Facet, type FoundRows, type RowQuery, type Rows, toValueLabel } from '#model/rows.ts';
import { toHref } from '#model/urls.ts';
import { type Drawing, drawings } from './drawings.ts';
import { attachFacetMenu, type FacetMenu } from './facet-menu.client.ts';
import { emptyAddress, formatListAddress, type ListAddress, parseListAddress } from './list-address.ts';
import { toNode } from './markup.ts';
import { attachPeoplePicker, fetchPeople, listOwnersOf } from './people-picker.client.ts';

/** How many rows are drawn at a time. */
const rowsAtATime = 50;

const base = document.documentElement.dataset.base ?? '/';

/** A packed list and the function that answers queries about it. */
type LoadedList = { rows: Rows; filter: (query: RowQuery) => FoundRows };

/**
 * A list of the page that its reader can filter, sort and search. The page's own rows stay until something is asked
 * for; only then is the whole list fetched, and what is asked for stands in the address.
 */
class FilteredList extends HTMLElement {
  #address: ListAddress = emptyAddress;
  #loading: Promise<LoadedList> | undefined;
  #facets: Facet[] = [];
  #menus: FacetMenu[] = [];
  #drawing: Drawing | undefined;
  #ownRows: ChildNode[] = [];
  #ownAddress = '';
  #ownOutcome = '';
  #found: number[] = [];
  #shown = 0;
  #turn = 0;
  /** The owners whose things are the reader's own, once that is known. */
  #mine: readonly string[] | undefined;

  connectedCallback(): void {
    this.#drawing = drawings[this.dataset.draw ?? '']?.(base, this.dataset);
    this.#ownRows = [...this.#part('rows').childNodes];
    this.#ownAddress = location.pathname;
    this.#ownOutcome = this.#part('outcome').textContent;
    this.#attachFacets();
    this.#attachSearch();
    this.#attachSorts();
    this.#attachPersonal();
    this.#part('more').addEventListener('click', () => this.#drawMore());
    this.#part('clear').addEventListener('click', () => this.#ask(emptyAddress));
    for (const link of this.querySelectorAll<HTMLAnchorElement>('[data-adds]')) this.#attachLink(link);
    document.querySelector('nav [data-kind][aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    addEventListener('popstate', () => this.#readAddress());
    this.#readAddress();
  }

  #part(name: string): HTMLElement {
    const found = this.querySelector<HTMLElement>(`[data-part="${name}"]`);
    if (!found) throw new Error(`The list has no part named ${name}.`);
    return found;
  }

  #load(): Promise<LoadedList> {
    this.#loading ??= fetch(toHref(base, this.dataset.rows ?? ''))
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.statusText))))
      .then((rows: Rows) => ({ rows, filter: createRowFilter(rows, this.#facets) }));
    this.#loading.catch(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  #attachFacets(): void {
    for (const details of this.querySelectorAll<HTMLDetailsElement>('details[data-facet]')) {
      const key = details.dataset.facet ?? '';
      this.#facets.push({
        key,
        label: details.dataset.label ?? key,
        ...('every' in details.dataset && { every: true }),
      });
      const choose = (values: string[]) => {
        const chosen = { ...this.#address.chosen, [key]: values };
        if (values.length === 0) delete chosen[key];
        this.#ask({ ...this.#address, chosen });
      };
      const menu = attachFacetMenu(details, {
        choose,
        load: async () => {
          const { rows, filter } = await this.#load();
          const column = rows.columns[key];
          const counts = filter(await this.#toQuery()).counts[key];
          return column && counts ? { column, counts, chosen: this.#address.chosen[key] ?? [] } : undefined;
        },
      });
      this.#menus.push(menu);
    }
  }

  #attachSearch(): void {
    const input = this.#part('text');
    if (!(input instanceof HTMLInputElement)) return;
    input.addEventListener('input', () => this.#ask({ ...this.#address, text: input.value.trimStart() }, 'replace'));
    input.addEventListener('focus', () => void this.#load().catch(() => undefined), { once: true });
  }

  #attachSorts(): void {
    for (const heading of this.querySelectorAll<HTMLElement>('th[data-sort]')) {
      const button = document.createElement('button');
      button.type = 'button';
      button.append(...heading.childNodes);
      heading.append(button);
      const key = heading.dataset.sort ?? '';
      // Of numbers a reader wants the largest first.
      const [first, second] = heading.classList.contains('number') ? [`-${key}`, key] : [key, `-${key}`];
      button.addEventListener('click', () => {
        const { sort } = this.#address;
        const isOwnOrder = sort === '' && key === 'name';
        this.#ask({ ...this.#address, sort: sort === first || isOwnOrder ? second : sort === second ? '' : first });
      });
    }
  }

  #attachPersonal(): void {
    const picker = this.querySelector<HTMLDetailsElement>('details[data-me]');
    if (picker)
      attachPeoplePicker(picker, base, () => {
        this.#mine = undefined;
        void this.#askMine();
      });
    for (const button of this.querySelectorAll<HTMLButtonElement>('[data-only]')) {
      button.addEventListener('click', () => {
        if (button.dataset.only === 'mine') void (this.#isMine() ? this.#dropMine() : this.#askMine());
        else this.#ask({ ...this.#address, only: this.#address.only === 'starred' ? '' : 'starred' });
      });
    }
    void this.#askReader().then(() => picker?.classList.add('asked'));
    this.#part('rows').addEventListener('click', (event) => {
      const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-row-star]') : null;
      if (!button) return;
      button.setAttribute('aria-pressed', String(toggleStarred(button.dataset.rowStar ?? '')));
    });
  }

  /** Whoever is signed in need not say who they are. */
  async #askReader(): Promise<void> {
    if (document.documentElement.dataset.signIn === undefined) return;
    const { tellMine } = await import('#components/me/me.client.ts');
    await tellMine((mine) => this.#knowReader(mine));
  }

  #knowReader(mine: readonly string[]): void {
    this.#mine = mine;
    for (const picker of this.querySelectorAll<HTMLElement>('details[data-me]')) picker.hidden = true;
    for (const button of this.querySelectorAll<HTMLElement>('[data-only="mine"]')) button.hidden = false;
    this.#showPersonal();
  }

  /** The owners whose things are the reader's own: of whoever is signed in, else of whom they said they are. */
  async #findMine(): Promise<readonly string[] | undefined> {
    if (!this.#mine) await this.#askReader();
    const said = readMe();
    if (!this.#mine && said !== undefined) this.#mine = [...listOwnersOf(await fetchPeople(base), said)];
    return this.#mine;
  }

  /** Asks for what is the reader's own, by its owners where the list has a filter for them: so the address means the same to everybody. */
  async #askMine(manner: 'push' | 'replace' = 'push'): Promise<void> {
    const mine = await this.#findMine().catch(() => undefined);
    const picker = this.querySelector<HTMLDetailsElement>('details[data-me]');
    if (!mine) {
      if (picker && manner === 'push') picker.open = true;
    } else if (!this.#hasOwners()) this.#ask({ ...this.#address, only: 'mine' }, manner);
    else this.#ask({ ...this.#address, only: '', chosen: { ...this.#address.chosen, owner: mine } }, manner);
  }

  #dropMine(): void {
    const { owner: _, ...chosen } = this.#address.chosen;
    this.#ask({ ...this.#address, only: '', chosen: this.#hasOwners() ? chosen : this.#address.chosen });
  }

  #hasOwners(): boolean {
    return this.#facets.some(({ key }) => key === 'owner');
  }

  #isMine(): boolean {
    const { only, chosen } = this.#address;
    const mine = new Set(this.#mine);
    return (
      only === 'mine' ||
      (mine.size > 0 && chosen.owner?.length === mine.size && chosen.owner.every((ref) => mine.has(ref)))
    );
  }

  #showPersonal(): void {
    for (const button of this.querySelectorAll<HTMLElement>('[data-only]')) {
      const isAsked = button.dataset.only === 'mine' ? this.#isMine() : button.dataset.only === this.#address.only;
      button.setAttribute('aria-pressed', String(isAsked));
    }
  }

  /** A link of the page that adds to what is asked for; its address is for those without scripts. */
  #attachLink(link: HTMLAnchorElement): void {
    link.addEventListener('click', (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      const added = parseListAddress(
        link.dataset.adds ?? '',
        this.#facets.map(({ key }) => key),
      );
      this.#ask({ ...this.#address, chosen: { ...this.#address.chosen, ...added.chosen } });
      this.scrollIntoView({ block: 'start' });
    });
  }

  #readAddress(): void {
    this.#address = parseListAddress(
      location.search,
      this.#facets.map(({ key }) => key),
    );
    if (this.#leavesForKind()) return;
    if (/filters(\[|%5B)/.test(location.search)) history.replaceState(null, '', this.#toUrl());
    void this.#show();
    if (this.#address.only === 'mine' && this.#hasOwners()) void this.#askMine('replace');
  }

  /** Backstage's address of one kind leads to the index of that kind. */
  #leavesForKind(): boolean {
    const [kind, ...others] = this.#address.chosen.kind ?? [];
    if (!kind || others.length > 0 || !/filters(\[|%5B)kind/.test(location.search)) return false;
    const link = document.querySelector<HTMLAnchorElement>(`[data-kind="${CSS.escape(kind)}"]`);
    if (!link) return false;
    const { kind: _, ...chosen } = this.#address.chosen;
    location.replace(new URL(link.href).pathname + formatListAddress({ ...this.#address, chosen }));
    return true;
  }

  #toUrl(): string {
    const query = formatListAddress(this.#address);
    return query === '' ? this.#ownAddress : toHref(base, this.dataset.first ?? '') + query;
  }

  #ask(address: ListAddress, manner: 'push' | 'replace' = 'push'): void {
    this.#address = address;
    if (manner === 'push') history.pushState(null, '', this.#toUrl());
    else history.replaceState(null, '', this.#toUrl());
    void this.#show();
  }

  async #toQuery(): Promise<RowQuery> {
    const { only, ...query } = this.#address;
    if (only === 'starred') return { ...query, refs: new Set(readStarred()) };
    if (only !== 'mine') return query;
    return { ...query, owners: new Set(await this.#findMine()) };
  }

  async #show(): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    this.#showAsked();
    if (formatListAddress(this.#address) === '') {
      this.#showOwnRows();
      if (!this.#loading) return;
    }
    try {
      const [{ rows, filter }, query] = await Promise.all([this.#load(), this.#toQuery()]);
      if (turn !== this.#turn) return;
      const { matches, counts } = filter(query);
      if (formatListAddress(this.#address) !== '') this.#showFound(rows, matches);
      this.#showWithin(rows);
      for (const menu of this.#menus)
        menu.show(rows.columns[menu.key], counts[menu.key], this.#address.chosen[menu.key] ?? []);
    } catch {
      if (turn === this.#turn)
        this.#part('outcome').textContent = 'The whole list could not be loaded, so nothing is filtered.';
    }
  }

  /** Puts what is asked for into the controls, before any row is known. */
  #showAsked(): void {
    const { text, sort } = this.#address;
    const isPlain = formatListAddress(this.#address) === '';
    const input = this.#part('text');
    if (input instanceof HTMLInputElement && input.value.trimStart() !== text) input.value = text;
    this.#showPersonal();
    for (const heading of this.querySelectorAll<HTMLElement>('th[data-sort]')) {
      const { sort: key } = heading.dataset;
      const order =
        sort === key || (sort === '' && text === '' && key === 'name')
          ? 'ascending'
          : sort === `-${key}`
            ? 'descending'
            : undefined;
      if (order) heading.setAttribute('aria-sort', order);
      else heading.removeAttribute('aria-sort');
    }
    this.#part('clear').hidden = isPlain;
    this.#carryFilters();
    for (const part of this.querySelectorAll<HTMLElement>('[data-unfiltered]')) part.hidden = !isPlain;
  }

  /** Links to the other kinds keep what is asked for, as far as it means something there. */
  #carryFilters(): void {
    const { kind: _, type: __, ...chosen } = this.#address.chosen;
    const query = formatListAddress({ ...this.#address, chosen, sort: '' });
    for (const link of document.querySelectorAll<HTMLAnchorElement>('[data-kind]')) {
      link.dataset.path ??= link.getAttribute('href') ?? '';
      link.href = link.dataset.path + query;
    }
  }

  #showOwnRows(): void {
    this.#part('rows').replaceChildren(...this.#ownRows);
    this.#part('outcome').textContent = this.#ownOutcome;
    this.#part('more').hidden = true;
    this.#part('within').replaceChildren();
    for (const menu of this.#menus) menu.show(undefined, undefined, []);
    this.#showStars();
  }

  #showFound(rows: Rows, matches: number[]): void {
    this.#found = matches;
    this.#shown = 0;
    this.#part('rows').replaceChildren();
    this.#drawMore(rows);
    const [one, many] = (this.dataset.words ?? 'row rows').split(' ');
    const count = matches.length.toLocaleString('en');
    const isWhole = matches.length === rows.count;
    const word = rows.count === 1 ? one : many;
    const whole = `${rows.count.toLocaleString('en')} ${word}`;
    this.#part('outcome').textContent = isWhole
      ? whole
      : matches.length === 0
        ? `None of ${whole} match`
        : `${count} of ${whole}`;
  }

  #drawMore(rows?: Rows): void {
    void this.#load().then((loaded) => {
      const next = this.#found.slice(this.#shown, this.#shown + rowsAtATime);
      this.#shown += next.length;
      if (this.#drawing) this.#part('rows').append(toNode(this.#drawing(rows ?? loaded.rows, next)));
      const left = this.#found.length - this.#shown;
      this.#part('more').hidden = left <= 0;
      this.#part('more').textContent = `Show ${Math.min(left, rowsAtATime)} more of ${left.toLocaleString('en')}`;
      this.#showStars();
    });
  }

  #showStars(): void {
    const starred = new Set(readStarred());
    for (const button of this.querySelectorAll<HTMLElement>('[data-row-star]'))
      button.setAttribute('aria-pressed', String(starred.has(button.dataset.rowStar ?? '')));
  }

  /** What is owned below a group came from a link; here it can be taken back. */
  #showWithin(rows: Rows): void {
    const { owner } = rows.columns;
    const buttons = this.#address.within.map((ref) => {
      const button = document.createElement('button');
      button.type = 'button';
      const place = owner?.values.indexOf(ref) ?? -1;
      button.textContent = `Owned within ${owner && place >= 0 ? toValueLabel(owner, place) : ref}`;
      button.title = 'Take this filter away';
      button.addEventListener('click', () => {
        this.#ask({ ...this.#address, within: this.#address.within.filter((each) => each !== ref) });
      });
      return button;
    });
    this.#part('within').replaceChildren(...buttons);
  }
}

customElements.define('filtered-list', FilteredList);
