/** Loads the explorer of a graph, on pages that have one. */
for (const host of document.querySelectorAll<HTMLElement>('[data-whole-graph]'))
  import('./explore.client.ts').then(({ explore }) => explore(host));
