/** Keeps a link visible inside the box that scrolls it, without moving the page. */
function showInside(box: HTMLElement, link: HTMLElement): void {
  const frame = box.getBoundingClientRect();
  const { top, bottom } = link.getBoundingClientRect();
  if (top < frame.top) box.scrollTop -= frame.top - top + frame.height / 3;
  else if (bottom > frame.bottom) box.scrollTop += bottom - frame.bottom + frame.height / 3;
}

/** Marks, in the contents, the heading that is being read. */
export function followContents(article: HTMLElement): void {
  const list = document.querySelector('[data-contents]');
  const box = list?.closest<HTMLElement>('.side');
  const links = new Map(
    [...(list?.querySelectorAll('a') ?? [])].map((link) => [link.getAttribute('href')?.slice(1) ?? '', link]),
  );
  const headings = [...article.querySelectorAll<HTMLElement>('h2, h3, h4, h5, h6')].filter(({ id }) => links.has(id));
  if (!box || headings.length === 0) return;

  const mark = () => {
    const line = innerHeight / 4;
    const here = headings.findLast((heading) => heading.getBoundingClientRect().top < line);
    for (const [id, link] of links) {
      if (id !== here?.id) link.removeAttribute('aria-current');
      else if (!link.hasAttribute('aria-current')) {
        link.setAttribute('aria-current', 'location');
        showInside(box, link);
      }
    }
  };
  // Everything above the line counts as in view, so that a jump over several headings is noticed as well.
  const observer = new IntersectionObserver(mark, { rootMargin: '10000000px 0px -75% 0px' });
  for (const heading of headings) observer.observe(heading);
}
