import { icons } from '@iconify-json/lucide';
import { allLinkIcons, pageIcons } from '#components/ui/icons.ts';
import { genericKind, kinds } from '#model/kinds/index.ts';

/** One sprite with exactly the icons that pages can ask for. */
export function GET(): Response {
  const names = [
    ...new Set([...pageIcons, ...allLinkIcons, ...[...kinds, genericKind].map((kind) => kind.icon)]),
  ].toSorted();
  const symbols = names.map((name) => {
    const parent = icons.aliases?.[name]?.parent ?? name;
    const icon = icons.icons[parent];
    if (!icon) throw new Error(`The Lucide set has no icon named ${name}.`);
    return `<symbol id="${name}" viewBox="0 0 24 24">${icon.body}</symbol>`;
  });
  return new Response(`<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>\n`);
}
