import { isRecord, type Options, toFlag, toText } from './core/options.ts';
import { findPlugin, type Site } from './mkdocs.ts';

/** Fills plain variables into a page, and knows which of its expressions it would fill. */
export type Macros = {
  fillIn(text: string, meta: Options): string;
  isFilled(expression: string, meta: Options): boolean;
};

/** What of the configuration a page may quote. */
const quoted = 'site_name site_url site_description site_author repo_url repo_name copyright docs_dir extra'.split(' ');

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

/** The work of the plugin `macros`, where it is on: `{{ name }}` becomes the value of the variable. Nothing is run. */
export function createMacros(site: Site): Macros | undefined {
  const plugin =
    findPlugin(site, 'macros') ?? site.extensions.find(({ name }) => name === 'zensical.extensions.macros');
  if (!plugin) return undefined;
  const mark = (key: string, usual: string) => escapeRegExp(toText(plugin.options[key], usual));
  const [open, close] = [mark('j2_variable_start_string', '{{'), mark('j2_variable_end_string', '}}')];
  const [start, end] = [mark('j2_block_start_string', '{%'), mark('j2_block_end_string', '%}')];
  const token = new RegExp(
    `${start}-?\\s*raw\\s*-?${end}|${open}-?\\s*([A-Za-z_]\\w*(?:\\.[\\w-]+)*)\\s*-?${close}`,
    'g',
  );
  const endRaw = new RegExp(`${start}-?\\s*endraw\\s*-?${end}`, 'g');
  const config = Object.fromEntries(quoted.map((key) => [key, site.written[key]]));
  const byDefault = toFlag(plugin.options.render_by_default, true);
  const isOn = (meta: Options) => toFlag(meta.render_macros, byDefault) && !toFlag(meta.ignore_macros, false);
  const find = (name: string, meta: Options) =>
    toScalar(findValue({ ...site.extra, config, page: { meta, title: meta.title }, ...meta }, name.split('.')));

  return {
    fillIn: (text, meta) => (isOn(meta) ? replaceTokens(text, token, endRaw, (name) => find(name, meta)) : text),
    isFilled: (expression, meta) => {
      const [all, name] = new RegExp(token.source).exec(expression) ?? [];
      return isOn(meta) && all !== undefined && (name === undefined || find(name, meta) !== undefined);
    },
  };
}

/** Replaces variables that have a value; what stands between `raw` and `endraw` is left as it is, without these two. */
function replaceTokens(
  text: string,
  token: RegExp,
  endRaw: RegExp,
  find: (name: string) => string | undefined,
): string {
  let out = '';
  let done = 0;
  let hasRaw = true;
  token.lastIndex = 0;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const [all, name] = match;
    if (name !== undefined) {
      out += text.slice(done, match.index) + (find(name) ?? all);
      done = token.lastIndex;
    } else if (hasRaw) {
      endRaw.lastIndex = token.lastIndex;
      const last = endRaw.exec(text);
      hasRaw = last !== null;
      if (!last) continue;
      out += text.slice(done, match.index) + text.slice(token.lastIndex, last.index);
      done = endRaw.lastIndex;
      token.lastIndex = done;
    }
  }
  return out + text.slice(done);
}

function findValue(from: unknown, way: readonly string[]): unknown {
  let value = from;
  for (const name of way) value = isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  return value;
}

/** A value as Python writes it; nothing for what is no single value. */
function toScalar(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (!(value instanceof Date) || Number.isNaN(value.getTime())) return undefined;
  const [day = '', time = ''] = value.toISOString().split('T');
  return time.startsWith('00:00:00') ? day : `${day} ${time.slice(0, 8)}`;
}
