import { toRef } from '#model/ref.ts';
import { type Network, toLabel } from './network.ts';
import type { Selected } from './select.ts';
import type { Colouring } from './state.ts';

/** How many things can be told apart by colour; all others are neutral. */
const hues = 8;

/** What a colour stands for; the number beside it is on the nodes too. */
export type LegendEntry = { label: string; count: number; hue?: number };

/** A legend, and the hue of each node that has one. */
export type Legend = { entries: LegendEntry[]; hues: ReadonlyMap<string, number> };

/** Gives hues to what is most frequent among nodes. */
export function toLegend(
  network: Network,
  nodes: readonly Selected[],
  colouring: Colouring,
  toKindLabel: (kind: string) => string,
): Legend {
  if (colouring === 'none') return { entries: [], hues: new Map() };
  const values: Record<Exclude<Colouring, 'none'>, (ref: string) => string | undefined> = {
    kind: (ref) => toKindLabel(toRef(ref).kind),
    owner: (ref) => network.nodes.get(ref)?.owner,
    lifecycle: (ref) => network.nodes.get(ref)?.lifecycle,
    system: (ref) => network.nodes.get(ref)?.partOf,
  };
  const toValue = values[colouring];
  const shown = nodes.flatMap(({ ref, fold }) => (fold?.refs ?? [ref ?? '']).map((each) => toValue(each)));
  const groups = [...Map.groupBy(shown, (value) => value)];
  const named = groups
    .filter(([value]) => value !== undefined)
    .toSorted(([a = '', one], [b = '', other]) => other.length - one.length || (a < b ? -1 : 1));
  const bright = named.slice(0, hues);
  const rest = named.slice(hues);
  const without = groups.find(([value]) => value === undefined)?.[1].length ?? 0;
  const count = rest.reduce((sum, [, list]) => sum + list.length, 0);
  const hueOf = new Map(bright.map(([value], at) => [value, at + 1]));
  const toWords = (value = '') => (colouring === 'owner' || colouring === 'system' ? toLabel(network, value) : value);
  return {
    entries: [
      ...bright.map(([value, list], at) => ({ label: toWords(value), count: list.length, hue: at + 1 })),
      ...(rest.length > 0 ? [{ label: `${rest.length} others`, count }] : []),
      ...(without > 0 ? [{ label: noneWords[colouring], count: without }] : []),
    ],
    hues: new Map(
      nodes.flatMap(({ id, ref, fold }) => {
        const values = new Set((fold?.refs ?? [ref ?? '']).map((each) => toValue(each)));
        const hue = values.size === 1 ? hueOf.get([...values][0]) : undefined;
        return hue === undefined ? [] : [[id, hue] as const];
      }),
    ),
  };
}

const noneWords = { kind: 'No kind', owner: 'No owner', lifecycle: 'No lifecycle', system: 'In no system' };
