import { isGraphFile, type Network, toNetwork } from './network.ts';

/** Where the graph comes from: what is near the page's entity, if that is a file of its own, and everything. */
export type Source = { loadNear: () => Promise<Network>; loadWhole: () => Promise<Network> };

/** Loads each file once, and only when it is asked for; a failure is forgotten. */
export function createSource(near: string | undefined, whole: string): Source {
  const loadWhole = once(async () => toNetwork(await fetchGraph(whole)));
  const loadNear = once(async () => {
    if (near === undefined) return loadWhole();
    const file = await fetchGraph(near);
    return file.left.dependents + file.left.needs > 0 ? loadWhole() : toNetwork(file);
  });
  return { loadNear, loadWhole };
}

async function fetchGraph(address: string) {
  const answer = await fetch(address);
  const value: unknown = answer.ok ? await answer.json() : undefined;
  if (!isGraphFile(value)) throw new Error(`No graph at ${address}`);
  return value;
}

function once<Value>(load: () => Promise<Value>): () => Promise<Value> {
  let loading: Promise<Value> | undefined;
  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
}
