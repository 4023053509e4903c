import type { RefText } from '#model/ref.ts';
import { toRef } from '#model/ref.ts';
import { toEntityPath } from '#model/urls.ts';
import { type Network, toLabel } from './network.ts';
import type { Selected } from './select.ts';

/** What each kind is called and drawn with; the page says it, so that no script has to know. */
export type KindWords = Readonly<Record<string, { label: string; icon: string }>>;

/** A node as it is drawn: its words, its icon, where it leads. */
export type DrawnNode = {
  id: string;
  rank: number;
  ref?: RefText;
  icon: string;
  name: string;
  note: string;
  path?: string;
  state?: 'self' | 'absent' | 'fold';
};

/** What a kind is called and drawn with. */
export function toKindWords(kinds: KindWords, kind: string): { label: string; icon: string } {
  return (Object.hasOwn(kinds, kind) ? kinds[kind] : undefined) ?? { label: kind, icon: 'shapes' };
}

/** The words of a selected node. */
export function toDrawnNode(
  network: Network,
  kinds: KindWords,
  { id, ref, rank, isCentre, fold }: Selected,
): DrawnNode {
  if (fold) {
    const of = fold.key.includes(':') ? `of ${toLabel(network, fold.key)}` : 'of others';
    const name = `${fold.nodes.length.toLocaleString('en-US')} more`;
    return { id, rank, icon: 'shapes', name, note: of, state: 'fold' };
  }
  const known = network.nodes.get(ref ?? id);
  const { kind } = toRef(ref ?? id);
  const { label, icon } = toKindWords(kinds, kind);
  const what = kind === 'api' || known?.type === undefined ? label : known.type;
  const owner = known?.owner === undefined ? undefined : toLabel(network, known.owner);
  // What is hidden is called so already.
  const note =
    known?.absent === 'missing' ? 'not in the catalog' : [what, owner].filter((part) => part !== undefined).join(' · ');
  return {
    id,
    rank,
    ref: ref ?? id,
    icon,
    name: toLabel(network, ref ?? id),
    note,
    ...(!known?.absent && { path: toEntityPath(ref ?? id) }),
    ...(isCentre ? { state: 'self' as const } : known?.absent && { state: 'absent' as const }),
  };
}
