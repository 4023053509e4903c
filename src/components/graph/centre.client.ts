/** Brings the thing that a picture is about into sight, where the picture is wider than its box. */
for (const box of document.querySelectorAll<HTMLElement>('.graph')) {
  const self = box.querySelector('.self');
  if (!self || box.scrollWidth <= box.clientWidth) continue;
  const [inside, around] = [self.getBoundingClientRect(), box.getBoundingClientRect()];
  box.scrollLeft += inside.left + inside.width / 2 - around.left - around.width / 2;
}
