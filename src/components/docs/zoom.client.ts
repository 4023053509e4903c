function createDialog(): (image: HTMLImageElement) => void {
  const dialog = document.createElement('dialog');
  const form = document.createElement('form');
  const button = document.createElement('button');
  const picture = document.createElement('img');
  dialog.className = 'enlarged';
  form.method = 'dialog';
  button.textContent = 'Close';
  form.append(button);
  dialog.append(form, picture);
  dialog.addEventListener('click', ({ target }) => {
    if (target === dialog || target === picture) dialog.close();
  });
  document.body.append(dialog);
  return (image) => {
    picture.src = image.currentSrc || image.src;
    picture.alt = image.alt;
    dialog.setAttribute('aria-label', image.alt || 'Enlarged picture');
    dialog.showModal();
  };
}

/** Lets pictures that are shown smaller than they are be seen in full. */
export function attachZoom(article: HTMLElement): void {
  let open: ((image: HTMLImageElement) => void) | undefined;
  const attach = (image: HTMLImageElement) => {
    if (image.naturalWidth <= image.clientWidth * 1.1 || image.closest('a')) return;
    const enlarge = () => {
      open ??= createDialog();
      open(image);
    };
    image.tabIndex = 0;
    image.setAttribute('role', 'button');
    image.setAttribute('aria-label', image.alt ? `Enlarge: ${image.alt}` : 'Enlarge this picture');
    image.addEventListener('click', enlarge);
    image.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      enlarge();
    });
  };
  for (const image of article.querySelectorAll<HTMLImageElement>('img:not(.twemoji, .emojione)')) {
    if (image.complete && image.naturalWidth > 0) attach(image);
    else image.addEventListener('load', () => attach(image), { once: true });
  }
}
