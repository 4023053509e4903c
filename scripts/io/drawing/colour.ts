type Colour = { red: number; green: number; blue: number; alpha: number };

/** Names of colours that people write in diagrams. */
const names: Readonly<Record<string, string>> = {
  aqua: '#00ffff',
  beige: '#f5f5dc',
  black: '#000000',
  blue: '#0000ff',
  brown: '#a52a2a',
  coral: '#ff7f50',
  crimson: '#dc143c',
  cyan: '#00ffff',
  darkblue: '#00008b',
  darkgreen: '#006400',
  darkred: '#8b0000',
  gold: '#ffd700',
  gray: '#808080',
  green: '#008000',
  grey: '#808080',
  lavender: '#e6e6fa',
  lightblue: '#add8e6',
  lightcyan: '#e0ffff',
  lightgray: '#d3d3d3',
  lightgreen: '#90ee90',
  lightgrey: '#d3d3d3',
  lightpink: '#ffb6c1',
  lightyellow: '#ffffe0',
  lime: '#00ff00',
  magenta: '#ff00ff',
  maroon: '#800000',
  navy: '#000080',
  orange: '#ffa500',
  pink: '#ffc0cb',
  purple: '#800080',
  red: '#ff0000',
  salmon: '#fa8072',
  silver: '#c0c0c0',
  skyblue: '#87ceeb',
  teal: '#008080',
  tomato: '#ff6347',
  violet: '#ee82ee',
  white: '#ffffff',
  whitesmoke: '#f5f5f5',
  yellow: '#ffff00',
};

function fromHex(hex: string): Colour | undefined {
  const long = hex.length < 6 ? [...hex].map((digit) => digit + digit).join('') : hex;
  if (!/^(?:[\da-f]{2}){3,4}$/.test(long)) return undefined;
  const [red = 0, green = 0, blue = 0, alpha = 255] = (long.match(/../g) ?? []).map((pair) =>
    Number.parseInt(pair, 16),
  );
  return { red, green, blue, alpha: alpha / 255 };
}

/** Reads a colour that a source names, if it is one that we know. */
export function findColour(text: string): Colour | undefined {
  const plain = text.trim().toLowerCase();
  const hex = /^#([\da-f]{3,8})$/.exec(names[plain] ?? plain);
  if (hex) return fromHex(hex[1] ?? '');
  const match = /^rgba?\(\s*([\d.]+)[,\s]+([\d.]+)[,\s]+([\d.]+)(?:[,/\s]+([\d.]+)(%?))?/.exec(plain);
  if (!match) return undefined;
  const [red = 0, green = 0, blue = 0, alpha = 1] = match.slice(1, 5).map((part) => (part ? Number(part) : undefined));
  return { red, green, blue, alpha: match[5] ? alpha / 100 : alpha };
}

const toLinear = (part: number): number => (part <= 10 ? part / 3295 : ((part / 255 + 0.055) / 1.055) ** 2.4);

/** How bright a colour is to the eye, from 0 to 1: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
export function toLuminance({ red, green, blue }: Colour): number {
  return 0.2126 * toLinear(red) + 0.7152 * toLinear(green) + 0.0722 * toLinear(blue);
}
