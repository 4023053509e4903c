const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Elements that a page may have. Everything else loses its tags and keeps its content. */
export const allowedTags = words(
  `a abbr address article aside audio b bdi bdo blockquote br caption center cite code col colgroup dd del details dfn div dl dt em
  figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i iframe img input ins kbd label li main mark nav ol p picture pre q rp rt ruby
  s samp section small source span strike strong sub summary sup table tbody td tfoot th thead time tr track tt u ul var video wbr
  svg path g circle ellipse line polyline polygon rect text tspan`,
);

/** Elements that go with all they hold: their content is not for reading. */
export const droppedTags = words(
  'button script style template noscript noembed noframes object embed applet frameset select textarea title xmp plaintext math head',
);

const anywhere = words('class id title lang dir align');
const own: Readonly<Record<string, ReadonlySet<string>>> = {
  a: words('href download name'),
  abbr: words('title'),
  audio: words('src controls loop muted preload'),
  blockquote: words('cite'),
  col: words('span width'),
  colgroup: words('span'),
  del: words('cite datetime'),
  details: words('open'),
  div: words('data-tabs data-line-start data-marked-lines'),
  iframe: words('src width height allowfullscreen'),
  img: words('src srcset alt width height loading'),
  input: words('type checked disabled name'),
  ins: words('cite datetime'),
  label: words('for'),
  li: words('value'),
  ol: words('start reversed type'),
  q: words('cite'),
  source: words('src srcset type media'),
  table: words('width border cellpadding cellspacing'),
  td: words('colspan rowspan width height valign style'),
  th: words('colspan rowspan scope width height valign style'),
  time: words('datetime'),
  track: words('src kind srclang label default'),
  ul: words('type'),
  video: words('src controls loop muted autoplay playsinline poster preload width height'),
};

const drawing = words(
  `xmlns viewbox width height d fill fill-rule clip-rule fill-opacity stroke stroke-width stroke-linecap stroke-linejoin stroke-dasharray
  opacity transform points x y x1 y1 x2 y2 cx cy r rx ry text-anchor font-family font-size font-weight dx dy`,
);
const drawingTags = words('svg path g circle ellipse line polyline polygon rect text tspan');

/** Whether an element may have an attribute. */
export function isAllowedAttribute(tag: string, name: string): boolean {
  if (anywhere.has(name) || (own[tag]?.has(name) ?? false)) return true;
  if (name.startsWith('aria-')) return /^aria-[a-z]+$/.test(name);
  return drawingTags.has(tag) && drawing.has(name);
}

/** Attributes that hold an address. */
export const addressAttributes = words('href src cite poster');

/** Those that TechDocs lets links have. */
const usualSchemes = words('http: https: mailto: tel: sms: ftp: ftps: callto: cid: xmpp: matrix:');

/** Browsers overlook blanks and control characters in front of and inside of a scheme. */
const isVisible = (char: string): boolean => char > ' ' && !/[\p{C}\p{Z}]/u.test(char);

/** Whether an address is relative or has a scheme that does nothing but lead somewhere. */
export function isSafeAddress(value: string, isImage: boolean, schemes: readonly string[] = []): boolean {
  const bare = [...value].filter(isVisible).join('').toLowerCase();
  const scheme = /^[a-z][a-z0-9+.-]*:/.exec(bare)?.[0];
  if (scheme === undefined || usualSchemes.has(scheme) || schemes.includes(scheme.slice(0, -1))) return true;
  return isImage && /^data:image\/(?:png|jpe?g|gif|webp|avif|svg\+xml)[;,]/.test(bare);
}
