import { isGraphFile, type Network, toNetwork } from './network.ts';

/** Loads the graph of everything once, when it is first asked for; a failure is forgotten. */
export function createSource(address: string): () => Promise<Network> {
  return once(async () => toNetwork(await fetchGraph(address)));
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
