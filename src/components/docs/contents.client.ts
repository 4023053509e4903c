/** Keeps a link visible inside the box that scrolls it, without moving the page. */
export function showInside(box: HTMLElement, link: HTMLElement): void {
  const frame = box.getBoundingClientRect();
  const { top, bottom } = link.getBoundingClientRect();
  if (top < frame.top) box.scrollTop -= frame.top - top + frame.height / 3;
  else if (bottom > frame.bottom) box.scrollTop += bottom - frame.bottom + frame.height / 3;
}

/**
 * How far down the window a heading counts as read: a quarter, and further on the last screen of a page, so that its last
 * headings have their turn although they never come to the top.
 */
function toReadingLine(): number {
  const range = document.documentElement.scrollHeight - innerHeight;
  const last = Math.min(range, innerHeight);
  const left = range - scrollY;
  return innerHeight * (0.25 + (last > 0 ? 0.75 * Math.max(0, 1 - left / last) : 0));
}

/** Marks, in the contents, the heading that is being read; one that the reader chose stays marked until they scroll on. */
export function followContents(article: HTMLElement): void {
  const list = document.querySelector('[data-contents]');
  const box = list?.closest<HTMLElement>('.side');
  const links = new Map(
    [...(list?.querySelectorAll('a') ?? [])].map((link) => [link.getAttribute('href')?.slice(1) ?? '', link]),
  );
  const headings = [...article.querySelectorAll<HTMLElement>('h2, h3, h4, h5, h6')].filter(({ id }) => links.has(id));
  if (!box || headings.length === 0) return;

  let chosen: string | undefined = links.has(location.hash.slice(1)) ? location.hash.slice(1) : undefined;
  let isDue = false;
  const mark = () => {
    isDue = false;
    const line = toReadingLine();
    const here = chosen ?? headings.findLast((heading) => heading.getBoundingClientRect().top < line)?.id;
    for (const [id, link] of links) {
      if (id !== here) link.removeAttribute('aria-current');
      else if (!link.hasAttribute('aria-current')) {
        link.setAttribute('aria-current', 'location');
        showInside(box, link);
      }
    }
  };
  const markSoon = () => {
    if (!isDue) requestAnimationFrame(mark);
    isDue = true;
  };
  for (const [id, link] of links)
    link.addEventListener('click', () => {
      chosen = id;
      markSoon();
    });
  const moveOn = () => {
    chosen = undefined;
  };
  for (const event of ['wheel', 'touchmove', 'keydown', 'pointerdown'])
    addEventListener(event, moveOn, { passive: true });
  addEventListener('scroll', markSoon, { passive: true });
  addEventListener('resize', markSoon, { passive: true });
  markSoon();
}
