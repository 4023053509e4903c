import { createGraph, createReachBoth, type Dependence } from '#model/graph.ts';
import { createChance } from './chance.ts';
import type { Verdict } from './targets.ts';

/** What it cost to work out who depends on whom, for everything, and how many nodes were reached in all. */
export type Closures = { nodes: number; edges: number; cpuSeconds: number; reached: number };

/** Follows a random graph from every node in both directions, keeping nothing. */
export function measureClosures(nodes: number, edges: number): Closures {
  const chance = createChance(1);
  const refs = Array.from({ length: nodes }, (_, at) => `component:default/service-${at}`);
  const pick = () => refs[chance.below(nodes)] ?? '';
  const dependences = Array.from(
    { length: edges },
    (): Dependence => ({ from: pick(), to: pick(), type: 'dependsOn' }),
  );
  const begun = process.cpuUsage();
  const graph = createGraph(refs, dependences);
  const reachBoth = createReachBoth(graph);
  let reached = 0;
  for (const node of refs.keys()) {
    const { dependents, needs } = reachBoth(node);
    reached += dependents.nodes.length + needs.nodes.length - 2;
  }
  const { user, system } = process.cpuUsage(begun);
  return { nodes, edges, cpuSeconds: (user + system) / 1e6, reached };
}

/** Holds it against what the portal promises. */
export function toClosureVerdict({ nodes, edges, cpuSeconds, reached }: Closures): Verdict {
  const count = (n: number) => n.toLocaleString('en-US');
  return {
    subject: `who depends on whom, ${count(nodes)} entities, ${count(edges)} edges`,
    target: 'under 5 CPU seconds',
    figure: `${cpuSeconds.toFixed(1)} s, ${count(reached)} nodes reached`,
    isMet: cpuSeconds < 5,
  };
}
