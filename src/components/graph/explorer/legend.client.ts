import { createElement } from '../../search/dom.client.ts';
import type { Legend } from './colours.ts';
import type { Colouring } from './state.ts';

const titles: Record<Exclude<Colouring, 'none'>, string> = {
  kind: 'Kinds',
  owner: 'Owners',
  lifecycle: 'Lifecycles',
  system: 'Systems',
};

/** The list of what colours stand for. */
export function createLegend() {
  const element = createElement('ul', { class: 'legend', role: 'list', hidden: true });
  const show = ({ entries }: Legend, colouring: Colouring) => {
    element.hidden = colouring === 'none';
    if (colouring !== 'none') element.setAttribute('aria-label', titles[colouring]);
    element.replaceChildren(
      ...entries.map(({ label, count, hue }) =>
        createElement(
          'li',
          {},
          createElement(
            'span',
            { class: hue === undefined ? 'swatch' : `swatch hue-${hue}`, 'aria-hidden': 'true' },
            hue === undefined ? '' : String(hue),
          ),
          label,
          createElement('span', { class: 'quiet' }, ` ${count.toLocaleString('en-US')}`),
        ),
      ),
    );
  };
  return { element, show };
}
