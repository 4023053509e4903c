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
    owner: (ref) => find(network, ref, 'owner'),
    lifecycle: (ref) => network.nodes.get(ref)?.lifecycle,
    system: (ref) => find(network, ref, 'partOf'),
  };
  const toValue = values[colouring];
  const shown = nodes.flatMap(({ id, ref }) => (ref === undefined ? [] : [{ id, value: toValue(ref) }]));
  const groups = [...Map.groupBy(shown, ({ value }) => value)];
  const named = groups
    .filter(([value]) => value !== undefined)
    .toSorted(([a = '', one], [b = '', other]) => other.length - one.length || (a < b ? -1 : 1));
  const bright = named.slice(0, hues);
  const rest = named.slice(hues);
  const without = groups.find(([value]) => value === undefined)?.[1].length ?? 0;
  const count = rest.reduce((sum, [, list]) => sum + list.length, 0);
  return {
    entries: [
      ...bright.map(([label = '', list], at) => ({ label, count: list.length, hue: at + 1 })),
      ...(rest.length > 0 ? [{ label: `${rest.length} others`, count }] : []),
      ...(without > 0 ? [{ label: noneWords[colouring], count: without }] : []),
    ],
    hues: new Map(bright.flatMap(([, list], at) => list.map(({ id }) => [id, at + 1] as const))),
  };
}

const noneWords = { kind: 'No kind', owner: 'No owner', lifecycle: 'No lifecycle', system: 'In no system' };

function find(network: Network, ref: string, key: 'owner' | 'partOf'): string | undefined {
  const found = network.nodes.get(ref)?.[key];
  return found === undefined ? undefined : toLabel(network, found);
}
