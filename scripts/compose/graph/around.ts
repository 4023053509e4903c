import type { Lookup } from '../lookup.ts';
import type { Estate } from './estate.ts';
import { type Picked, type PickedNode, pickNear } from './pick.ts';
import { type Draft, type DraftNode, toDraftNode } from './picture.ts';
import { findSurvey } from './survey.ts';

/** What graphs are made of. */
export type GraphSources = { lookup: Lookup; estate: Estate };

/** The draft of what depends on a node and of what it needs. */
export function draftAround({ lookup, estate }: GraphSources, start: number): Draft {
  return toDraft(findSurvey(estate, start).picked, lookup);
}

/** The draft of what stands directly beside a node. */
export function draftNear({ lookup, estate }: GraphSources, start: number, limit: number): Draft {
  return toDraft(pickNear(estate, start, limit), lookup);
}

function toDraft({ nodes, edges }: Picked, lookup: Lookup): Draft {
  return { nodes: nodes.map((node) => toNode(node, lookup)), edges, boxes: [] };
}

function toNode({ id, ref, column, fold }: PickedNode, lookup: Lookup): DraftNode {
  if (ref !== undefined) return toDraftNode(lookup, ref, column, column === 0);
  return toFoldNode(lookup, { id, rank: column, count: fold?.count ?? 0, of: fold?.of });
}

/** How some entities are drawn as one: how many they are, and of what system or owner. */
export function toFoldNode(
  lookup: Lookup,
  { id, rank, count, of }: { id: string; rank: number; count: number; of?: string | undefined },
): DraftNode {
  const whole = of === undefined ? undefined : lookup.toLink(of);
  return {
    id,
    rank,
    icon: whole?.icon ?? 'shapes',
    name: `${count.toLocaleString('en-US')} more`,
    note: whole ? `of ${whole.label}` : rank < 0 ? 'that depend on it' : 'that it needs',
    state: 'fold',
    ...(whole?.path !== undefined && { path: whole.path }),
  };
}
