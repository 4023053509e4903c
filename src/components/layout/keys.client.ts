const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** Loads something on first use and keeps it; a failure is forgotten, so that the next use tries again. */
function once<Value>(load: () => Promise<Value>): () => Promise<Value> {
  let loading: Promise<Value> | undefined;
  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
}

const loadSwitcher = once(async () => (await import('../search/switcher.client.ts')).createSwitcher());
const loadHelp = once(async () => (await import('./help.client.ts')).createHelp());

/** Keeps what is typed until it is asked for: nobody waits for a script before typing. */
function collectTyping(): () => string {
  let typed = '';
  const keep = (event: KeyboardEvent) => {
    if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
    typed += event.key;
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener('keydown', keep, true);
  return () => {
    document.removeEventListener('keydown', keep, true);
    return typed;
  };
}

async function openSwitcher(): Promise<void> {
  const link = document.querySelector<HTMLAnchorElement>('[data-open-switcher]');
  const toTyped = collectTyping();
  try {
    const switcher = await loadSwitcher();
    switcher.open(toTyped());
  } catch {
    toTyped();
    if (link) location.href = link.href;
  }
}

function openHelp(): boolean {
  loadHelp().then((help) => help.open());
  return true;
}

/** The link that stands for each row that is shown, of all tables of the page. */
function listRowLinks(): HTMLAnchorElement[] {
  return [...document.querySelectorAll('main .lines tbody tr')].flatMap((row) =>
    row.checkVisibility() ? (row.querySelector('a') ?? []) : [],
  );
}

function moveInTables(step: number): boolean {
  const row = document.activeElement?.closest('tr');
  const links = listRowLinks();
  const at = links.findIndex((link) => row?.contains(link));
  const next = links[at < 0 && step < 0 ? -1 : at + step];
  next?.focus();
  return next !== undefined;
}

const isInTable = () => document.activeElement?.closest('.lines tbody') != null;

function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>('[data-slash]');
  field?.select();
  if (!field) openSwitcher();
  return true;
}

/** Goes to the field that searches the docs that are being read. */
function focusDocsSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>('[data-docs-search] [name="q"]');
  const side = field?.closest('details');
  if (side) side.open = true;
  field?.select();
  return field !== null;
}

/** Follows the page's own link to its neighbour. */
function followLink(relation: 'next' | 'prev'): boolean {
  const link = document.querySelector<HTMLAnchorElement>(`main a[rel="${relation}"]`);
  link?.click();
  return link !== null;
}

/** What a key does; false leaves it to the browser. */
const keys: Record<string, () => boolean> = {
  '/': focusSearch,
  '?': openHelp,
  s: focusDocsSearch,
  j: () => moveInTables(1),
  k: () => moveInTables(-1),
  n: () => followLink('next'),
  p: () => followLink('prev'),
  ArrowDown: () => isInTable() && moveInTables(1),
  ArrowUp: () => isInTable() && moveInTables(-1),
};

/** Listens for the shortcuts of every page. */
export function listenForKeys(): void {
  let goUntil = 0;
  const link = document.querySelector('[data-open-switcher]');
  link?.addEventListener('click', (event) => {
    if (event instanceof MouseEvent && (event.ctrlKey || event.metaKey || event.shiftKey)) return;
    event.preventDefault();
    openSwitcher();
  });
  link?.addEventListener('pointerenter', () => loadSwitcher().catch(() => {}), { once: true });
  for (const button of document.querySelectorAll<HTMLElement>('[data-open-help]')) {
    button.hidden = false;
    button.addEventListener('click', openHelp);
  }
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.altKey || event.isComposing) return;
    const isCommand = event.ctrlKey || event.metaKey;
    if (isCommand && event.key.toLowerCase() === 'k' && !event.shiftKey) {
      event.preventDefault();
      openSwitcher();
    }
    if (isCommand || isTyping(event.target) || document.querySelector('dialog[open]')) return;
    if (goUntil > event.timeStamp) {
      goUntil = 0;
      document.querySelector<HTMLElement>(`[data-go="${CSS.escape(event.key)}"]`)?.click();
    } else if (event.key === 'g') goUntil = event.timeStamp + 1500;
    else if (keys[event.key]?.()) event.preventDefault();
  });
}
