import { createRequire } from 'node:module';

type IconSet = {
  width?: number;
  height?: number;
  icons: Record<string, { body: string; width?: number; height?: number }>;
  aliases?: Record<string, { parent: string }>;
};

/** Which package holds the icons of a short code, by how the short code begins. */
const packages: readonly (readonly [string, string])[] = [
  ['material-', '@iconify-json/mdi'],
  ['fontawesome-brands-', '@iconify-json/fa6-brands'],
  ['fontawesome-solid-', '@iconify-json/fa6-solid'],
  ['fontawesome-regular-', '@iconify-json/fa6-regular'],
  ['octicons-', '@iconify-json/octicon'],
  ['simple-', '@iconify-json/simple-icons'],
];

/** Finds icons and emoji in the packages that are installed; each is read when first needed. */
export function createGlyphs(from: string): {
  icon(name: string): string | undefined;
  emoji(name: string): string | undefined;
} {
  const require = createRequire(from);
  const loaded = new Map<string, unknown>();

  function load(name: string): unknown {
    if (!loaded.has(name)) {
      try {
        loaded.set(name, require(name));
      } catch {
        loaded.set(name, undefined);
      }
    }
    return loaded.get(name);
  }

  return {
    icon(name) {
      const [prefix, from] = packages.find(([start]) => name.startsWith(start)) ?? [];
      const set = from && (load(`${from}/icons.json`) as IconSet | undefined); // the package says what its file holds
      return set && prefix ? toSvg(set, name.slice(prefix.length)) : undefined;
    },
    emoji(name) {
      const { nameToEmoji } = (load('gemoji') as { nameToEmoji?: Record<string, string> } | undefined) ?? {}; // as above
      const known = nameToEmoji && namesOf(name).find((one) => Object.hasOwn(nameToEmoji, one));
      return known && nameToEmoji ? nameToEmoji[known] : undefined;
    },
  };
}

/** The names an emoji may have in the package: MkDocs says `woman_in_lotus_position` where others say `lotus_position_woman`. */
function namesOf(name: string): string[] {
  const [, person, rest] = /^(man|woman)_(?:in_)?(.+)$/.exec(name) ?? [];
  return rest ? [name, `${rest}_${person}`] : [name];
}

function toSvg(set: IconSet, name: string): string | undefined {
  const parent = set.aliases && Object.hasOwn(set.aliases, name) ? set.aliases[name]?.parent : undefined;
  const key = parent ?? name;
  const icon = Object.hasOwn(set.icons, key) ? set.icons[key] : undefined;
  if (!icon) return undefined;
  const box = `0 0 ${icon.width ?? set.width ?? 16} ${icon.height ?? set.height ?? 16}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}">${icon.body}</svg>`;
}
