/** A graph file of so many nodes and edges, the same every time: one component, and all that hangs on it. */
export function toBigGraph(ref: string, nodeCount: number, edgeCount: number) {
  const chance = createChance();
  const nodes = Array.from({ length: nodeCount }, (_, at) => {
    const system = chance(40);
    return {
      ref: at === 0 ? ref : `component:default/thing-${at}`,
      label: at === 0 ? 'The centre' : `Thing ${at} of the estate`,
      type: 'service',
      owner: `group:default/team-${system % 15}`,
      partOf: `system:default/system-${system}`,
    };
  });
  const tree = nodes.slice(1).map((_, at) => {
    const near = chance(Math.min(at + 1, 200));
    return at % 2 === 0 ? [at + 1, near, 0] : [near, at + 1, 0];
  });
  const others = Array.from({ length: edgeCount - tree.length }, () => [chance(nodeCount), chance(nodeCount), 0]);
  const types = ['dependsOn', 'consumesApi', 'providesApi'];
  return { version: 1, nodes, types, edges: [...tree, ...others], left: { dependents: 0, needs: 0 } };
}

/** Numbers that look like chance and are the same every time. */
function createChance(): (below: number) => number {
  let state = 7;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}
