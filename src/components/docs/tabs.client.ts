const key = 'portolan:tabs';
const limit = 40;

// A browser may deny storage altogether, and then even naming it throws.
function readChosen(): string[] {
  try {
    const labels: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(labels) ? labels.filter((label) => typeof label === 'string') : [];
  } catch {
    return [];
  }
}

function writeChosen(label: string): void {
  try {
    const labels = [label, ...readChosen().filter((other) => other !== label)].slice(0, limit);
    localStorage.setItem(key, JSON.stringify(labels));
  } catch {
    // Denied or full: the choice lasts as long as the page.
  }
}

type Tab = { input: HTMLInputElement; label: string };

function listTabs(set: Element): Tab[] {
  return [...set.querySelectorAll<HTMLInputElement>(':scope > input[type="radio"]')].map((input) => ({
    input,
    label: input.labels?.[0]?.textContent.trim() ?? '',
  }));
}

/** Chooses the tabs that the reader chose last, by their labels, and keeps all sets of the page in step. */
export function rememberTabs(article: HTMLElement): void {
  const sets = [...article.querySelectorAll('.tabbed-set')].map(listTabs);
  const chosen = readChosen();
  for (const tabs of sets) {
    const wanted = chosen.find((label) => tabs.some((tab) => tab.label === label));
    const tab = tabs.find(({ label }) => label === wanted);
    if (tab) tab.input.checked = true;
  }
  for (const { input, label } of sets.flat())
    input.addEventListener('change', () => {
      const before = input.getBoundingClientRect().top;
      for (const tab of sets.flat()) if (tab.label === label) tab.input.checked = true;
      scrollBy({ top: input.getBoundingClientRect().top - before, behavior: 'instant' });
      writeChosen(label);
    });
}
