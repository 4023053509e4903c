import { toHref } from '#model/urls.ts';
import { element, type Markup } from './markup.ts';

/** An icon of the sprite, beside the word it goes with; `label` where it stands alone. */
export function toIcon(base: string, name: string, label?: string): Markup {
  const use = element('use', { href: `${toHref(base, '/icons.svg')}#${name}` });
  return element(
    'svg',
    { class: 'icon', role: label && 'img', 'aria-label': label, 'aria-hidden': label ? undefined : 'true' },
    use,
  );
}
