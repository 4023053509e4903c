/** Offers what depends on an entity as a file; what makes one is loaded when somebody asks for it. */
for (const place of document.querySelectorAll<HTMLElement>('[data-exports]')) {
  place.hidden = false;
  const status = place.querySelector('[role=status]');
  const say = (words: string) => {
    if (status) status.textContent = words;
  };
  for (const button of place.querySelectorAll('button'))
    button.addEventListener('click', async () => {
      if (button.ariaBusy === 'true') return;
      button.ariaBusy = 'true';
      say('');
      try {
        const { saveBlast } = await import('./save-blast.client.ts');
        await saveBlast(place.dataset.exports ?? '', button.textContent);
      } catch {
        say('The graph could not be loaded.');
      }
      button.ariaBusy = null;
    });
}
