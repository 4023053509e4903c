type Attributes = Record<string, string | boolean | undefined>;
type Child = Node | string | undefined;

/** Makes an element; text stays text, and attributes that are undefined or false are left out. */
export function createElement<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value);
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

const svg = 'http://www.w3.org/2000/svg';

/** An icon of the sprite, for the eye alone. */
export function createIcon(name: string): SVGElement {
  const icon = document.createElementNS(svg, 'svg');
  icon.setAttribute('class', 'icon');
  icon.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(svg, 'use');
  use.setAttribute('href', toSiteHref(`/icons.svg#${name}`));
  icon.append(use);
  return icon;
}

/** Puts an address of the site below the base that this page says it is served under. */
export function toSiteHref(path: string): string {
  return `${(document.documentElement.dataset.base ?? '/').replace(/\/$/, '')}${path}`;
}

/** Text in which what matched is marked. */
export function createMarked(parts: readonly { text: string; isMatch: boolean }[]): Node[] {
  return parts.map(({ text, isMatch }) => (isMatch ? createElement('mark', {}, text) : document.createTextNode(text)));
}
