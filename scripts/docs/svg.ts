import { decodeHTMLAttribute } from 'entities';

const activeElements = /^(?:script|foreignobject|iframe|object|embed|handler|listener|set|animate\w*)$/;
const tagPattern = /<([a-z_][\w.:-]*)((?:"[^"]*"|'[^']*'|[^<>"'])*)>/gi;
const attributePattern = /([\w.:-]+)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/g;

const toLocal = (name: string) => name.slice(name.indexOf(':') + 1).toLowerCase();

/** Why a drawing could do more than be looked at; nothing when it cannot. */
export function findSvgFault(text: string): string | undefined {
  if (/<!ENTITY|<!DOCTYPE[^>]*\[/i.test(text)) return 'declares entities';
  if (/<\?xml-stylesheet/i.test(text) || /@import|expression\s*\(/i.test(text)) return 'loads a style sheet';
  for (const [, tag = '', attributes = ''] of text.matchAll(tagPattern)) {
    const element = toLocal(tag);
    if (activeElements.test(element)) return `contains \`<${element}>\``;
    const fault = findAttributeFault(element, attributes);
    if (fault) return fault;
  }
  return hasStrayTag(text) ? 'is not well-formed' : undefined;
}

/** How large a drawing says that it is, in pixels; nothing where it fits itself to its surroundings. */
export function findSvgSize(text: string): { width: number; height: number } | undefined {
  const root = /<svg\b((?:"[^"]*"|'[^']*'|[^<>"'])*)>/i.exec(text)?.[1] ?? '';
  const attributes = new Map(
    [...root.matchAll(attributePattern)].map(([, name = '', quoted = '']) => [
      name,
      quoted.replace(/^["']|["']$/g, ''),
    ]),
  );
  const toPixels = (name: string) =>
    Math.round(Number(/^(\d+(?:\.\d+)?)(?:px)?$/.exec(attributes.get(name) ?? '')?.[1]));
  const [width, height] = [toPixels('width'), toPixels('height')];
  return width > 0 && height > 0 ? { width, height } : undefined;
}

/** A tag that the pattern cannot read might still be read by a browser. */
function hasStrayTag(text: string): boolean {
  const rest = text.replace(/<!--.*?-->|<!\[CDATA\[.*?\]\]>/gs, '').replace(tagPattern, '');
  return /<[a-z_]/i.test(rest);
}

function findAttributeFault(element: string, attributes: string): string | undefined {
  for (const [, name = '', quoted = ''] of attributes.matchAll(attributePattern)) {
    const local = toLocal(name);
    const value = decodeHTMLAttribute(quoted.replace(/^["']|["']$/g, ''))
      .replace(/[\s\p{C}]+/gu, '')
      .toLowerCase();
    if (local.startsWith('on')) return `has the attribute \`${local}\``;
    if (/javascript:|data:text/.test(value)) return 'contains an address that runs code';
    if ((local === 'href' || local === 'src') && !isHarmlessAddress(element, value))
      return 'loads something from elsewhere';
    if (local !== 'href' && /url\((?!["']?#)/.test(value)) return 'loads something from elsewhere';
  }
  return undefined;
}

/** A link out of a drawing leads somewhere when it is followed; everything else would be loaded with it. */
function isHarmlessAddress(element: string, value: string): boolean {
  if (value === '' || value.startsWith('#')) return true;
  if (element === 'a') return /^https?:\/\//.test(value);
  return element === 'image' && /^data:image\/(?:png|jpe?g|gif|webp)[;,]/.test(value);
}
