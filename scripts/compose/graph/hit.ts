import type { Reach } from '#model/graph.ts';
import type { Estate } from './estate.ts';

/** What is hit when a node is down, counted. APIs are counted apart: they are the way from one thing to another. */
export type Hit = {
  total: number;
  direct: number;
  teams: number;
  tiers: { tier: number; count: number }[];
  /** How many APIs, and the nearest of them. */
  apis: { count: number; first: number[] };
};

const namedApis = 6;

/** The same, with how many things each owner has among them, by its place among the owners and one more; those of nobody come first. */
export type HitByOwner = { hit: Hit; owned: Uint32Array };

/** Counts everything that depends on a node. */
export function countHit(
  { owners, ownerRefs, tiers, isApi }: Estate,
  { nodes, distances, parents }: Reach,
): HitByOwner {
  const owned = new Uint32Array(ownerRefs.length + 1);
  const tierCounts = new Uint32Array(10);
  const first: number[] = [];
  let [apis, direct] = [0, 0];
  for (let place = 1; place < nodes.length; place += 1) {
    const node = nodes[place] ?? 0;
    if (isApi[node]) {
      if (apis < namedApis) first.push(node);
      apis += 1;
      continue;
    }
    const distance = distances[place] ?? 0;
    if (distance === 1 || (distance === 2 && isApi[nodes[parents[place] ?? 0] ?? 0])) direct += 1;
    const [owner, tier] = [(owners[node] ?? -1) + 1, tiers[node] ?? 0];
    owned[owner] = (owned[owner] ?? 0) + 1;
    tierCounts[tier] = (tierCounts[tier] ?? 0) + 1;
  }
  const [, ...tiersHit] = Array.from(tierCounts, (count, tier) => ({ tier, count }));
  const hit = {
    total: nodes.length - 1 - apis,
    direct,
    teams: owned.subarray(1).reduce((teams, count) => teams + (count > 0 ? 1 : 0), 0),
    tiers: tiersHit.filter(({ count }) => count > 0),
    apis: { count: apis, first },
  };
  return { hit, owned };
}
