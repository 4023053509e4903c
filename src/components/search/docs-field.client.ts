/** Makes the field of a docs tree suggest its sections; nothing is loaded before somebody uses it. */
export function attachDocsField(): void {
  const form = document.querySelector<HTMLFormElement>('form[data-docs-search]');
  const input = form?.querySelector<HTMLInputElement>('input[name="q"]');
  const list = form?.querySelector<HTMLElement>('.suggestions');
  if (!form || !input || !list) return;
  const begin = async () => {
    const [{ attachSuggestions }, { createDocsSource }] = await Promise.all([
      import('./suggestions.client.ts'),
      import('./docs-rows.client.ts'),
    ]);
    const asked = new FormData(form);
    const chosen = Object.fromEntries(
      ['tree', 'version'].flatMap((key) => (asked.has(key) ? [[key, String(asked.get(key))]] : [])),
    );
    attachSuggestions({ input, list }, createDocsSource(chosen));
  };
  input.addEventListener('focus', begin, { once: true });
}
