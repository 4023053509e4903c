/** Options of an extension as mkdocs.yml has them; nothing about them is certain. */
export type Options = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A yes or no; words of Python and YAML count too. */
export function toFlag(value: unknown, otherwise: boolean): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return value !== 0;
  if (typeof value !== 'string') return otherwise;
  return !['', 'false', 'no', 'off', '0', 'none'].includes(value.trim().toLowerCase());
}

/** A text, or the default where there is none. */
export function toText(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : otherwise;
}

/** A whole number, or the default where there is none. */
export function toNumber(value: unknown, otherwise: number): number {
  const number =
    typeof value === 'number' ? value : typeof value === 'string' && value.trim() ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? Math.trunc(number) : otherwise;
}

/** The texts of a list; a single text is a list of one. */
export function toTexts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
